package import Contract
package import JSON
import JSONSchema
import Synchronization

/// Keeps secrets in payloads away from the disk.
///
/// The same secret gets the same mask all through a recording, so that a token that is said again can
/// still be told. Where a mask would break the document's schema, another form is tried.
package final class PayloadRedactor: Sendable {
  private struct State {
    var masks: [JSONValue: JSONValue] = [:]
    var maskCount = 0
    var places: [String] = []
    var knownPlaces: Set<String> = []

    mutating func note(_ place: String) {
      guard places.count < PayloadRedactor.mostPlaces, knownPlaces.insert(place).inserted else {
        return
      }
      places.append(place)
    }
  }

  /// How many secrets are told apart at one time; before more come, all are forgotten, and one that
  /// is said again gets a new mask.
  private static let mostMasks = 65_536
  /// How many places are named; a secret elsewhere is masked as well.
  private static let mostPlaces = 1_000

  private let redaction: Redaction
  private let api: APIDescription?
  private let classifiers: [MessageDirection: MessageClassifier]
  private let state = Mutex(State())

  /// Prepares for a recording.
  ///
  /// - Parameters:
  ///   - redaction: What is a secret.
  ///   - api: The document whose schemas masks have to satisfy, where there is one.
  package init(_ redaction: Redaction, api: APIDescription? = nil) {
    self.redaction = redaction
    self.api = api
    classifiers = Dictionary(
      uniqueKeysWithValues: MessageDirection.allCases.compactMap { direction in
        api.map { (direction, MessageClassifier($0, direction: direction)) }
      }
    )
  }

  /// Where secrets were masked, each place once, in the order in which they were found.
  package var places: [String] { state.withLock(\.places) }

  /// One remark for each place.
  var notes: [String] {
    places.map { place in
      "\(place) looks like a secret and is masked; --keep-secret keeps it, where it is none"
    }
  }

  /// A payload without its secrets; bytes that are no JSON are looked through for credentials alone.
  package func redacted(_ payload: [UInt8], _ direction: MessageDirection) -> [UInt8] {
    guard !redaction.secrets.isEmpty || redaction.usesNames && SecretScan.mayHoldSecret(payload)
    else { return payload }
    guard let value = try? JSONValue.parse(payload) else { return redactedText(payload) }
    let redacted = redacted(value, direction)
    return redacted == value ? payload : redacted.bytes()
  }

  /// A value without its secrets.
  package func redacted(_ value: JSONValue, _ direction: MessageDirection) -> JSONValue {
    var found: [(pointer: JSONPointer, value: JSONValue)] = []
    find(in: value, at: .root, isSecret: false, &found)
    guard !found.isEmpty else { return value }
    let definition = definition(of: value, direction)
    return state.withLock { state in
      var result = value
      for (pointer, secret) in found {
        let name = definition?.name ?? Self.likelyName(of: value)
        let place =
          "'\(pointer)' of \(name ?? (direction == .toProvider ? "a request" : "a reply"))"
        state.note(place)
        let known = state.masks[secret]
        let mask =
          known ?? mask(secret, at: pointer, in: result, definition, number: state.maskCount + 1)
        if known == nil {
          if state.masks.count >= Self.mostMasks { state.masks = [:] }
          state.maskCount += 1
          state.masks[secret] = mask
        }
        result.set(mask, at: pointer)
      }
      return result
    }
  }

  /// What a message without a document says that it is, where most messages say it.
  private static func likelyName(of value: JSONValue) -> String? {
    let name = ["type", "event", "action", "kind", "method", "op"].lazy
      .compactMap { value[$0]?.stringValue }.first
    return name.flatMap { (1...64).contains($0.utf8.count) ? $0 : nil }
  }

  /// The definition of a message that is as the document says.
  private func definition(
    of value: JSONValue,
    _ direction: MessageDirection
  ) -> MessageDefinition? {
    guard case .message(_, let index, let violations)? = classifiers[direction]?.classify(value),
      violations.isEmpty
    else { return nil }
    return api?.messages[index]
  }

  private func mask(
    _ secret: JSONValue,
    at pointer: JSONPointer,
    in value: JSONValue,
    _ definition: MessageDefinition?,
    number: Int
  ) -> JSONValue {
    switch secret {
    case .string(let text):
      let scheme = Self.scheme(of: text)
      let rest = String(text.dropFirst(scheme.count))
      var candidates = [false, true].map { keepsPrefix in
        JSONValue.string(
          scheme + SecretMask.text(for: rest, number: number, keepsPrefix: keepsPrefix)
        )
      }
      candidates += (definition?.examples ?? []).compactMap { $0.payload[pointer] }
      let sound = candidates.first { candidate in
        guard let definition else { return true }
        var changed = value
        changed.set(candidate, at: pointer)
        return definition.payload.isValid(changed)
      }
      return sound ?? candidates[0]
    case .number(let known): return .number(SecretMask.number(for: known, number: number))
    case .bool: return false
    default: return secret
    }
  }

  // MARK: Finding

  private func find(
    in value: JSONValue,
    at pointer: JSONPointer,
    isSecret: Bool,
    _ found: inout [(pointer: JSONPointer, value: JSONValue)]
  ) {
    if redaction.keeps(pointer) { return }
    let isAsked = redaction.asksFor(pointer)
    switch value {
    case .object(let object):
      for member in object.members {
        let isNamed = redaction.usesNames && SecretName.isSecret(member.name)
        find(
          in: member.value,
          at: pointer.appending(member.name),
          isSecret: isSecret || isAsked || isNamed,
          &found
        )
      }
    case .array(let items):
      for (index, item) in items.enumerated() {
        find(in: item, at: pointer.appending(index), isSecret: isSecret || isAsked, &found)
      }
    case .string(let text):
      let isCredential = redaction.usesNames && !Self.scheme(of: text).isEmpty
      guard isAsked || isCredential || isSecret && !Timestamp.isTimestamp(text), !text.isEmpty
      else {
        return
      }
      found.append((pointer, value))
    case .number, .bool:
      // A count of tokens is no secret; only who asks for a number has it masked.
      if isAsked { found.append((pointer, value)) }
    case .null: return
    }
  }

  /// The name of an authorization scheme with its space, where a text begins with one.
  ///
  /// Spec: RFC 9110 §11.4.
  private static func scheme(of text: String) -> String {
    for scheme in ["Bearer ", "Basic ", "Digest "]
    where text.utf8.count > scheme.utf8.count + 3
      && text.lowercased().hasPrefix(scheme.lowercased())
    {
      return String(text.prefix(scheme.count))
    }
    return ""
  }

  private func redactedText(_ payload: [UInt8]) -> [UInt8] {
    guard redaction.usesNames, let text = String(validating: payload, as: UTF8.self) else {
      return payload
    }
    let scheme = Self.scheme(of: text)
    guard !scheme.isEmpty else { return payload }
    return Array(
      (scheme + SecretMask.text(for: String(text.dropFirst(scheme.count)), number: 0)).utf8
    )
  }
}
