/// The parameters of permessage-deflate as one side wrote them, in an offer or in an answer.
///
/// Spec: RFC 7692 §7.1.
struct DeflateProposal: Hashable, Sendable {
  /// What is said about the client's window.
  enum ClientWindow: Hashable, Sendable {
    /// Nothing: an answer may not name it (§7.1.2.2).
    case unnamed
    /// The parameter without a value, which only an offer may have.
    case any
    /// The parameter with a value.
    case bits(Int)
  }

  var serverNoContextTakeover = false
  var clientNoContextTakeover = false
  var serverMaxWindowBits: Int?
  var clientWindow = ClientWindow.unnamed

  /// A parameter that may not stand there.
  struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
    /// A phrase that names the parameter.
    let description: String
  }

  init() {}

  /// Makes a client's offer.
  init(offering settings: CompressionSettings) {
    serverNoContextTakeover = settings.serverNoContextTakeover
    clientNoContextTakeover = settings.clientNoContextTakeover
    serverMaxWindowBits = settings.serverMaxWindowBits < 15 ? settings.serverMaxWindowBits : nil
    let bits = settings.clientMaxWindowBits
    clientWindow = bits < 15 ? .bits(bits) : .any
  }

  /// Reads an element; every parameter has to be known, named once, and of its kind (§7.1).
  ///
  /// - Parameters:
  ///   - element: An element named `permessage-deflate`.
  ///   - isOffer: Whether a client wrote it.
  /// - Throws: ``Problem``: a server declines such an offer, a client fails the connection.
  init(_ element: WebSocketExtension, isOffer: Bool) throws(Problem) {
    var names: Set<String> = []
    for parameter in element.parameters {
      let (name, value) = (parameter.name, parameter.value)
      guard names.insert(name).inserted else {
        throw Problem(description: "the parameter '\(name)' twice")
      }
      switch (name, value) {
      case ("server_no_context_takeover", nil): serverNoContextTakeover = true
      case ("client_no_context_takeover", nil): clientNoContextTakeover = true
      case ("server_max_window_bits", let value?): serverMaxWindowBits = try Self.bits(value, name)
      case ("client_max_window_bits", let value?): clientWindow = .bits(try Self.bits(value, name))
      case ("client_max_window_bits", nil) where isOffer: clientWindow = .any
      default:
        throw Problem(description: "the parameter '\(name)\(value.map { "=\($0)" } ?? "")'")
      }
    }
  }

  /// A decimal number from 8 to 15 without a leading zero (§7.1.2.1).
  private static func bits(_ text: String, _ name: String) throws(Problem) -> Int {
    guard let bits = Int(text), "\(bits)" == text, DeflateParameters.windowBits.contains(bits)
    else { throw Problem(description: "the parameter '\(name)=\(text)'") }
    return bits
  }

  /// The element for a header field.
  var element: WebSocketExtension {
    var element = WebSocketExtension(name: DeflateParameters.extensionName)
    func add(_ name: String, _ value: Int? = nil) {
      element.parameters.append(.init(name: name, value: value.map { "\($0)" }))
    }
    if serverNoContextTakeover { add("server_no_context_takeover") }
    if clientNoContextTakeover { add("client_no_context_takeover") }
    if let serverMaxWindowBits { add("server_max_window_bits", serverMaxWindowBits) }
    switch clientWindow {
    case .unnamed: break
    case .any: add("client_max_window_bits")
    case .bits(let bits): add("client_max_window_bits", bits)
    }
    return element
  }

  /// What holds when this is the answer.
  var parameters: DeflateParameters {
    var parameters = DeflateParameters()
    parameters.serverNoContextTakeover = serverNoContextTakeover
    parameters.clientNoContextTakeover = clientNoContextTakeover
    parameters.serverMaxWindowBits = serverMaxWindowBits ?? 15
    if case .bits(let bits) = clientWindow { parameters.clientMaxWindowBits = bits }
    return parameters
  }
}

// MARK: - Agreeing

extension DeflateProposal {
  /// A server's answer to a list of extensions: the first offer that it can keep (§5.1).
  ///
  /// - Parameters:
  ///   - offers: Everything that the client offers, the preferred one first.
  ///   - settings: What the server wants.
  /// - Returns: nil when no offer is one of permessage-deflate that can be kept.
  static func answer(
    to offers: [WebSocketExtension],
    _ settings: CompressionSettings
  ) -> DeflateProposal? {
    for element in offers where element.name == DeflateParameters.extensionName {
      if let offer = try? DeflateProposal(element, isOffer: true),
        let answer = offer.answer(settings)
      {
        return answer
      }
    }
    return nil
  }

  private func answer(_ settings: CompressionSettings) -> DeflateProposal? {
    var answer = DeflateProposal()
    answer.serverNoContextTakeover = serverNoContextTakeover || settings.serverNoContextTakeover
    answer.clientNoContextTakeover = clientNoContextTakeover || settings.clientNoContextTakeover
    let serverBits = min(serverMaxWindowBits ?? 15, settings.serverMaxWindowBits)
    guard serverBits > 8 else { return nil }
    if serverMaxWindowBits != nil || serverBits < 15 { answer.serverMaxWindowBits = serverBits }
    switch clientWindow {
    case .unnamed: break
    case .any where settings.clientMaxWindowBits == 15: break
    case .any: answer.clientWindow = .bits(settings.clientMaxWindowBits)
    case .bits(let bits): answer.clientWindow = .bits(min(bits, settings.clientMaxWindowBits))
    }
    return answer
  }

  /// Checks a server's answer against this offer.
  ///
  /// - Throws: ``Problem`` when it does not keep what was asked for; the client fails the
  ///   connection (§7.1).
  func check(_ answer: DeflateProposal) throws(Problem) {
    if serverNoContextTakeover, !answer.serverNoContextTakeover {
      throw Problem(description: "no 'server_no_context_takeover', which was asked for")
    }
    if let wanted = serverMaxWindowBits, (answer.serverMaxWindowBits ?? 15) > wanted {
      let found = answer.serverMaxWindowBits.map { "=\($0)" } ?? ""
      throw Problem(
        description: (found.isEmpty ? "no " : "") + "'server_max_window_bits\(found)'"
          + " where \(wanted) was asked for"
      )
    }
    guard case .bits(let bits) = answer.clientWindow else { return }
    switch clientWindow {
    case .any: break
    case .bits(let offered) where bits <= offered: break
    case .unnamed:
      throw Problem(description: "'client_max_window_bits', which was not offered")
    case .bits(let offered):
      throw Problem(
        description: "'client_max_window_bits=\(bits)' where \(offered) was offered"
      )
    }
  }
}
