package import JSON

/// What may be said over the sockets of one API, whatever document it was read from.
///
/// Directions are always told from outside: towards the provider or towards the consumer. A loader
/// turns its document's point of view into these.
package struct APIDescription: Sendable {
  /// The name of the API, for headings.
  package var title: String
  /// The version that the document gives itself.
  package var version: String
  /// The file it came from, as the user named it.
  package var file: String
  /// Where providers of this API run, in the document's order.
  package var servers: [ServerDescription]
  /// The channels, in the document's order.
  package var channels: [ChannelDescription]
  /// Every message of every channel, each once, in the document's order.
  package var messages: [MessageDefinition]
  /// Who may say what, and what is answered, in the document's order.
  package var operations: [OperationDescription]
  /// The close codes that the document says a provider uses, in ascending order.
  package var closeCodes: [CloseCodeDescription]

  /// Describes an API.
  package init(
    title: String,
    version: String,
    file: String,
    servers: [ServerDescription] = [],
    channels: [ChannelDescription] = [],
    messages: [MessageDefinition] = [],
    operations: [OperationDescription] = [],
    closeCodes: [CloseCodeDescription] = []
  ) {
    self.title = title
    self.version = version
    self.file = file
    self.servers = servers
    self.channels = channels
    self.messages = messages
    self.operations = operations
    self.closeCodes = closeCodes
  }

  /// The message with this name.
  package func message(named name: String) -> MessageDefinition? {
    messages.first { $0.name == name }
  }

  /// The channel with this name.
  package func channel(named name: String) -> ChannelDescription? {
    channels.first { $0.name == name }
  }

  /// The operations in which a message opens the exchange, in order.
  package func operations(opening message: String) -> [OperationDescription] {
    operations.filter { $0.messages.contains(message) }
  }

  /// Every message that may travel in a direction: as the opening message of an operation, or as a
  /// reply to one that goes the other way; in document order.
  package func messages(travelling direction: MessageDirection) -> [MessageDefinition] {
    let names = operations.reduce(into: Set<String>()) { names, operation in
      if operation.direction == direction {
        names.formUnion(operation.messages)
      } else {
        names.formUnion(operation.reply?.messages ?? [])
      }
    }
    return messages.filter { names.contains($0.name) }
  }
}

/// Which way a message travels.
package enum MessageDirection: String, Hashable, Sendable, CaseIterable {
  /// The consumer (client) says it.
  case toProvider
  /// The provider (server) says it.
  case toConsumer

  /// The other way.
  package var reversed: MessageDirection { self == .toProvider ? .toConsumer : .toProvider }
}

/// A place where a provider runs.
///
/// Spec: AsyncAPI 3.0 "Server Object".
package struct ServerDescription: Hashable, Sendable {
  /// The key in the document.
  package var name: String
  /// `ws` or `wss` for the servers that matter here.
  package var scheme: String
  /// Host and port, variables already replaced by their defaults.
  package var host: String
  /// The path, beginning with `/`, or empty.
  package var pathname: String

  /// Names a server.
  package init(name: String, scheme: String, host: String, pathname: String) {
    self.name = name
    self.scheme = scheme
    self.host = host
    self.pathname = pathname
  }
}

/// A channel: a socket of its own, or one of several logical ones on a socket.
///
/// Spec: AsyncAPI 3.0 "Channel Object".
package struct ChannelDescription: Hashable, Sendable {
  /// The key in the document.
  package var name: String
  /// The address with its `{parameters}`, or `nil` when it is not known before run time.
  package var address: String?
  /// The path of the socket that carries it, beginning with `/`.
  package var socketPath: String
  /// The names of the messages it carries.
  package var messages: [String]
  /// The names of the `{parameters}` in the address.
  package var parameters: [String]
  /// What must or may be given in the query of the opening request, with an example value where the
  /// document has one.
  package var queryParameters: [ConnectionParameter]
  /// What must or may be given as headers of the opening request.
  package var headers: [ConnectionParameter]
  /// Where the document says this.
  package var location: SourceLocation?

  /// Describes a channel.
  package init(
    name: String,
    address: String?,
    socketPath: String = "/",
    messages: [String] = [],
    parameters: [String] = [],
    queryParameters: [ConnectionParameter] = [],
    headers: [ConnectionParameter] = [],
    location: SourceLocation? = nil
  ) {
    self.name = name
    self.address = address
    self.socketPath = socketPath
    self.messages = messages
    self.parameters = parameters
    self.queryParameters = queryParameters
    self.headers = headers
    self.location = location
  }
}

/// A query parameter or header of the opening request.
///
/// Spec: AsyncAPI WebSockets binding 0.1.0.
package struct ConnectionParameter: Hashable, Sendable {
  /// Its name.
  package var name: String
  /// Whether the provider insists on it.
  package var isRequired: Bool
  /// Its schema, as it stands in the document.
  package var schema: JSONValue

  /// Describes a parameter.
  package init(name: String, isRequired: Bool, schema: JSONValue) {
    self.name = name
    self.isRequired = isRequired
    self.schema = schema
  }
}

/// A close code that the provider is documented to use.
package struct CloseCodeDescription: Hashable, Sendable {
  /// The code, 1000 to 4999.
  package var code: UInt16
  /// When it is used, in words.
  package var summary: String

  /// Describes a close code.
  package init(code: UInt16, summary: String) {
    self.code = code
    self.summary = summary
  }
}
