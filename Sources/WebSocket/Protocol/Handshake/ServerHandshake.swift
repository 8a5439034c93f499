/// The opening handshake as a server plays it.
///
/// Spec: RFC 6455 §4.2.
enum ServerHandshake {
  /// What a request turned out to be.
  enum Verdict: Equatable, Sendable {
    /// An opening handshake that keeps every rule.
    case handshake(HandshakeRequest, key: String)
    /// HTTP that does not ask for a WebSocket.
    case plainHTTP
    /// An opening handshake that breaks a rule; answer with this.
    case refuse(Refusal)
  }

  /// An answer instead of a connection.
  struct Refusal: Error, Equatable, Sendable {
    var status: Int
    var reason: String
    var headers: [HeaderField] = []

    /// The whole response; the connection ends after it.
    var bytes: [UInt8] {
      let body = [UInt8]((reason + "\n").utf8)
      let head = HTTPResponseHead(
        status: status,
        reason: HTTPStatus.phrase(status),
        minorVersion: 1,
        headers: headers + [
          HeaderField("Content-Type", "text/plain; charset=utf-8"),
          HeaderField("Content-Length", "\(body.count)"),
          HeaderField("Connection", "close"),
        ]
      )
      return head.bytes + body
    }
  }

  /// The only version of the protocol there is.
  static let version = "13"

  /// Judges a request.
  static func judge(_ head: HTTPRequestHead) -> Verdict {
    guard head.headers.hasToken("websocket", named: "Upgrade") else { return .plainHTTP }
    do throws(Refusal) {
      return .handshake(
        HandshakeRequest(target: head.target, headers: head.headers),
        key: try checkedKey(of: head)
      )
    } catch {
      return .refuse(error)
    }
  }

  /// Checks the items of §4.2.1 in their order.
  private static func checkedKey(of head: HTTPRequestHead) throws(Refusal) -> String {
    guard head.method == "GET" else {
      throw Refusal(
        status: 405,
        reason: "a WebSocket handshake is a GET request, not \(head.method)",
        headers: [HeaderField("Allow", "GET")]
      )
    }
    guard head.minorVersion >= 1 else {
      throw Refusal(status: 400, reason: "a WebSocket handshake needs HTTP/1.1")
    }
    guard head.headers.all(named: "Host").count == 1 else {
      throw Refusal(status: 400, reason: "a WebSocket handshake needs one Host header")
    }
    guard head.headers.hasToken("upgrade", named: "Connection") else {
      throw Refusal(status: 400, reason: "the Connection header does not name 'Upgrade'")
    }
    let keys = head.headers.all(named: "Sec-WebSocket-Key")
    guard keys.count == 1, HandshakeKey.isValid(keys[0]) else {
      throw Refusal(
        status: 400,
        reason: keys.isEmpty
          ? "the Sec-WebSocket-Key header is missing"
          : "the Sec-WebSocket-Key header is not base 64 of 16 bytes"
      )
    }
    let versions = head.headers.all(named: "Sec-WebSocket-Version")
    guard versions == [version] else {
      // Spec: RFC 6455 §4.4.
      throw Refusal(
        status: 426,
        reason: versions.isEmpty
          ? "the Sec-WebSocket-Version header is missing; this server speaks \(version)"
          : "WebSocket version '\(versions[0])' is not known; this server speaks \(version)",
        headers: [
          HeaderField("Sec-WebSocket-Version", version), HeaderField("Upgrade", "websocket"),
        ]
      )
    }
    return keys[0]
  }

  /// The answer to a client's offer of permessage-deflate.
  ///
  /// - Parameters:
  ///   - headers: The fields of its request.
  ///   - settings: What the server wants; nil: there is no compression.
  /// - Returns: nil when messages go as they are.
  /// - Throws: ``Refusal`` when the offers cannot be read.
  ///
  /// Spec: RFC 6455 §9.1, RFC 7692 §5.1.
  static func compression(
    for headers: [HeaderField],
    _ settings: CompressionSettings?
  ) throws(Refusal) -> DeflateProposal? {
    do throws(WebSocketExtension.SyntaxError) {
      let offers = try WebSocketExtension.parse(headers)
      return settings.flatMap { DeflateProposal.answer(to: offers, $0) }
    } catch {
      throw Refusal(
        status: 400,
        reason: "the Sec-WebSocket-Extensions header '\(error.value)' cannot be read"
      )
    }
  }

  /// The response that opens a connection.
  ///
  /// - Parameters:
  ///   - key: The client's key.
  ///   - subprotocol: The one of its offer that was chosen.
  ///   - compression: The answer to its offer of permessage-deflate.
  /// - Returns: The head of the response.
  ///
  /// Spec: RFC 6455 §4.2.2 item 5.
  static func response(
    key: String,
    subprotocol: String?,
    compression: DeflateProposal? = nil
  ) -> HTTPResponseHead {
    var headers = [
      HeaderField("Upgrade", "websocket"),
      HeaderField("Connection", "Upgrade"),
      HeaderField("Sec-WebSocket-Accept", HandshakeKey.accept(for: key)),
    ]
    if let compression {
      headers.append(HeaderField("Sec-WebSocket-Extensions", "\(compression.element)"))
    }
    if let subprotocol { headers.append(HeaderField("Sec-WebSocket-Protocol", subprotocol)) }
    return HTTPResponseHead(
      status: 101,
      reason: HTTPStatus.phrase(101),
      minorVersion: 1,
      headers: headers
    )
  }
}
