import JSON

extension Verdict {
  /// The entry of a name or string in a table.
  @inline(__always)
  func find(_ node: Int, in table: NameTable) -> UnsafePointer<NameEntry>? {
    let entry = tape.nodes[node]
    guard !entry.flags.contains(.hasEscapes) else { return findEscaped(node, in: table) }
    return find(tape.bytes + entry.offset + 1, entry.length, in: table)
  }

  /// The entry of some text, behind which at least eight more bytes can be read.
  @inline(__always)
  func find(
    _ text: UnsafePointer<UInt8>,
    _ length: Int,
    in table: NameTable
  ) -> UnsafePointer<NameEntry>? {
    let head = NameTable.head(text, length)
    let tail = NameTable.tail(text, length)
    let entries = tables.pointee.nameEntries + Int(table.first)
    if table.bits == 0 {
      for index in 0..<Int(table.count) where isEqual(entries + index, text, head, tail, length) {
        return entries + index
      }
      return nil
    }
    let buckets = tables.pointee.nameBuckets + Int(table.buckets)
    let mask = (1 &<< Int(table.bits)) &- 1
    var bucket = NameTable.hash(head, tail, length, bits: table.bits)
    while buckets[bucket] != .max {
      let candidate = entries + Int(buckets[bucket])
      if isEqual(candidate, text, head, tail, length) { return candidate }
      bucket = (bucket &+ 1) & mask
    }
    return nil
  }

  /// Whether a text is the name of an entry.
  @inline(__always)
  func isEqual(
    _ entry: UnsafePointer<NameEntry>,
    _ text: UnsafePointer<UInt8>,
    _ head: UInt64,
    _ tail: UInt64,
    _ length: Int
  ) -> Bool {
    guard entry.pointee.head == head, entry.pointee.tail == tail, entry.pointee.length == length
    else { return false }
    return length <= 16 || isEqualWithin(entry, text, length)
  }

  /// Compares what lies between the first and the last eight bytes.
  @inline(never)
  private func isEqualWithin(
    _ entry: UnsafePointer<NameEntry>,
    _ text: UnsafePointer<UInt8>,
    _ length: Int
  ) -> Bool {
    let name = tables.pointee.nameBytes + Int(entry.pointee.offset)
    for index in 8..<length - 8 where name[index] != text[index] { return false }
    return true
  }

  @inline(never)
  private func findEscaped(_ node: Int, in table: NameTable) -> UnsafePointer<NameEntry>? {
    let text = tape.unescapedBytes(of: node)
    let padded = text + [UInt8](repeating: 0, count: 8)
    return padded.withUnsafeBufferPointer { bytes in
      bytes.baseAddress.flatMap { find($0, text.count, in: table) }
    }
  }

  /// The value of the first member with a name of the list of names.
  @inline(__always)
  func member(_ name: UInt32, of object: Int) -> Int? {
    let wanted = tables.pointee.names + Int(name)
    var key = object + 1
    while true {
      let entry = tape.nodes[key]
      if entry.kind == .end { return nil }
      if entry.length == wanted.pointee.length, !entry.flags.contains(.hasEscapes) {
        let text = tape.bytes + entry.offset + 1
        let length = entry.length
        let head = NameTable.head(text, length)
        if isEqual(wanted, text, head, NameTable.tail(text, length), length) { return key + 1 }
      } else if entry.flags.contains(.hasEscapes), isEscaped(key, wanted) {
        return key + 1
      }
      key = tape.next(after: key + 1)
    }
  }

  /// From this many comparisons of names on a set of them pays.
  private static var manyComparisons: Int { 1 << 16 }

  @inline(never)
  private func hasManyNames(_ object: Int, _ start: UInt32, _ count: UInt32) -> Bool {
    var present: Set<[UInt8]> = []
    var key = object + 1
    while tape.kind(of: key) != .end {
      present.insert(tape.unescapedBytes(of: key))
      key = tape.next(after: key + 1)
    }
    return (start..<start + count).allSatisfy { name in
      let entry = tables.pointee.names[Int(name)]
      let bytes = UnsafeBufferPointer(
        start: tables.pointee.nameBytes + Int(entry.offset),
        count: Int(entry.length)
      )
      return present.contains(Array(bytes))
    }
  }

  @inline(never)
  private func isEscaped(_ key: Int, _ name: UnsafePointer<NameEntry>) -> Bool {
    let start = tables.pointee.nameBytes + Int(name.pointee.offset)
    return tape.isEqual(
      key,
      to: UnsafeBufferPointer(start: start, count: Int(name.pointee.length))
    )
  }

  func hasNames(_ object: Int, _ start: UInt32, _ count: UInt32) -> Bool {
    if Int(count) * tape.childCount(of: object) > Self.manyComparisons {
      return hasManyNames(object, start, count)
    }
    for name in start..<start + count where member(name, of: object) == nil { return false }
    return true
  }
}
