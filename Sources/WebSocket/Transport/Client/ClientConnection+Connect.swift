import NIOCore
import NIOPosix
internal import NIOSSL

extension ClientConnection {
  /// Opens a connection: TCP, TLS where the URL asks for it, then the opening handshake.
  ///
  /// - Throws: ``TransportError`` which says what went wrong in one sentence.
  package static func connect(
    _ request: ConnectRequest
  ) async throws(TransportError) -> ClientConnection {
    var keys =
      request.maskingKeySeed.map(MaskingKeyGenerator.init(seed:)) ?? MaskingKeyGenerator()
    let handshake = ClientHandshake(
      url: request.url,
      headers: request.headers,
      subprotocols: request.subprotocols,
      compression: request.compression,
      key: keys.nextHandshakeKey()
    )
    if let problem = handshake.problem { throw .invalidRequest(problem) }
    let tls = request.url.scheme == .wss ? try TLSContexts.client(request.tls) : nil
    let outcome = OneShot<Result<ClientConnection, TransportError>>()
    let loop = request.loop ?? .next()
    open(request, handshake, tls, on: loop, outcome)
    switch await outcome.value(ifCancelled: .failure(.cancelled)) {
    case .success(let connection): return connection
    case .failure(let error): throw error
    }
  }

  private static func open(
    _ request: ConnectRequest,
    _ handshake: ClientHandshake,
    _ tls: NIOSSLContext?,
    on loop: ClientLoop,
    _ outcome: OneShot<Result<ClientConnection, TransportError>>
  ) {
    ClientBootstrap.connect(loop.loop, request)
      .flatMapThrowing { channel in
        let pipeline = channel.pipeline.syncOperations
        let proceed = { () throws in
          try pipeline.addTLS(tls, host: request.url.host)
          try pipeline.addHandler(ClientHandshakeHandler(request, handshake, loop, outcome))
        }
        guard let proxy = request.httpProxy, request.socketPath == nil else {
          return try proceed()
        }
        let tunnel = TunnelHandler(
          proxy,
          to: request.url,
          within: request.handshakeTimeout,
          onFailure: { outcome.fulfil(.failure($0)) },
          then: proceed
        )
        try pipeline.addHandler(tunnel)
      }
      .whenFailure { error in
        outcome.fulfil(.failure(TransportError(connecting: request, error)))
      }
  }
}

extension TransportError {
  /// Says in our words why there is no TCP connection.
  init(connecting request: ConnectRequest, _ error: any Error) {
    let limit = request.connectTimeout
    if let path = request.socketPath {
      let plain = Self.connecting(to: request.url, within: limit, error)
      self = plain.naming(request.url, "the Unix socket '\(path)'")
    } else {
      self = Self.connecting(to: request.url, through: request.httpProxy, within: limit, error)
    }
  }

  /// Says in our words why there is no TCP connection to a server, or to the proxy on the way.
  static func connecting(
    to url: WebSocketURL,
    through proxy: HTTPProxy?,
    within limit: Duration,
    _ error: any Error
  ) -> TransportError {
    if let error = error as? TransportError { return error }
    guard let proxy else { return connecting(to: url, within: limit, error) }
    return connecting(to: proxy.place, within: limit, error)
      .naming(proxy.place, "the HTTP proxy")
  }

  /// The same, with a word about what stands between this side and the server.
  private func naming(_ place: WebSocketURL, _ middle: String) -> TransportError {
    switch self {
    case .connectionRefused:
      .connectFailed(place, reason: "\(middle) refuses connections; is it running?")
    case .connectFailed(_, let reason):
      .connectFailed(place, reason: "\(middle): \(reason)")
    default: self
    }
  }

  /// Says in our words why there is no TCP connection.
  static func connecting(
    to url: WebSocketURL,
    within limit: Duration,
    _ error: any Error
  ) -> TransportError {
    if let error = error as? TransportError { return error }
    if case ChannelError.connectTimeout = error {
      return .timedOut(.connect, after: limit, url: url)
    }
    if let error = error as? NIOConnectionError {
      if let each = error.connectionErrors.last?.error {
        return connecting(to: url, within: limit, each)
      }
      if error.dnsAError != nil || error.dnsAAAAError != nil { return .hostNotFound(url.host) }
    }
    if let error = error as? IOError {
      if error.errnoCode == ConnectionErrno.refused { return .connectionRefused(url) }
      return .connectFailed(url, reason: ConnectionErrno.text(error.errnoCode))
    }
    return .connectFailed(url, reason: "\(error)")
  }
}
