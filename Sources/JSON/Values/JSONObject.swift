/// The members of a JSON object, in order.
///
/// A name that stands twice in the text is kept twice; looking it up gives the last one, as most
/// readers do, and ``duplicateNames`` tells which they are.
///
/// Spec: RFC 8259 §4.
package struct JSONObject: Sendable {
  /// One name with its value.
  package struct Member: Sendable {
    /// The name, unescaped.
    package var name: String
    /// The value.
    package var value: JSONValue

    /// Pairs a name with a value.
    package init(name: String, value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// All members in the order of the text.
  package var members: [Member]

  /// Takes members in their order.
  package init(_ members: [Member] = []) { self.members = members }

  /// How many members there are, duplicates counted.
  package var count: Int { members.count }

  /// Whether there is no member.
  package var isEmpty: Bool { members.isEmpty }

  /// All names in order.
  package var names: [String] { members.map(\.name) }

  /// The names that occur more than once, each once, in order of their second occurrence.
  package var duplicateNames: [String] {
    var seen: Set<[UInt8]> = []
    var reported: Set<[UInt8]> = []
    return names.filter { name in
      let bytes = Array(name.utf8)
      return !seen.insert(bytes).inserted && reported.insert(bytes).inserted
    }
  }

  /// The position of the last member with this name, compared by bytes.
  package func lastIndex(of name: String) -> Int? {
    members.lastIndex { $0.name.hasSameBytes(as: name) }
  }

  /// The value of the last member with this name; setting replaces it in place, appends it, or (for
  /// `nil`) removes every member with the name.
  package subscript(name: String) -> JSONValue? {
    get { lastIndex(of: name).map { members[$0].value } }
    set {
      guard let newValue else {
        members.removeAll { $0.name.hasSameBytes(as: name) }
        return
      }
      if let index = lastIndex(of: name) {
        members[index].value = newValue
      } else {
        members.append(Member(name: name, value: newValue))
      }
    }
  }
}

extension JSONObject: Hashable {
  /// Whether both have the same names with equal values, in any order.
  ///
  /// Of a duplicated name the last value counts.
  package static func == (left: JSONObject, right: JSONObject) -> Bool {
    let isSameOrder = left.members.elementsEqual(right.members) {
      $0.name.hasSameBytes(as: $1.name)
    }
    guard isSameOrder else { return left.effectiveMembers == right.effectiveMembers }
    // A value that differs does not count where the name stands again.
    return left.members.indices.allSatisfy { index in
      left.members[index].value == right.members[index].value
        || left.lastIndex(of: left.members[index].name) != index
    }
  }

  /// Hashes what `==` compares.
  package func hash(into hasher: inout Hasher) { hasher.combine(effectiveMembers) }

  private var effectiveMembers: [[UInt8]: JSONValue] {
    Dictionary(members.map { (Array($0.name.utf8), $0.value) }, uniquingKeysWith: { $1 })
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  /// Members in the order written.
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self.init(elements.map { Member(name: $0, value: $1) })
  }
}
