import ArgumentParser
import Contract
import Synchronization
import WebSocket

/// How a provider is reached: what is trusted, what this side shows, and compression.
struct TransportOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Trust the authorities in this PEM file instead of the system's (wss).",
      valueName: "file"
    )
  )
  var ca: String?

  @Option(
    help: ArgumentHelp(
      "Show the certificate in this PEM file to a provider that asks for one (wss).",
      valueName: "file"
    )
  )
  var cert: String?

  @Option(
    help: ArgumentHelp(
      "The key of --cert, as PEM; the default is that it is in the same file.",
      valueName: "file"
    )
  )
  var key: String?

  @Flag(help: "Accept every certificate of the provider (wss).")
  var insecure = false

  @Option(
    help: ArgumentHelp(
      "Authorize every opening request with this token; better from WSPACT_BEARER.",
      valueName: "token"
    )
  )
  var bearer: String?

  @Option(
    help: ArgumentHelp(
      "Authorize every opening request with a name and a password; better from WSPACT_BASIC.",
      valueName: "name:password"
    )
  )
  var basic: String?

  @Option(
    help: ArgumentHelp(
      "Connect to this Unix socket in place of the URL's host and port.",
      valueName: "file"
    )
  )
  var unixSocket: String?

  @Option(help: "How long a connection may take, and again its opening handshake; 5s.")
  var connectTimeout: DurationArgument?

  @Flag(help: "Offer permessage-deflate when connecting.")
  var compression = false

  func validate() throws {
    guard key == nil || cert != nil else {
      throw ValidationError("--key belongs to a certificate; name that with --cert")
    }
    guard !insecure || ca == nil else {
      throw ValidationError("--ca and --insecure exclude each other")
    }
    guard bearer == nil || basic == nil else {
      throw ValidationError("--bearer and --basic exclude each other")
    }
    guard connectTimeout.map({ $0.duration > .zero }) != false else {
      throw ValidationError("--connect-timeout has to be above zero")
    }
    guard basic?.contains(":") != false else {
      throw ValidationError("--basic is written as 'name:password'")
    }
  }

  /// Whether something was asked for that is in a client's own requests.
  var speaksForClient: Bool {
    bearer != nil || basic != nil || compression || unixSocket != nil || connectTimeout != nil
  }

  /// Says so when certificates are not checked.
  func warn() {
    guard insecure else { return }
    Terminal.complain("warning: --insecure: the provider's certificate is not checked")
  }

  /// The `Authorization` field, if one was asked for.
  ///
  /// Spec: RFC 6750 §2.1 (bearer), RFC 7617 §2 (basic).
  var authorization: [HeaderField] {
    if let bearer { return [HeaderField("Authorization", "Bearer \(bearer)")] }
    if let basic {
      return [HeaderField("Authorization", "Basic \(Base64.encode(Array(basic.utf8)))")]
    }
    return []
  }

  /// The HTTP proxy that the environment names for a server.
  ///
  /// `https_proxy` for wss and `http_proxy` for ws, else `all_proxy`; `no_proxy` lists exceptions, and
  /// this machine is always one.
  static func httpProxy(for url: WebSocketURL) -> HTTPProxy? {
    guard !HTTPProxy.isException(url, in: "localhost, 127.0.0.1, ::1"),
      !HTTPProxy.isException(url, in: variable("no_proxy")?.value ?? "")
    else { return nil }
    let own = variable(url.scheme == .wss ? "https_proxy" : "http_proxy")
    guard let found = own ?? variable("all_proxy") else { return nil }
    if let proxy = HTTPProxy(found.value) { return proxy }
    complainOnce(found.name, found.value, url)
    return nil
  }

  /// A variable of the environment, in small or capital letters; `nil` when it is not set or empty.
  private static func variable(_ name: String) -> (name: String, value: String)? {
    for name in [name, name.uppercased()] {
      if let value = Surroundings.environment[name], !value.isEmpty { return (name, value) }
    }
    return nil
  }

  private static let complaints = Mutex<Set<String>>([])

  /// Says once that a variable names a proxy that cannot be used; never with its password.
  private static func complainOnce(_ name: String, _ value: String, _ url: WebSocketURL) {
    guard complaints.withLock({ $0.insert(name).inserted }) else { return }
    let kind = value.contains("://") ? " of the kind '\(value.prefix { $0 != ":" })'" : ""
    Terminal.complain(
      "warning: \(name) names a proxy\(kind) that cannot be used, so \(url.host) is connected to"
        + " directly; an HTTP proxy is written as 'http://host:port'"
    )
  }

  /// The client's side of TLS.
  var tls: ClientTLS {
    var tls = ClientTLS()
    tls.authorities = ca
    tls.certificate = cert
    tls.key = key
    tls.verifiesServer = !insecure
    return tls
  }

  /// What is offered of permessage-deflate.
  var offer: CompressionSettings? { compression ? CompressionSettings() : nil }
}
