/// Everything that a client says and allows when it connects.
package struct ConnectRequest: Sendable {
  /// Where to.
  package var url: WebSocketURL
  /// More header fields for the opening handshake.
  package var headers: [HeaderField] = []
  /// The subprotocols to offer, the preferred one first.
  package var subprotocols: [String] = []
  /// The Unix socket to connect to in place of the URL's host and port; nil: TCP.
  package var socketPath: String?
  /// The HTTP proxy to go through; nil: straight to the server.
  package var httpProxy: HTTPProxy?
  /// How the server and this side prove who they are; only for `wss`.
  package var tls = ClientTLS()
  /// What to offer of permessage-deflate; nil: nothing is offered.
  package var compression: CompressionSettings?
  /// How long the TCP connection may take; 5 s.
  package var connectTimeout: Duration = .seconds(5)
  /// How long the answer to the opening handshake may take; 5 s.
  package var handshakeTimeout: Duration = .seconds(5)
  /// How long the peer's part of the closing handshake may take; 2 s.
  package var closeTimeout: Duration = .seconds(2)
  /// The longest payload of a received frame, in bytes; 16 MiB.
  package var maximumFrameBytes = 16 * 1_048_576
  /// The longest received message, in bytes; 16 MiB.
  package var maximumMessageBytes = 16 * 1_048_576
  /// How many received bytes may wait to be taken before reading stops; 4 MiB.
  ///
  /// At least one message always fits.
  package var maximumQueuedBytes = 4 * 1_048_576
  /// How many received events may wait before reading stops; 4,096.
  package var maximumQueuedEvents = 4096
  /// Whether each ping is answered at once with its pong.
  package var automaticPong = true
  /// When to ping a silent peer; nil: never.
  package var keepAlive: KeepAlive?
  /// Is told what happens in place of ``ClientConnection/nextEvent(until:)``, which then gives the end
  /// alone; nil: nobody.
  package var listener: (any ConnectionListener)?
  /// How many bytes that a listener sent may wait for a peer that does not read; more drops the
  /// connection; 16 MiB.
  package var maximumUnsentBytes = 16 * 1_048_576
  /// Where the connection runs; nil: on the loops of the process in turn.
  package var loop: ClientLoop?
  /// Makes the handshake's and the frames' random bytes the same each time; nil: they are random.
  package var maskingKeySeed: UInt64?

  /// Makes a request with every default.
  package init(
    url: WebSocketURL,
    headers: [HeaderField] = [],
    subprotocols: [String] = []
  ) {
    self.url = url
    self.headers = headers
    self.subprotocols = subprotocols
  }

  /// How the connection behaves after the handshake.
  var options: ConnectionOptions {
    ConnectionOptions(
      limits: MessageLimits(
        maximumFrameBytes: maximumFrameBytes,
        maximumMessageBytes: maximumMessageBytes
      ),
      automaticPong: automaticPong,
      closeTimeout: closeTimeout,
      keepAlive: keepAlive,
      maximumUnsentBytes: listener == nil ? .max : maximumUnsentBytes,
      readsOnlyWhileWritable: listener != nil,
      compressionLevel: compression?.level ?? CompressionSettings().level,
      maskingKeySeed: maskingKeySeed
    )
  }
}
