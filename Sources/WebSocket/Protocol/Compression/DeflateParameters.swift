/// What both sides of a connection have agreed on for permessage-deflate.
///
/// Spec: RFC 7692 §7.1.
package struct DeflateParameters: Hashable, Sendable {
  /// The extension's name in `Sec-WebSocket-Extensions`.
  package static let extensionName = "permessage-deflate"
  /// What a window may be, as a power of two (§7.1.2).
  static let windowBits = 8...15

  /// Whether the server begins each message with an empty window (§7.1.1.1).
  package var serverNoContextTakeover = false
  /// Whether the client begins each message with an empty window (§7.1.1.2).
  package var clientNoContextTakeover = false
  /// The server's window, as a power of two (§7.1.2.1).
  package var serverMaxWindowBits = 15
  /// The client's window, as a power of two (§7.1.2.2).
  package var clientMaxWindowBits = 15

  /// Makes what is agreed when nothing is said about the parameters.
  package init() {}

  /// Undoes what the other side compresses.
  ///
  /// - Parameter reader: The side that reads.
  /// - Returns: An inflater with the writer's window.
  func makeInflater(reader: Role) -> Inflater {
    reader == .client
      ? Inflater(windowBits: serverMaxWindowBits, keepsContext: !serverNoContextTakeover)
      : Inflater(windowBits: clientMaxWindowBits, keepsContext: !clientNoContextTakeover)
  }

  /// Compresses what a side sends.
  ///
  /// - Parameters:
  ///   - writer: The side that writes.
  ///   - level: How hard to compress, from 1 to 9.
  /// - Returns: nil for a window of 8 bits, which zlib cannot write with; messages then go as
  ///   they are, which is always allowed (§6.1).
  func makeDeflater(writer: Role, level: Int) -> Deflater? {
    let bits = writer == .client ? clientMaxWindowBits : serverMaxWindowBits
    let resets = writer == .client ? clientNoContextTakeover : serverNoContextTakeover
    return bits > 8 ? Deflater(windowBits: bits, keepsContext: !resets, level: level) : nil
  }
}
