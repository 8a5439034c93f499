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
    var site: PoolSite
  }
  private var entries: [Entry] = []

  /// An empty pool.
  package init(capacity: Int = 512) { self.capacity = capacity }

  /// How many values there are.
  package var count: Int { entries.count }

  /// Adds a value; one that is known in this place already becomes the newest.
  package mutating func add(_ value: JSONValue, at site: PoolSite) {
    entries.removeAll { $0.site == site && $0.value == value }
    entries.append(Entry(value: value, site: site))
    if entries.count > capacity { entries.removeFirst(entries.count - capacity) }
  }

  /// The values for a place: first those of a schema in common, then those under the same name, then
  /// those of the same format; each group with the newest first, each value once.
  package func candidates(for site: PoolSite) -> [JSONValue] {
    var groups: [[JSONValue]] = [[], [], []]
    for entry in entries.reversed() {
      if entry.site.schemas.contains(where: site.schemas.contains) {
        groups[0].append(entry.value)
      } else if let property = site.property, isSame(entry.site.property, property) {
        groups[1].append(entry.value)
      } else if let format = site.format, entry.site.format == format {
        groups[2].append(entry.value)
      }
    }
    var seen: Set<JSONValue> = []
    let distinct = groups.joined().filter { seen.insert($0).inserted }
    return Array(distinct.prefix(Self.maximumCandidates))
  }

  private func isSame(_ left: String?, _ right: String) -> Bool {
    left.map { $0.utf8.elementsEqual(right.utf8) } ?? false
  }
}
