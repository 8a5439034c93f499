import Contract
import JSON
import JSONSchema

/// Ids for requests that no request of the case has had, so that replies can be told apart.
struct FreshIdentifier: Sendable {
  /// How ids of a message can be made without its generator.
  private enum Shape: Sendable {
    case uuid, text, number, none
  }

  let pointer: JSONPointer
  private let shape: Shape

  /// Finds out which ids the message accepts, by trying them on a value of it.
  ///
  /// - Parameters:
  ///   - definition: A message with a place for an id.
  ///   - sample: A valid payload of it.
  init?(_ definition: MessageDefinition, sample: JSONValue) {
    guard let pointer = definition.correlation else { return nil }
    self.init(definition, at: pointer, sample: sample)
  }

  /// Finds out which ids the message accepts at a place.
  ///
  /// - Parameters:
  ///   - definition: A message.
  ///   - pointer: The place.
  ///   - sample: A valid payload of it that has something there.
  init(_ definition: MessageDefinition, at pointer: JSONPointer, sample: JSONValue) {
    self.pointer = pointer
    let fitting = [Shape.uuid, .text, .number].first { shape in
      var value = sample
      return value.set(Self.value(shape, 1), at: pointer) && definition.payload.isValid(value)
    }
    shape = fitting ?? .none
  }

  /// The id with a number, or `nil` where only the generator can make one.
  func value(_ number: Int) -> JSONValue? {
    // Not with `?:`, where `nil` would be the JSON value null.
    guard shape != .none else { return nil }
    return Self.value(shape, number)
  }

  private static func value(_ shape: Shape, _ number: Int) -> JSONValue {
    switch shape {
    case .uuid:
      let digits = String(number, radix: 16)
      let zeros = String(repeating: "0", count: max(0, 12 - digits.count))
      return .string("00000000-0000-4000-8000-" + zeros + digits)
    case .text: return .string("request-\(number)")
    case .number: return .number(JSONNumber(number))
    case .none: return .null
    }
  }
}
