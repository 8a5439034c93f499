/// The opening handshake as a client plays it.
///
/// Spec: RFC 6455 §4.1, §9.1; RFC 7692 §5.
struct ClientHandshake: Sendable {
  /// Where to connect.
  let url: WebSocketURL
  /// More header fields for the request.
  let headers: [HeaderField]
  /// What the client offers, the preferred one first.
  let subprotocols: [String]
  /// What to offer of permessage-deflate; nil: nothing is offered.
  var compression: CompressionSettings?
  /// The nonce.
  let key: String

  /// The fields that the handshake writes itself; a user's field of the same name wins over
  /// `Host`, and the others are refused by ``problem``.
  private static let ownFields = [
    "Connection", "Upgrade", "Sec-WebSocket-Key", "Sec-WebSocket-Version",
    "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions",
  ]

  /// What keeps the request from being sent; nil when nothing does.
  var problem: String? {
    for field in headers {
      if let problem = field.problem { return problem }
      if let own = Self.ownFields.first(where: field.isNamed) {
        return "the header '\(own)' belongs to the handshake and cannot be given"
      }
    }
    for (index, name) in subprotocols.enumerated() {
      guard !name.isEmpty, name.utf8.allSatisfy(\.isTokenCharacter) else {
        return "subprotocol '\(name)' is not a token"
      }
      guard !subprotocols[..<index].contains(name) else {
        return "subprotocol '\(name)' is offered twice"
      }
    }
    return compression?.problem
  }

  /// The request.
  var request: HTTPRequestHead {
    var fields: [HeaderField] = []
    if headers.first(named: "Host") == nil {
      fields.append(HeaderField("Host", url.hostHeader))
    }
    fields += [
      HeaderField("Upgrade", "websocket"),
      HeaderField("Connection", "Upgrade"),
      HeaderField("Sec-WebSocket-Key", key),
      HeaderField("Sec-WebSocket-Version", ServerHandshake.version),
    ]
    if !subprotocols.isEmpty {
      fields.append(
        HeaderField("Sec-WebSocket-Protocol", subprotocols.joined(separator: ", "))
      )
    }
    if let offer {
      fields.append(HeaderField("Sec-WebSocket-Extensions", "\(offer.element)"))
    }
    return HTTPRequestHead(
      method: "GET",
      target: url.path,
      minorVersion: 1,
      headers: fields + headers
    )
  }

  private var offer: DeflateProposal? { compression.map { DeflateProposal(offering: $0) } }

  /// What a connection was opened with.
  struct Agreement: Equatable, Sendable {
    /// nil when none was agreed.
    var subprotocol: String?
    /// nil when there is no compression.
    var compression: DeflateParameters?
  }

  /// What is wrong with an answer.
  enum Problem: Error, Equatable, Sendable {
    /// Another status than 101: an ordinary refusal.
    case refused
    /// A 101 that breaks a rule.
    case invalid(String)
  }

  /// Checks the server's answer; the items of §4.1 in their order.
  ///
  /// - Returns: What was agreed.
  /// - Throws: ``Problem``.
  func check(_ response: HTTPResponseHead) throws(Problem) -> Agreement {
    guard response.status == 101 else { throw .refused }
    let fields = response.headers
    guard fields.hasToken("websocket", named: "Upgrade") else {
      throw .invalid("its Upgrade header does not name 'websocket'")
    }
    guard fields.hasToken("upgrade", named: "Connection") else {
      throw .invalid("its Connection header does not name 'Upgrade'")
    }
    let answers = fields.all(named: "Sec-WebSocket-Accept")
    let expected = HandshakeKey.accept(for: key)
    guard answers == [expected] else {
      let found = answers.isEmpty ? "is missing" : "is '\(answers[0].shortened())'"
      throw .invalid("its Sec-WebSocket-Accept header \(found); '\(expected)' was expected")
    }
    return Agreement(
      subprotocol: try checkedSubprotocol(fields),
      compression: try checkedCompression(fields)
    )
  }

  /// Spec: RFC 6455 §4.1 (extensions that were not offered), RFC 7692 §5.1, §7.1.
  private func checkedCompression(
    _ fields: [HeaderField]
  ) throws(Problem) -> DeflateParameters? {
    let answers: [WebSocketExtension]
    do throws(WebSocketExtension.SyntaxError) {
      answers = try WebSocketExtension.parse(fields)
    } catch {
      throw .invalid("its Sec-WebSocket-Extensions header '\(error.value)' cannot be read")
    }
    guard let answer = answers.first else { return nil }
    guard let offer, answer.name == DeflateParameters.extensionName else {
      throw .invalid("it agrees to the extension '\(answer)', which was not offered")
    }
    guard answers.count == 1 else {
      throw .invalid("it agrees to '\(answers[1])' beside '\(answer)', which exclude each other")
    }
    do throws(DeflateProposal.Problem) {
      let accepted = try DeflateProposal(answer, isOffer: false)
      try offer.check(accepted)
      return accepted.parameters
    } catch {
      throw .invalid("its answer '\(answer)' has \(error)")
    }
  }

  private func checkedSubprotocol(_ fields: [HeaderField]) throws(Problem) -> String? {
    let chosen = fields.all(named: "Sec-WebSocket-Protocol")
    guard chosen.count <= 1 else { throw .invalid("it names more than one subprotocol") }
    guard let subprotocol = chosen.first else { return nil }
    guard subprotocols.contains(subprotocol) else {
      let offer =
        subprotocols.isEmpty
        ? "none was offered" : "offered: \(subprotocols.joined(separator: ", "))"
      throw .invalid("it chose the subprotocol '\(subprotocol)', which was not offered (\(offer))")
    }
    return subprotocol
  }
}
