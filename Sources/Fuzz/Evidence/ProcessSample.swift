package import Session

/// What the provider's process had in use at a moment at which no connection was open.
package struct ProcessSample: Hashable, Sendable {
  /// The figures.
  package var figures: ProcessFigures
  /// How many messages the client had sent.
  package var messages: Int
  /// How many connections had been opened.
  package var connections: Int
}
