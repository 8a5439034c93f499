/// What a ``RecordingProxy`` allows.
package struct ProxyLimits: Sendable {
  /// The longest payload of a frame that can be recorded, in bytes; 16 MiB.
  ///
  /// A longer one ends its connection with 1009.
  package var maximumFrameBytes = 16 * 1_048_576
  /// The most connections of consumers at one time; further ones are answered with 503.
  package var maximumConnections = 20_000
  /// The most bytes and fields in the head of a request or response.
  package var headLimits = HTTPHeadLimits()
  /// How long a consumer may take to send the head of its request; 10 s.
  package var requestTimeout: Duration = .seconds(10)
  /// How long the connection to the provider may take; 5 s.
  package var connectTimeout: Duration = .seconds(5)
  /// How long the provider may take to answer an opening handshake; 10 s.
  package var handshakeTimeout: Duration = .seconds(10)
  /// How long one side may stay when the other has ended its direction; 2 s.
  package var closeTimeout: Duration = .seconds(2)

  /// The defaults.
  package init() {}
}
