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
    var site: PoolSite
    var entries: [Entry] = []
  }

  private var shelves: [Shelf] = []
  private var shelfOfSite: [PoolSite: Int] = [:]
  private var shelvesOfSchema: [String: [Int]] = [:]
  private var shelvesOfProperty: [String: [Int]] = [:]
  private var shelvesOfFormat: [String: [Int]] = [:]
  private var time = 0
  /// How many values there are.
  package private(set) var count = 0

  /// An empty pool.
  package init(capacity: Int = 512) { self.capacity = capacity }
}

// MARK: - Adding

extension ValuePool {
  /// Adds a value; one that is known in this place already becomes the newest.
  package mutating func add(_ value: JSONValue, at site: PoolSite) {
    let shelf = shelfOfSite[site] ?? addShelf(for: site)
    time += 1
    if let known = shelves[shelf].entries.lastIndex(where: { $0.value == value }) {
      shelves[shelf].entries.remove(at: known)
    } else {
      count += 1
    }
    shelves[shelf].entries.append(Entry(value: value, time: time))
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
    shelves.append(Shelf(site: site))
    shelfOfSite[site] = shelf
    for schema in site.schemas { shelvesOfSchema[schema, default: []].append(shelf) }
    if let property = site.property { shelvesOfProperty[property, default: []].append(shelf) }
    if let format = site.format { shelvesOfFormat[format, default: []].append(shelf) }
    return shelf
  }

  private mutating func forgetOldest() {
    var oldest: (shelf: Int, time: Int)?
    for (place, shelf) in shelves.enumerated() {
      guard let first = shelf.entries.first, first.time < oldest?.time ?? .max else { continue }
      oldest = (place, first.time)
    }
    guard let oldest else { return }
    shelves[oldest.shelf].entries.removeFirst()
    count -= 1
  }
}

// MARK: - Choosing

extension ValuePool {
  /// The values for a place: first those of a schema in common, then those under the same name, then
  /// those of the same format; each group with the newest first, each value once.
  package func candidates(for site: PoolSite) -> [JSONValue] {
    var result: [JSONValue] = []
    var used: [Int] = []
    func take(_ group: [Int]) {
      let fresh = group.filter { !used.contains($0) }
      used += fresh
      for value in newest(of: fresh) where !result.contains(value) {
        guard result.count < Self.maximumCandidates else { return }
        result.append(value)
      }
    }
    var related: [Int] = []
    for schema in site.schemas {
      for shelf in shelvesOfSchema[schema] ?? [] where !related.contains(shelf) {
        related.append(shelf)
      }
    }
    take(related)
    if let property = site.property { take(shelvesOfProperty[property] ?? []) }
    if let format = site.format { take(shelvesOfFormat[format] ?? []) }
    return result
  }

  /// The values of some places, the newest first; of each place at most as many as may be needed.
  private func newest(of group: [Int]) -> [JSONValue] {
    // On one shelf all values differ; as many again may be candidates already.
    let entries = group.flatMap { shelves[$0].entries.suffix(2 * Self.maximumCandidates) }
    return entries.sorted { $0.time > $1.time }.map(\.value)
  }
}
