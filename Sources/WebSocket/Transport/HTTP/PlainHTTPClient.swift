import NIOCore
import NIOHTTP1
import NIOPosix
internal import NIOSSL

/// Sends single HTTP requests, as to a provider's state endpoint.
///
/// Spec: RFC 9112.
package enum PlainHTTPClient {
  /// The longest body of a response, in bytes; 16 MiB.
  static let maximumBodyBytes = 16 * 1_048_576

  /// Sends a request on a connection of its own and waits for the whole response.
  ///
  /// - Parameters:
  ///   - request: Its target is put behind the path of `url`.
  ///   - url: `http://HOST:PORT` or `https://HOST:PORT`, perhaps with a path.
  ///   - tls: How an `https` server proves who it is.
  ///   - timeout: For the connection, and again for the response.
  /// - Returns: The whole response, whatever its status.
  /// - Throws: ``TransportError`` which says what went wrong; an error status is no error.
  package static func send(
    _ request: PlainHTTPRequest,
    to url: String,
    tls: ClientTLS = ClientTLS(),
    timeout: Duration = .seconds(10)
  ) async throws(TransportError) -> PlainHTTPResponse {
    let place = try place(of: url)
    for field in request.headers {
      if let problem = field.problem { throw .invalidRequest(problem) }
    }
    let context = place.scheme == .wss ? try TLSContexts.client(tls) : nil
    let outcome = OneShot<Result<PlainHTTPResponse, TransportError>>()
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    ClientBootstrap(group: loop)
      .connectTimeout(timeout.timeAmount)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addTLS(context, host: place.host)
          try channel.pipeline.syncOperations.addHTTPClientHandlers()
          try channel.pipeline.syncOperations.addHandler(
            PlainHTTPResponseHandler(request, place, timeout, outcome)
          )
        }
      }
      .connect(to: place)
      .whenFailure { error in
        outcome.fulfil(.failure(.connecting(to: place, within: timeout, error)))
      }
    switch await outcome.value(ifCancelled: .failure(.cancelled)) {
    case .success(let response): return response
    case .failure(let error): throw error
    }
  }

  /// The place of an `http` or `https` URL, in the form that errors can name.
  private static func place(of url: String) throws(TransportError) -> WebSocketURL {
    let isPlain = url.lowercased().hasPrefix("http://")
    guard isPlain || url.lowercased().hasPrefix("https://") else {
      throw .invalidRequest("'\(url)' is not an http:// or https:// URL")
    }
    do {
      return try WebSocketURL((isPlain ? "ws" : "wss") + url.dropFirst(isPlain ? 4 : 5))
    } catch {
      var shown = error
      shown.text = url
      throw .invalidRequest("\(shown)".replacingScheme())
    }
  }
}

extension String {
  /// Advice about `ws` URLs, said about `http` URLs.
  fileprivate func replacingScheme() -> String {
    guard let found = range(ofASCII: "ws://") else { return self }
    return self[..<found.lowerBound] + "http://" + self[found.upperBound...]
  }
}

/// Sends one request and collects its response.
final class PlainHTTPResponseHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundOut = HTTPClientRequestPart

  private let request: PlainHTTPRequest
  private let place: WebSocketURL
  private let timeout: Duration
  private let outcome: OneShot<Result<PlainHTTPResponse, TransportError>>
  private var response: PlainHTTPResponse?
  private var timer: Scheduled<Void>?

  init(
    _ request: PlainHTTPRequest,
    _ place: WebSocketURL,
    _ timeout: Duration,
    _ outcome: OneShot<Result<PlainHTTPResponse, TransportError>>
  ) {
    self.request = request
    self.place = place
    self.timeout = timeout
    self.outcome = outcome
  }

  func channelActive(context: ChannelHandlerContext) {
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: timeout.timeAmount) {
      self.finish(
        .failure(.timedOut(.response, after: self.timeout, url: self.place)),
        context
      )
    }
    var headers = HTTPHeaders()
    for field in request.headers where !field.isNamed("Content-Length") {
      headers.add(name: field.name, value: field.value)
    }
    if !headers.contains(name: "Host") { headers.add(name: "Host", value: place.hostHeader) }
    headers.replaceOrAdd(name: "Connection", value: "close")
    if !request.body.isEmpty || ["POST", "PUT", "PATCH"].contains(request.method) {
      headers.add(name: "Content-Length", value: "\(request.body.count)")
    }
    let head = NIOHTTP1.HTTPRequestHead(
      version: .http1_1,
      method: HTTPMethod(rawValue: request.method),
      uri: target,
      headers: headers
    )
    context.write(Self.wrapOutboundOut(.head(head)), promise: nil)
    if !request.body.isEmpty {
      let body = IOData.byteBuffer(ByteBuffer(bytes: request.body))
      context.write(Self.wrapOutboundOut(.body(body)), promise: nil)
    }
    context.writeAndFlush(Self.wrapOutboundOut(.end(nil)), promise: nil)
  }

  private var target: String {
    let base = place.path.hasSuffix("/") ? String(place.path.dropLast()) : place.path
    return base + (request.target.hasPrefix("/") ? "" : "/") + request.target
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch Self.unwrapInboundIn(data) {
    case .head(let head):
      response = PlainHTTPResponse(
        status: Int(head.status.code),
        headers: head.headers.map { HeaderField($0.name, $0.value) }
      )
    case .body(let part):
      response?.body.append(contentsOf: part.readableBytesView)
      if let count = response?.body.count, count > PlainHTTPClient.maximumBodyBytes {
        let limit = PlainHTTPClient.maximumBodyBytes
        finish(
          .failure(.invalidHTTP(reason: "its body is longer than \(limit) bytes", url: place)),
          context
        )
      }
    case .end:
      if let response { finish(.success(response), context) }
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if TLSFailure.isUncleanEnd(error) { return }
    if let reason = TLSFailure.reason(error, place, in: context.pipeline) {
      finish(.failure(.tlsFailed(place, reason: reason)), context)
      return
    }
    let reason =
      switch error {
      case let error as IOError where error.isReset: "the server reset the connection"
      default: "\(error)"
      }
    finish(.failure(.invalidHTTP(reason: reason, url: place)), context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    let reason = "the server ended the connection before its response was complete"
    finish(.failure(.invalidHTTP(reason: reason, url: place)), context)
  }

  private func finish(
    _ result: Result<PlainHTTPResponse, TransportError>,
    _ context: ChannelHandlerContext
  ) {
    timer?.cancel()
    outcome.fulfil(result)
    context.close(promise: nil)
  }
}
