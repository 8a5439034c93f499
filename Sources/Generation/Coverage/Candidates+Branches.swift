import JSON
import JSONSchema

extension CandidateContext {
  /// Most pairs of branches that are mixed.
  private static let maximumPairs = 64

  /// A value of each branch of `anyOf` and `oneOf`, and the tag of one with the body of the next.
  var branches: [Candidate] {
    alternatives(node.anyOf, KeywordSite(.anyOf)) + alternatives(node.oneOf, KeywordSite(.oneOf))
  }

  private func alternatives(_ branches: [Int], _ site: KeywordSite) -> [Candidate] {
    let values = branches.map { branch in
      (0..<2).compactMap { seed in
        sample(composer.builder.plan(for: [.node(branch)]), seed: UInt64(seed))
      }
    }
    var found = values.enumerated().flatMap { index, values in
      values.prefix(1).map {
        Candidate(value: $0, label: "branch \(index) of '\(site.keyword)'", site: site)
      }
    }
    for (index, value) in values.enumerated().prefix(Self.maximumPairs) {
      let next = values[(index + 1) % values.count]
      guard let tagged = fixedMembers(of: value), let body = next.first?.objectValue,
        let others = fixedMembers(of: next)
      else { continue }
      for member in tagged.members where others[member.name] != nil {
        guard others[member.name] != member.value else { continue }
        var mixed = body
        mixed[member.name] = member.value
        found.append(
          Candidate(
            value: .object(mixed),
            label: "'\(member.name)' of branch \(index) with the rest of the next",
            site: site
          )
        )
      }
    }
    return found
  }

  /// The members that two values of a branch have in common.
  private func fixedMembers(of values: [JSONValue]) -> JSONObject? {
    guard values.count == 2, let first = values[0].objectValue, let second = values[1].objectValue
    else { return nil }
    return JSONObject(first.members.filter { second[$0.name] == $0.value })
  }
}
