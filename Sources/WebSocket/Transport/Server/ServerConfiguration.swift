/// Where a server listens and what it allows.
///
/// What one connection can make the server keep is bounded: one message that is being received
/// (``maximumMessageBytes``), the bytes of one read, and what waits to be sent
/// (``maximumUnsentBytes``). A client that does not read is not read from either, so that answers
/// to its own messages never pile up; only what is pushed to it can.
package struct ServerConfiguration: Sendable {
  /// The address or name to listen on; IPv6 without brackets.
  package var host = "127.0.0.1"
  /// The port; 0 takes a free one.
  package var port = 0
  /// The Unix socket to listen on in place of host and port; a file that is left over is replaced.
  package var socketPath: String?
  /// What to prove the server's identity with; nil: TCP without TLS.
  package var tls: ServerTLS?
  /// The longest payload of a received frame, in bytes; 1 MiB.
  package var maximumFrameBytes = 1_048_576
  /// The longest received message, in bytes; 1 MiB.
  package var maximumMessageBytes = 1_048_576
  /// The most connections at one time; further ones are answered with 503.
  package var maximumConnections = 20_000
  /// How many bytes may wait for a peer that does not read; more drops its connection; 16 MiB.
  ///
  /// Has to be more than the longest message that the service sends.
  package var maximumUnsentBytes = 16 * 1_048_576
  /// The most bytes and fields in the head of a request.
  package var headLimits = HTTPHeadLimits()
  /// The longest body of a plain HTTP request, in bytes; 8 MiB.
  package var maximumBodyBytes = 8 * 1_048_576
  /// How long a client may take to say what it wants; 10 s.
  package var handshakeTimeout: Duration = .seconds(10)
  /// How long a plain HTTP connection may be idle; 60 s.
  package var idleTimeout: Duration = .seconds(60)
  /// How long the client's part of a closing may take; 2 s.
  package var closeTimeout: Duration = .seconds(2)
  /// What to agree to when a client offers permessage-deflate; nil: messages go as they are.
  package var compression: CompressionSettings?
  /// When to ping a silent client; nil: never.
  package var keepAlive: KeepAlive?
  /// Files to serve where the service has no answer to a plain request; nil: none.
  package var staticFiles: StaticFiles?
  /// Counts what happens, and is shown at ``metricsPath``; nil: nothing is counted.
  package var metrics: ServerMetrics?
  /// Where the metrics are; they come before what the service has there.
  package var metricsPath = "/metrics"

  /// The defaults.
  package init(host: String = "127.0.0.1", port: Int = 0) {
    self.host = host
    self.port = port
  }

  /// How each connection behaves after the handshake.
  var options: ConnectionOptions {
    ConnectionOptions(
      limits: MessageLimits(
        maximumFrameBytes: maximumFrameBytes,
        maximumMessageBytes: maximumMessageBytes
      ),
      closeTimeout: closeTimeout,
      keepAlive: keepAlive,
      maximumUnsentBytes: maximumUnsentBytes,
      readsOnlyWhileWritable: true,
      compressionLevel: compression?.level ?? CompressionSettings().level
    )
  }
}
