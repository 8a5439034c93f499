/// The opcodes that have a name, as scenarios write them.
///
/// Spec: RFC 6455 §11.8.
enum OpcodeName {
  private static let names: [(name: String, opcode: UInt8)] = [
    ("continuation", 0), ("text", 1), ("binary", 2), ("close", 8), ("ping", 9), ("pong", 10),
  ]

  /// Every name.
  static var all: [String] { names.map(\.name) }

  /// The opcode of a name.
  static func opcode(_ name: String) -> UInt8? { names.first { $0.name == name }?.opcode }

  /// The name of an opcode; `nil` for a reserved one.
  static func name(_ opcode: UInt8) -> String? { names.first { $0.opcode == opcode }?.name }
}
