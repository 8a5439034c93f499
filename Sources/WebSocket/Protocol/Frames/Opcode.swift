/// What a frame carries.
///
/// Spec: RFC 6455 §5.2 (opcode), §11.8 (registry).
package enum Opcode: UInt8, Hashable, Sendable, CaseIterable {
  case continuation = 0x0
  case text = 0x1
  case binary = 0x2
  case close = 0x8
  case ping = 0x9
  case pong = 0xA

  /// Whether the frame may stand between the fragments of a message.
  ///
  /// Spec: RFC 6455 §5.5.
  package var isControl: Bool { rawValue & 0x8 != 0 }
}
