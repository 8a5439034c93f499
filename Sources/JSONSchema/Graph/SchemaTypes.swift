package import JSON

/// A set of the types that `type` can name.
///
/// Spec: 2020-12 Validation §6.1.1.
package struct SchemaTypes: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let null = SchemaTypes(rawValue: 1 << 0)
  package static let boolean = SchemaTypes(rawValue: 1 << 1)
  /// Whole numbers; a set with ``number`` need not have it.
  package static let integer = SchemaTypes(rawValue: 1 << 2)
  /// All numbers, whole ones too.
  package static let number = SchemaTypes(rawValue: 1 << 3)
  package static let string = SchemaTypes(rawValue: 1 << 4)
  package static let array = SchemaTypes(rawValue: 1 << 5)
  package static let object = SchemaTypes(rawValue: 1 << 6)

  /// Every value.
  package static let all = SchemaTypes(rawValue: 0x7F)

  private static let names: [(name: String, type: SchemaTypes)] = [
    ("null", .null), ("boolean", .boolean), ("integer", .integer), ("number", .number),
    ("string", .string), ("array", .array), ("object", .object),
  ]

  /// The type of this name, or `nil`.
  package init?(name: String) {
    guard let entry = Self.names.first(where: { $0.name == name }) else { return nil }
    self = entry.type
  }

  /// The names in a fixed order; `integer` is left out beside `number`.
  package var names: [String] {
    Self.names
      .filter { contains($0.type) && !($0.type == .integer && contains(.number)) }
      .map(\.name)
  }

  /// Every name that `type` may have.
  static var allNames: [String] { names.map(\.name) }

  /// The type of a value as `type` names it; a whole number is an integer where the dialect says so.
  package init(of value: JSONValue, dialect: SchemaDialect) {
    switch value {
    case .null: self = .null
    case .bool: self = .boolean
    case .number(let number):
      let isInteger =
        dialect.acceptsFractionlessIntegers ? number.isInteger : number.hasIntegerNotation
      self = isInteger ? .integer : .number
    case .string: self = .string
    case .array: self = .array
    case .object: self = .object
    }
  }

  /// Whether a value of this one type is in the set.
  package func accepts(_ type: SchemaTypes) -> Bool {
    contains(type) || (type == .integer && contains(.number))
  }
}

extension JSONNumber {
  /// Whether the text is digits alone, without fraction and exponent.
  var hasIntegerNotation: Bool {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
  }
}
