package import WebSocket

/// How a session connects, and what it does of itself.
package struct SessionOptions: Sendable {
  /// How long a TCP connection may take; 5 s.
  package var connectTimeout: Duration = .seconds(5)
  /// How long the answer to the opening handshake may take; 5 s.
  package var handshakeTimeout: Duration = .seconds(5)
  /// How long the provider's part of the closing handshake may take; 2 s.
  package var closeTimeout: Duration = .seconds(2)
  /// The longest received message, in bytes; 16 MiB.
  package var maximumMessageBytes = 16 * 1_048_576
  /// Header fields for every opening handshake.
  package var headers: [HeaderField] = []
  /// The subprotocol to offer where a connection's facts name none.
  package var subprotocol: String?
  /// How a `wss` provider and this side prove who they are.
  package var tls = ClientTLS()
  /// The Unix socket to connect to in place of each URL's host and port; `nil`: TCP.
  package var socketPath: String?
  /// The HTTP proxy on the way to a URL; `nil`: there is none.
  package var httpProxy: (@Sendable (WebSocketURL) -> HTTPProxy?)?
  /// What to offer of permessage-deflate; `nil`: nothing is offered.
  package var compression: CompressionSettings?
  /// What is said at once to a message of the provider that asks for it, such as a heartbeat.
  package var automaticReply: (@Sendable (Message) -> Message?)?
  /// Notices when this program stands still; its findings go into the transcript.
  package var stallDetector: StallDetector?
  /// Whose figures go into the transcript each time that no connection is open any more; `nil`: nobody's.
  package var processProbe: ProcessProbe?
  /// Makes masking keys the same each time; `nil`: they are random.
  package var maskingKeySeed: UInt64?

  /// Keeps what is sent to so many frames a second; `nil`: as fast as it goes.
  package var pace: SendingPace?

  /// The event loop of the connections; `nil`: each takes the next one.
  ///
  /// A task that runs on its executor drives a session without any change of thread.
  package var loop: ClientLoop?

  /// The defaults.
  package init() {}

  /// The request that opens a connection to `url`.
  func request(to url: WebSocketURL, headers: [HeaderField], subprotocol: String?) -> ConnectRequest
  {
    var request = ConnectRequest(url: url, headers: self.headers + headers)
    request.subprotocols = [subprotocol ?? self.subprotocol].compactMap { $0 }
    request.connectTimeout = connectTimeout
    request.handshakeTimeout = handshakeTimeout
    request.closeTimeout = closeTimeout
    request.maximumFrameBytes = maximumMessageBytes
    request.maximumMessageBytes = maximumMessageBytes
    request.tls = tls
    request.socketPath = socketPath
    request.httpProxy = httpProxy?(url)
    request.compression = compression
    request.maskingKeySeed = maskingKeySeed
    request.loop = loop
    return request
  }
}
