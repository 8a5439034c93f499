package import Contract
import JSON

/// Judges received messages by one message of a contract; its rules are read once.
///
/// Spec: Pact V4 "Matching Rules".
package struct MessageMatcher: Sendable {
  /// The message that is expected.
  package let expected: InteractionMessage
  private let allowsUnexpectedMembers: Bool
  private let body: RuleSet
  /// The example, where it is XML.
  private let tree: Result<XMLTree, XMLSyntaxError>?
  private let metadata: RuleSet

  /// Reads the rules of a message.
  ///
  /// - Parameters:
  ///   - expected: The message that is expected.
  ///   - allowsUnexpectedMembers: Whether members that the example does not have are passed over, as
  ///     the official engine does for messages and responses, but not for requests.
  package init(_ expected: InteractionMessage, allowsUnexpectedMembers: Bool = true) {
    self.expected = expected
    self.allowsUnexpectedMembers = allowsUnexpectedMembers
    body = RuleSet(expected.matchingRules.body)
    tree = expected.contents.xml
    metadata = RuleSet(
      expected.matchingRules.metadata.map { entry in
        var entry = entry
        entry.path = "$" + ValuePath.text(ofMember: entry.path)
        return entry
      }
    )
  }

  /// Every difference between what is expected and what came; none when it matches.
  package func mismatches(with actual: ReceivedMessage) -> [Mismatch] {
    bodyMismatches(with: actual) + metadataMismatches(with: actual)
  }

  private func bodyMismatches(with actual: ReceivedMessage) -> [Mismatch] {
    switch expected.contents {
    case .missing:
      return []
    case .json(let value, let type):
      if value.kind == .null, actual.bytes.isEmpty { return [] }
      if let mismatch = typeMismatch(type, actual) { return [mismatch] }
      guard let json = actual.json else {
        let found = actual.bytes.isEmpty ? "nothing" : actual.excerpt
        return [whole("found \(found), expected JSON", Excerpt.of(value), actual)]
      }
      var comparison = BodyComparison(allowsUnexpectedMembers: allowsUnexpectedMembers)
      comparison.compare(value, json, at: .root, rules: body)
      return comparison.mismatches
    case .text(let text, let type):
      if text.isEmpty, actual.bytes.isEmpty { return [] }
      if let mismatch = typeMismatch(type, actual) { return [mismatch] }
      return tree.map { xmlMismatches($0, text, actual) } ?? textMismatches(text, actual)
    case .binary(let bytes, let type):
      if let mismatch = typeMismatch(type, actual) { return [mismatch] }
      guard !actual.isText else {
        return [whole("found a text message, expected a binary one", Excerpt.of(bytes), actual)]
      }
      return objections(actual, expected: Excerpt.of(bytes)) {
        $0.objection(expected: bytes, actual: actual.bytes)
      }
    }
  }

  private func xmlMismatches(
    _ example: Result<XMLTree, XMLSyntaxError>,
    _ text: String,
    _ actual: ReceivedMessage
  ) -> [Mismatch] {
    var comparison = XMLComparison(rules: body, allowsUnexpectedParts: allowsUnexpectedMembers)
    do {
      let example = try example.get()
      do {
        comparison.compare(example, try XMLTree(parsing: actual.bytes))
        return comparison.mismatches
      } catch {
        let found = actual.text.map { Excerpt.ofXML($0) } ?? actual.excerpt
        let words = found.isEmpty ? "nothing" : found
        return [whole("found \(words), expected XML: \(error)", Excerpt.ofXML(text), actual)]
      }
    } catch {
      return [whole("the example is no XML: \(error)", Excerpt.ofXML(text), actual)]
    }
  }

  private func textMismatches(_ text: String, _ actual: ReceivedMessage) -> [Mismatch] {
    guard let received = actual.text else {
      return [whole("found \(actual.excerpt), expected text", Excerpt.of(text), actual)]
    }
    if text.isEmpty || received.isEmpty, text.isEmpty != received.isEmpty {
      let message = text.isEmpty ? "found '\(actual.excerpt)', expected no text" : "found no text"
      return [whole(message, Excerpt.of(text), actual)]
    }
    return objections(actual, expected: Excerpt.of(text)) {
      $0.objection(expectedText: text, actualText: received)
    }
  }

  /// What the matchers at the root say about contents that have no parts.
  private func objections(
    _ actual: ReceivedMessage,
    expected: String,
    _ judge: (CompiledMatcher) -> Objection?
  ) -> [Mismatch] {
    let rule = body.best(at: .root)?.rule
    let matchers = rule?.matchers ?? [CompiledMatcher(.equality)]
    let objections = matchers.map(judge)
    if rule?.combine == .or, objections.contains(nil) { return [] }
    return zip(matchers, objections).compactMap { matcher, objection in
      objection.map {
        whole($0.message, expected, actual, rule: rule?.name(of: matcher) ?? "equality")
      }
    }
  }

  /// Different media types are never compared; where none is known, the contents decide.
  private func typeMismatch(_ expected: String, _ actual: ReceivedMessage) -> Mismatch? {
    guard let found = actual.contentType, !MediaType(expected).includes(MediaType(found)) else {
      return nil
    }
    return whole("found contents of type \(found), expected \(expected)", expected, actual)
  }

  private func whole(
    _ message: String,
    _ expected: String,
    _ actual: ReceivedMessage,
    rule: String = "equality"
  ) -> Mismatch {
    Mismatch(
      at: .root,
      expected: expected,
      actual: actual.excerpt,
      rule: rule,
      message: message
    )
  }

  private func metadataMismatches(with actual: ReceivedMessage) -> [Mismatch] {
    guard let found = actual.metadata else { return [] }
    var comparison = BodyComparison()
    for member in expected.metadata.members {
      let path = ValuePath.root.appending(member.name)
      if let value = found[member.name] {
        let isType = ["contenttype", "content-type"].contains(member.name.lowercased())
        if isType, metadata.best(at: path) == nil, let left = member.value.stringValue,
          let right = value.stringValue, MediaType(left).includes(MediaType(right))
        {
          continue
        }
        comparison.compare(member.value, value, at: path, rules: metadata)
      } else {
        comparison.add(
          Objection("the metadata '\(member.name)' is missing"),
          member.value,
          nil,
          at: path,
          rule: "required"
        )
      }
    }
    return comparison.mismatches
  }
}

/// Judges received messages by messages of a contract.
package enum Matching {
  /// Every difference between what is expected and what came; none when it matches.
  package static func mismatches(
    expected: InteractionMessage,
    actual: ReceivedMessage
  ) -> [Mismatch] {
    MessageMatcher(expected).mismatches(with: actual)
  }
}
