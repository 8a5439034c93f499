import JSON
import JSONSchema

extension CandidateContext {
  /// Objects with members missing, null, misspelt or too many, and with each optional one alone.
  var objects: [Candidate] {
    guard leaf.ways.contains(.object), leaf.object != nil, case .object(let full) = full else {
      return []
    }
    return required(full) + optional(full) + extra(full) + counted(full) + dependent(full)
  }

  private func required(_ full: JSONObject) -> [Candidate] {
    node.required.enumerated().flatMap { place, name -> [Candidate] in
      let site = KeywordSite(.required, place)
      var missing = full
      missing[name] = nil
      var null = full
      null[name] = .null
      var misspelt = missing
      misspelt[name.uppercased() == name ? name.lowercased() : name.uppercased()] = full[name]
      return [
        Candidate(value: .object(missing), label: "without '\(name)'", site: site),
        Candidate(value: .object(null), label: "'\(name)' is null", site: nil),
        Candidate(value: .object(misspelt), label: "'\(name)' in the wrong case", site: site),
      ]
    }
  }

  private func optional(_ full: JSONObject) -> [Candidate] {
    let required = Set((leaf.object?.required ?? []).map { Array($0.name.utf8) })
    let needed = full.members.filter { required.contains(Array($0.name.utf8)) }
    let others = full.members.filter { !required.contains(Array($0.name.utf8)) }
    var found = [
      Candidate(value: .object(JSONObject(needed)), label: "only what is required"),
      Candidate(value: .object(full), label: "all members"),
      Candidate(
        value: .object(JSONObject(full.members.reversed())),
        label: "members in reverse order"
      ),
    ]
    for (index, member) in others.enumerated() {
      found.append(
        Candidate(
          value: .object(JSONObject(needed + [member])),
          label: "only '\(member.name)' besides"
        )
      )
      var without = full
      without[member.name] = nil
      found.append(Candidate(value: .object(without), label: "all but '\(member.name)'"))
      for other in others[(index + 1)...].prefix(6) {
        found.append(
          Candidate(
            value: .object(JSONObject(needed + [member, other])),
            label: "'\(member.name)' and '\(other.name)'"
          )
        )
      }
      var null = full
      null[member.name] = .null
      found.append(Candidate(value: .object(null), label: "'\(member.name)' is null"))
    }
    return found
  }

  private func extra(_ full: JSONObject) -> [Candidate] {
    let site =
      node.additionalProperties != nil
      ? KeywordSite(.additionalProperties)
      : node.unevaluatedProperties != nil ? KeywordSite(.unevaluatedProperties) : nil
    var names = ["extra", "", "__proto__", "constructor", "a b", "\u{E9}", "e\u{301}", "0"]
    if let first = full.members.first?.name {
      names += [first.uppercased(), first + " ", first + "\u{0}"]
    }
    let values: [JSONValue] = [.null, .string("x"), .object([:])]
    return names.filter { full[$0] == nil }.enumerated().map { index, name in
      var more = full
      more[name] = values[index % values.count]
      return Candidate(
        value: .object(more),
        label: "with the unknown member \(JSONValue.string(name).text())",
        site: site,
        isExotic: name != "extra"
      )
    }
  }

  private func counted(_ full: JSONObject) -> [Candidate] {
    let bounds: [(KeywordSite.Keyword, Int?)] = [
      (.minProperties, node.minProperties), (.maxProperties, node.maxProperties),
    ]
    return bounds.flatMap { keyword, bound -> [Candidate] in
      guard let bound, bound <= 1_000 else { return [] }
      return [bound - 1, bound, bound + 1].filter { $0 >= 0 }.map { count in
        var members = Array(full.members.prefix(count))
        while members.count < count {
          members.append(.init(name: "key\(members.count)", value: members.last?.value ?? .null))
        }
        return Candidate(
          value: .object(JSONObject(members)),
          label: "\(count) members, '\(keyword)' is \(bound)",
          site: KeywordSite(keyword)
        )
      }
    }
  }

  private func dependent(_ full: JSONObject) -> [Candidate] {
    node.dependentRequired.enumerated().flatMap { place, dependent in
      dependent.required.map { name in
        var missing = full
        missing[name] = nil
        return Candidate(
          value: .object(missing),
          label: "'\(dependent.name)' without '\(name)'",
          site: KeywordSite(.dependentRequired, place)
        )
      }
    }
  }
}
