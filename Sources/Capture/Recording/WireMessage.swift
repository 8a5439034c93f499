package import Contract
package import JSON

/// A message that passed between a consumer and its provider.
package struct WireMessage: Sendable, Hashable {
  /// The connection's name.
  package var connection: String
  /// The number of its first frame on the connection, from 1, both directions counted.
  package var frame: Int
  /// Its place among all messages of the recording.
  package var order: Int
  /// Which way it went.
  package var direction: MessageDirection
  /// Whether it was a text message.
  package var isText: Bool
  /// The bytes.
  package var bytes: [UInt8]
  /// The value, when the bytes are JSON.
  package var json: JSONValue?

  /// Where it stands, for findings.
  package var location: TrafficLocation { TrafficLocation(connection: connection, frame: frame) }
}

/// One connection of a recording.
package struct RecordedConnection: Sendable, Hashable {
  /// The connection's name.
  package var name: String
  /// Its opening handshake.
  package var handshake: TranscriptHandshake
  /// Its messages, in order.
  package var messages: [WireMessage] = []
  /// How the provider ended it of itself; `nil` when it did not.
  package var providerClose: ProviderClose?

  init(name: String, handshake: TranscriptHandshake) {
    self.name = name
    self.handshake = handshake
  }

  /// A close frame that the provider sent first.
  package struct ProviderClose: Sendable, Hashable {
    /// The code; 1005 when the frame had none.
    package var code: UInt16
    /// The number of the frame on the connection.
    package var frame: Int
  }
}
