package import Contract
import JSON

/// The generators of one message, ready to be applied to its example.
///
/// Spec: Pact V4 "Generators".
package struct MessageGenerators: Sendable {
  private let message: InteractionMessage
  private let body: [GeneratorReader.Entry]
  private let metadata: [(name: String, generator: PactGenerator)]

  /// Reads the generators of a message; what cannot be read was reported with the file.
  package init(_ message: InteractionMessage) {
    self.message = message
    let source = LocatedValue(unlocated: .object(message.generators), file: "")
    let reader = GeneratorReader(DocumentCursor(source, collector: DiagnosticCollector()))
    let read = message.generators.isEmpty ? GeneratorReader.Generators() : reader.read()
    body = read.body + Self.variantGenerators(message)
    metadata = read.metadata
  }

  /// Whether there is nothing to make anew.
  package var isEmpty: Bool { body.isEmpty && metadata.isEmpty }

  /// Whether anything depends on the seed.
  package var usesChance: Bool {
    (body.map(\.generator) + metadata.map(\.generator)).contains { generator in
      switch generator {
      case .providerState, .mockServerURL, .date, .time, .dateTime: false
      default: true
      }
    }
  }

  /// The message with new values.
  ///
  /// - Parameters:
  ///   - name: What tells this message from others with the same paths.
  ///   - context: Seed, time and what provider states answered.
  ///   - onlyFromStates: Whether only values of provider states are put in, as an expected message
  ///     needs it: what a provider makes up cannot be known.
  /// - Returns: The message, its other parts as they were.
  /// - Throws: ``GenerationProblem`` for a value that cannot be made.
  package func applied(
    name: String,
    in context: GenerationContext,
    onlyFromStates: Bool = false
  ) throws(GenerationProblem) -> InteractionMessage {
    var result = message
    for entry in body where !onlyFromStates || entry.generator.isFromState {
      result.contents = try apply(entry, to: result.contents, name, context)
    }
    for (member, generator) in metadata where !onlyFromStates || generator.isFromState {
      guard let example = result.metadata[member] else { continue }
      result.metadata[member] = try generator.value(
        for: example,
        at: "metadata \(member)",
        name: name,
        in: context
      )
    }
    return result
  }

  private func apply(
    _ entry: GeneratorReader.Entry,
    to contents: MessageContents,
    _ name: String,
    _ context: GenerationContext
  ) throws(GenerationProblem) -> MessageContents {
    switch contents {
    case .json(var value, let type):
      for path in entry.path.places(in: value) {
        guard let example = value[path.pointer] else { continue }
        let made = try entry.generator.value(
          for: example,
          at: path.description,
          name: name,
          in: context
        )
        value.set(made, at: path.pointer)
      }
      return .json(value, contentType: type)
    case .text(let text, let type) where entry.path.tokens.count == 1:
      let made = try entry.generator.value(for: .string(text), at: "$", name: name, in: context)
      return .text(made.stringValue ?? made.text(), contentType: type)
    default:
      return contents
    }
  }

  /// The generators of `arrayContains` variants, put on the items that they describe.
  private static func variantGenerators(
    _ message: InteractionMessage
  ) -> [GeneratorReader.Entry] {
    message.matchingRules.body.flatMap { rule -> [GeneratorReader.Entry] in
      guard let base = try? PathExpression(rule.path) else { return [] }
      return rule.matchers.flatMap { matcher -> [GeneratorReader.Entry] in
        guard case .arrayContains(let variants) = matcher else { return [] }
        return variants.flatMap { variant -> [GeneratorReader.Entry] in
          guard !variant.generators.isEmpty else { return [] }
          let source = LocatedValue(unlocated: .object(variant.generators), file: "")
          let place = DocumentCursor(source, collector: DiagnosticCollector())
          return GeneratorReader.entries(place).map { entry in
            let tokens = base.tokens + [.index(UInt(variant.index))] + entry.path.tokens.dropFirst()
            return .init(path: PathExpression(tokens: tokens), generator: entry.generator)
          }
        }
      }
    }
  }
}

extension PathExpression {
  /// The places of a value that the path leads to, in document order.
  func places(in value: JSONValue) -> [ValuePath] {
    var found: [(path: ValuePath, value: JSONValue)] = [(.root, value)]
    for token in tokens.dropFirst() {
      found = found.flatMap { path, value -> [(path: ValuePath, value: JSONValue)] in
        switch (token, value) {
        case (.name(let name), .object(let object)):
          return object[name].map { [(path.appending(name), $0)] } ?? []
        case (.index(let index), .array(let items)):
          guard index < items.count else { return [] }
          return [(path.appending(Int(index)), items[Int(index)])]
        case (.anyItem, .array(let items)), (.anyChild, .array(let items)):
          return items.enumerated().map { (path.appending($0), $1) }
        case (.anyChild, .object(let object)):
          return object.members.map { (path.appending($0.name), $0.value) }
        default:
          return []
        }
      }
    }
    return found.map(\.path)
  }
}
