/// What one side wants of permessage-deflate; the defaults compress best.
///
/// A client makes its offer of it, a server its answer.
///
/// Spec: RFC 7692 §7.1.
package struct CompressionSettings: Hashable, Sendable {
  /// Whether the server has to begin each message with an empty window.
  package var serverNoContextTakeover = false
  /// Whether the client has to begin each message with an empty window.
  package var clientNoContextTakeover = false
  /// The largest window of the server, as a power of two: 8 to 15.
  ///
  /// zlib cannot write with 8, so a server of ours declines what asks for that.
  package var serverMaxWindowBits = 15
  /// The largest window of the client, as a power of two: 8 to 15.
  package var clientMaxWindowBits = 15
  /// How hard to compress: 1 is fastest, 9 smallest.
  package var level = 6

  /// The defaults.
  package init() {}

  /// What keeps the settings from being used; nil when nothing does.
  var problem: String? {
    let bits = DeflateParameters.windowBits
    guard bits.contains(serverMaxWindowBits), bits.contains(clientMaxWindowBits) else {
      return "a compression window has 8 to 15 bits"
    }
    return (1...9).contains(level) ? nil : "the compression level \(level) is not from 1 to 9"
  }
}
