package import JSON

/// Values that were used or seen before, to be used again where they may mean something: ids above
/// all.
///
/// The newest candidate of the most alike place comes first, so that a decision to use candidate 0
/// still means the latest one after earlier steps were left out.
package struct ValuePool: Sendable {
  /// How many values are kept; 512 by default.
  ///
  /// The oldest are forgotten first.
  package let capacity: Int
  /// How many candidates a place is offered at most.
  package static let maximumCandidates = 16

  private struct Entry: Sendable {
    var value: JSONValue
    /// When it was added; a later one has a greater number.
    var time: Int
  }

  /// The values of one place, the newest last.
  private struct Shelf: Sendable {
    private(set) var entries: [Entry] = []
    /// A number for each entry's value: a value is looked for here before it is compared.
    private var digests: [UInt64] = []

    /// Makes a value the newest.
    ///
    /// - Returns: Whether it was not there before.
    mutating func add(_ value: JSONValue, at time: Int) -> Bool {
      let digest = value.poolDigest
      let known = digests.indices.reversed().first {
        digests[$0] == digest && entries[$0].value == value
      }
      if let known { remove(at: known) }
      entries.append(Entry(value: value, time: time))
      digests.append(digest)
      return known == nil
    }

    mutating func remove(at place: Int) {
      entries.remove(at: place)
      digests.remove(at: place)
    }
  }

  private var shelves: [Shelf] = []
  private var shelfOfSite: [PoolSite: Int] = [:]
  private var shelvesOfSchema: [UInt64: [Int]] = [:]
  private var shelvesOfProperty: [UInt64: [Int]] = [:]
  private var shelvesOfFormat: [UInt64: [Int]] = [:]
  private var usage: [UInt64: Usage] = [:]
  private var time = 0
  /// How many values there are.
  package private(set) var count = 0

  /// An empty pool.
  package init(capacity: Int = 512) { self.capacity = capacity }
}

// MARK: - Usage

extension ValuePool {
  /// How values of a place are used again.
  package enum Usage: Sendable {
    /// As often as the generator's options say.
    case usual
    /// Nearly always, the newest above all: it names what a message is about.
    case identifier
    /// Seldom: it is written, and must be told from what was written before.
    case written

    /// In how many of 256 cases a value is used again where there is one; `nil` for the usual number.
    var reuse: Int? {
      switch self {
      case .usual: nil
      case .identifier: 248
      case .written: 48
      }
    }

    /// In how many of 256 cases that is the newest.
    var newest: Int {
      switch self {
      case .usual, .written: 128
      case .identifier: 208
      }
    }
  }

  /// Says how values under a name are used again.
  package mutating func use(property: String, as usage: Usage) {
    self.usage[PoolSite(property: property).property] = usage
  }

  /// How values of a place are used again.
  func usage(at site: PoolSite) -> Usage {
    usage.isEmpty ? .usual : usage[site.property] ?? .usual
  }
}

// MARK: - Adding

extension ValuePool {
  /// Adds a value; one that is known in this place already becomes the newest.
  package mutating func add(_ value: JSONValue, at site: PoolSite) {
    let shelf = shelfOfSite[site] ?? addShelf(for: site)
    time += 1
    if shelves[shelf].add(value, at: time) { count += 1 }
    if count > capacity { forgetOldest() }
  }

  /// Adds the strings and numbers of a value, each at the place that the schema gives it.
  ///
  /// Values that a schema fixes (`const`, `enum`) say nothing and are left out, and so are long texts.
  ///
  /// - Parameters:
  ///   - value: What was sent or received.
  ///   - harvester: Knows the places of the schema that describes it; members that the schema does
  ///     not mention are kept under their names.
  package mutating func harvest(_ value: JSONValue, with harvester: ValueHarvester) {
    harvester.visit(value) { add($0, at: $1) }
  }

  private mutating func addShelf(for site: PoolSite) -> Int {
    let shelf = shelves.count
    shelves.append(Shelf())
    shelfOfSite[site] = shelf
    for schema in site.schemas { shelvesOfSchema[schema, default: []].append(shelf) }
    if site.property != 0 { shelvesOfProperty[site.property, default: []].append(shelf) }
    if site.format != 0 { shelvesOfFormat[site.format, default: []].append(shelf) }
    return shelf
  }

  private mutating func forgetOldest() {
    var oldest: (shelf: Int, time: Int)?
    for (place, shelf) in shelves.enumerated() {
      guard let first = shelf.entries.first, first.time < oldest?.time ?? .max else { continue }
      oldest = (place, first.time)
    }
    guard let oldest else { return }
    shelves[oldest.shelf].remove(at: 0)
    count -= 1
  }
}

// MARK: - Choosing

extension ValuePool {
  /// Whether there is a value for a place.
  package func hasCandidates(for site: PoolSite) -> Bool {
    if shelfOfSite[site] != nil { return true }
    return site.schemas.contains { shelvesOfSchema[$0] != nil }
      || shelvesOfProperty[site.property] != nil || shelvesOfFormat[site.format] != nil
  }

  /// The values for a place: first those of a schema in common, then those under the same name, then
  /// those of the same format; each group with the newest first, each value once.
  package func candidates(for site: PoolSite) -> [JSONValue] {
    var result: [JSONValue] = []
    var used: [Int] = []
    for schema in site.schemas { collect(shelvesOfSchema[schema], &used) }
    take(used[...], &result)
    for group in [shelvesOfProperty[site.property], shelvesOfFormat[site.format]]
    where result.count < Self.maximumCandidates {
      let begin = used.count
      collect(group, &used)
      take(used[begin...], &result)
    }
    return result
  }

  private func collect(_ group: [Int]?, _ used: inout [Int]) {
    for shelf in group ?? [] where !used.contains(shelf) { used.append(shelf) }
  }

  /// Adds the values of some places, the newest first, until there are enough.
  private func take(_ group: ArraySlice<Int>, _ result: inout [JSONValue]) {
    guard !group.isEmpty else { return }
    // On each shelf the newest value is the last.
    var rest = group.map { (shelf: $0, count: shelves[$0].entries.count) }
    while result.count < Self.maximumCandidates {
      var newest: (place: Int, time: Int)?
      for (place, cursor) in rest.enumerated() where cursor.count > 0 {
        let time = shelves[cursor.shelf].entries[cursor.count - 1].time
        if time > newest?.time ?? -1 { newest = (place, time) }
      }
      guard let place = newest?.place else { return }
      rest[place].count -= 1
      let value = shelves[rest[place].shelf].entries[rest[place].count].value
      if !result.contains(value) { result.append(value) }
    }
  }
}

extension JSONValue {
  /// The same for equal values; only texts have numbers of their own.
  fileprivate var poolDigest: UInt64 {
    if case .string(let text) = self { text.byteDigest } else { 0 }
  }
}
