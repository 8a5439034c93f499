import Contract
import JSON
import JSONSchema

/// Finds what tells messages apart: a member that has another fixed value in each of them.
///
/// A value is fixed by `const` or by an `enum` of one value, in the schema itself or in what `$ref`,
/// `allOf`, `anyOf` and `oneOf` make of it. Of several members `/type` is preferred, then the one that
/// tells the most messages apart, then the one nearest to the root. A message whose value another
/// one may have as well gets no identity.
struct IdentityFinder {
  /// How deep a member may stand.
  private static let maximumDepth = 3
  /// How many members are considered.
  private static let maximumCandidates = 64
  private static let preferred = JSONPointer(tokens: ["type"])

  private let schemas: [CompiledSchema]

  /// Takes the payload schemas of all messages.
  init(_ schemas: [CompiledSchema]) { self.schemas = schemas }

  /// The identity of each message, in order.
  ///
  /// The groups are the messages, as indexes, that travel in one direction on one socket; only they
  /// need to be told apart.
  func identities(in groups: [[Int]]) -> [MessageIdentity?] {
    var found = [MessageIdentity?](repeating: nil, count: schemas.count)
    var isDecided = [Bool](repeating: false, count: schemas.count)
    var favourite: JSONPointer?
    for group in groups {
      guard let best = best(for: group, favourite: favourite) else { continue }
      favourite = favourite ?? best.pointer
      for (message, value) in zip(group, best.values) {
        let identity = value.map { MessageIdentity(pointer: best.pointer, value: $0) }
        // A message of several groups has one identity, which must hold in all.
        let holds = !isDecided[message] || found[message] == identity
        found[message] = holds ? identity : nil
        isDecided[message] = true
      }
    }
    return found
  }

  private typealias Choice = (pointer: JSONPointer, values: [JSONValue?], count: Int)

  /// The member that tells the most messages of a group apart.
  private func best(for group: [Int], favourite: JSONPointer?) -> Choice? {
    var best: Choice?
    for pointer in candidates(of: group, favourite: favourite) {
      let values = distinctValues(at: pointer, in: group)
      let count = values.count { $0 != nil }
      if count > best?.count ?? 0 { best = (pointer, values, count) }
      if count == group.count { break }
    }
    return best
  }

  /// The fixed value of each message that no other message of the group may have.
  private func distinctValues(at pointer: JSONPointer, in group: [Int]) -> [JSONValue?] {
    let domains = group.map { message in
      var member = MemberDomain(graph: schemas[message].graph, tokens: pointer.tokens)
      return member.domain()
    }
    var counts: [JSONValue: Int] = [:]
    for domain in domains { for value in domain ?? [] { counts[value, default: 0] += 1 } }
    return domains.map { domain in
      guard let domain, domain.count == 1, let value = domain.first, counts[value] == 1 else {
        return nil
      }
      return value
    }
  }

  /// The members that have a fixed value in some message, in order of preference.
  private func candidates(of group: [Int], favourite: JSONPointer?) -> [JSONPointer] {
    var seen: Set<JSONPointer> = []
    var all: [JSONPointer] = []
    for message in group {
      let members = FixedMembers(
        graph: schemas[message].graph,
        maximumDepth: Self.maximumDepth,
        maximumCount: Self.maximumCandidates
      )
      for pointer in members.collect() where seen.insert(pointer).inserted { all.append(pointer) }
    }
    func rank(_ pointer: JSONPointer) -> Int {
      if pointer == favourite { return -2 }
      return pointer == Self.preferred ? -1 : pointer.tokens.count
    }
    let ordered = all.enumerated().sorted {
      (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
    }
    return ordered.prefix(Self.maximumCandidates).map(\.element)
  }
}
