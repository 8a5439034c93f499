import ArgumentParser
import WebSocket

/// One endpoint that a command connects to by itself.
struct EndpointOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("Where to connect (ws:// or wss://host:port/path).", valueName: "url")
  )
  var url: String

  @Option(
    name: .customLong("header"),
    help: ArgumentHelp(
      "A header for the opening request; may be repeated.",
      valueName: "name: value"
    )
  )
  var headers: [String] = []

  @Option(
    name: .customLong("subprotocol"),
    help: ArgumentHelp("A subprotocol to offer; may be repeated.", valueName: "name")
  )
  var subprotocols: [String] = []

  @OptionGroup
  var transport: TransportOptions

  func validate() throws {
    _ = try HeaderArguments.fields(headers)
  }

  /// How to connect; says so when certificates are not checked.
  func request() throws -> ConnectRequest {
    transport.warn()
    var request = ConnectRequest(
      url: try WebSocketURL(url),
      headers: try HeaderArguments.fields(headers) + transport.authorization,
      subprotocols: subprotocols
    )
    request.tls = transport.tls
    if let limit = transport.connectTimeout?.duration {
      request.connectTimeout = limit
      request.handshakeTimeout = limit
    }
    request.compression = transport.offer
    request.socketPath = transport.unixSocket
    request.httpProxy = TransportOptions.httpProxy(for: request.url)
    return request
  }
}
