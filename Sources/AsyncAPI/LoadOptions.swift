/// Whose sends and receives a document describes.
package enum PointOfView: String, Sendable, Hashable, CaseIterable {
  /// The provider's: what it receives travels towards it.
  case server
  /// The client's: what it sends travels towards the provider.
  case client
}

/// How a document is loaded.
package struct LoadOptions: Sendable, Hashable {
  /// Whose sends and receives the document describes; the provider's by default.
  package var pointOfView: PointOfView
  /// How many files one document may consist of; 256 by default.
  package var maximumFiles: Int
  /// How many messages are described at most; 10,000 by default.
  package var maximumMessages: Int
  /// How many subschemas the payloads may unfold to altogether; two million by default.
  package var maximumSchemaNodes: Int

  /// Takes options, each with its default.
  package init(
    pointOfView: PointOfView = .server,
    maximumFiles: Int = 256,
    maximumMessages: Int = 10_000,
    maximumSchemaNodes: Int = 2_000_000
  ) {
    self.pointOfView = pointOfView
    self.maximumFiles = maximumFiles
    self.maximumMessages = maximumMessages
    self.maximumSchemaNodes = maximumSchemaNodes
  }
}
