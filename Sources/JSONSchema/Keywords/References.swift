import JSON

/// `$ref`, `$dynamicRef`, `$recursiveRef`, and the keywords that name schemas.
///
/// Spec: 2020-12 Core §8; 2019-09 Core §8.2.4; draft-07 Core §8.
extension Keyword {
  static let references: [Keyword] = [
    Keyword("$ref", in: .core) { reader, value in
      guard let text = reader.string(value) else { return }
      reader.node.reference = reader.resolve(text).map {
        SchemaReference(keyword: "$ref", text: text, target: reader.node(for: $0))
      }
    },
    Keyword("$dynamicRef", in: .core, generations: 9...9) { reader, value in
      guard let text = reader.string(value), let first = reader.resolve(text) else { return }
      let target = reader.dynamicTarget(of: text, first) ?? first
      reader.node.dynamicReference = SchemaReference(
        keyword: "$dynamicRef",
        text: text,
        target: reader.node(for: target)
      )
    },
    Keyword("$recursiveRef", in: .core, generations: 8...8) { reader, value in
      guard let text = reader.string(value), let first = reader.resolve(text) else { return }
      let anchor = SchemaResource.recursiveAnchor
      let target = reader.dynamicTarget(anchor, first) ?? first
      reader.node.dynamicReference = SchemaReference(
        keyword: "$recursiveRef",
        text: text,
        target: reader.node(for: target)
      )
    },
    Keyword("$defs", .map, in: .core, generations: 8...9) { reader, value in
      _ = reader.namedSubschemas(value)
    },
    Keyword("definitions", .map, in: .core) { reader, value in
      _ = reader.namedSubschemas(value)
    },
    text("id", 4...4), text("$id", 6...9), text("$schema", 4...9),
    text("$anchor", 8...9), text("$dynamicAnchor", 9...9),
    Keyword("$recursiveAnchor", in: .core, generations: 8...8) { reader, value in
      _ = reader.bool(value)
    },
    Keyword("$comment", in: .core, generations: 7...9) { _, _ in },
    Keyword("$vocabulary", in: .core, generations: 8...9) { _, _ in },
  ]

  private static func text(_ name: String, _ generations: ClosedRange<Int>) -> Keyword {
    Keyword(name, in: .core, generations: generations) { reader, value in
      _ = reader.string(value)
    }
  }
}

extension NodeReader {
  /// The node of a place that was found by reference.
  fileprivate func node(for target: SchemaIndex.Target) -> Int {
    builder.node(for: target, scope: scope)
  }

  /// Follows a reference from here, or says why it leads nowhere.
  fileprivate func resolve(_ text: String) -> SchemaIndex.Target? {
    do {
      return try builder.index.resolve(text, from: target.resource)
    } catch {
      report(error.message(text, knownURIs: builder.index.knownURIs))
      return nil
    }
  }

  /// Where a dynamic reference leads: to the outermost dynamic anchor of the name in its fragment,
  /// provided that it leads to such an anchor in the first place.
  ///
  /// Spec: 2020-12 Core §8.2.3.2.
  fileprivate func dynamicTarget(
    of text: String,
    _ first: SchemaIndex.Target
  ) -> SchemaIndex.Target? {
    guard let fragment = URIReference(text).fragment.flatMap(URIReference.percentDecoded) else {
      return nil
    }
    return dynamicTarget(fragment, first)
  }

  fileprivate func dynamicTarget(
    _ anchor: String,
    _ first: SchemaIndex.Target
  ) -> SchemaIndex.Target? {
    let anchors = builder.index.resources[first.resource].dynamicAnchors
    guard anchors.contains(where: { $0.name == anchor && $0.pointer.isSame(as: first.pointer) })
    else {
      return nil
    }
    // The resource that is referred to comes last: an anchor in it counts when no other has it.
    return builder.dynamicTarget(anchor, scope: scope)
  }
}

extension SchemaIndex.Unresolved {
  /// Why the reference leads nowhere, with what might have been meant.
  func message(_ reference: String, knownURIs: [String]) -> String {
    switch self {
    case .document(let uri):
      let hint = nearestName(to: uri, in: knownURIs).map { "; did you mean '\($0)'?" } ?? ""
      return "'\(reference)' leads to '\(uri)', which was not handed in\(hint)"
    case .pointer(let pointer, let nearest):
      let hint = nearest.map { "; did you mean '#\($0)'?" } ?? ""
      return reference == "#" + pointer
        ? "'\(reference)' points at nothing\(hint)"
        : "'\(reference)' points at nothing: there is no '\(pointer)'\(hint)"
    case .anchor(let anchor, let nearest):
      let hint = nearest.map { "; did you mean '#\($0)'?" } ?? ""
      return "'\(reference)' points at nothing: there is no anchor '\(anchor)'\(hint)"
    case .malformedFragment(let fragment):
      return "'\(reference)' has a fragment that is no JSON Pointer: '\(fragment)'"
    }
  }
}

extension Explainer {
  mutating func checkReferences(_ node: SchemaNode, _ value: Int, _ outcome: inout Outcome) {
    if let reference = node.reference { require(reference.target, value, &outcome) }
    if let reference = node.dynamicReference { require(reference.target, value, &outcome) }
  }

  /// Judges the same value by another schema that must hold too.
  ///
  /// What a broken schema looked at counts as seen: one mistake is enough to report.
  mutating func require(_ schema: Int, _ value: Int, _ outcome: inout Outcome) {
    let other = check(schema, value)
    outcome.isValid = outcome.isValid && other.isValid
    outcome.evaluated.formUnion(other.evaluated)
  }
}
