extension ProgramBuilder {
  /// A name in comparable form.
  mutating func entry(_ name: String, payload: UInt32 = 0) -> NameEntry {
    let bytes = Array(name.utf8)
    let offset = UInt32(parts.nameBytes.count)
    parts.nameBytes += bytes
    return (bytes + [UInt8](repeating: 0, count: 8)).withUnsafeBufferPointer { padded in
      guard let start = padded.baseAddress else {
        return NameEntry(head: 0, tail: 0, length: 0, offset: offset, payload: payload)
      }
      return NameEntry(
        head: NameTable.head(start, bytes.count),
        tail: NameTable.tail(start, bytes.count),
        length: UInt32(bytes.count),
        offset: offset,
        payload: payload
      )
    }
  }

  /// Keeps a name that is looked for alone.
  mutating func place(_ name: String) -> UInt32 {
    parts.names.append(entry(name))
    return UInt32(parts.names.count - 1)
  }

  /// Keeps names with what they stand for.
  mutating func nameTable(_ names: [(name: String, payload: UInt32)]) -> UInt32 {
    var entries: [NameEntry] = []
    for (name, payload) in names { entries.append(entry(name, payload: payload)) }
    return nameTable(entries)
  }

  /// Keeps names that differ.
  mutating func nameTable(_ entries: [NameEntry]) -> UInt32 {
    var table = NameTable(
      first: UInt32(parts.nameEntries.count),
      count: UInt32(entries.count),
      buckets: UInt32(parts.nameBuckets.count),
      bits: 0
    )
    if entries.count >= NameTable.hashedCount {
      var bits: UInt32 = 3
      while 1 << bits < entries.count * 2 { bits += 1 }
      var buckets = [UInt32](repeating: .max, count: 1 << bits)
      for (index, entry) in entries.enumerated() {
        var bucket = NameTable.hash(entry.head, entry.tail, Int(entry.length), bits: bits)
        while buckets[bucket] != .max { bucket = (bucket + 1) & (buckets.count - 1) }
        buckets[bucket] = UInt32(index)
      }
      parts.nameBuckets += buckets
      table.bits = bits
    }
    parts.nameEntries += entries
    parts.nameTables.append(table)
    return UInt32(parts.nameTables.count - 1)
  }
}
