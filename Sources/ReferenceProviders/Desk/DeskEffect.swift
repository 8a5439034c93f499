package import JSON
package import WebSocket

/// Something that the desk wants done.
package enum DeskEffect: Sendable, Equatable {
  /// Sends a message to those of the connections that are still there.
  case send(JSONValue, to: [Int])
  /// Sends a message, unless the connection has made another request since.
  case sendIfLatest(JSONValue, to: Int, request: Int)
  /// Closes a connection with a close frame.
  case close(Int, CloseCode, reason: String)
  /// Ends a connection's TCP without a close frame.
  case drop(Int)
  /// Ends the process.
  case exit
  /// Does nothing else for so long.
  case block(Duration)
  /// Does all this later.
  case later(Duration, [DeskEffect])
  /// Keeps so many bytes of memory for ever.
  case retain(bytes: Int)
  /// Opens a file that is never closed.
  case openFile
}
