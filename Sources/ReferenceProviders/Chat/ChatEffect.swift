import JSON
import WebSocket

/// Something that the chat wants done.
enum ChatEffect: Sendable {
  /// Sends a message to those of the connections that are still there.
  case send(JSONValue, to: [Int])
  /// Closes a connection with a close frame.
  case close(Int, CloseCode, reason: String)
  /// Ends a connection's TCP without a close frame.
  case drop(Int)
  /// Ends the process.
  case exit
  /// Does all this later.
  case later(Duration, [ChatEffect])
}
