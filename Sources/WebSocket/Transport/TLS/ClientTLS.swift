/// How a client proves a `wss` server's identity, and its own.
package struct ClientTLS: Hashable, Sendable {
  /// A PEM file with the authorities to trust; nil: those that the system trusts.
  package var authorities: String?
  /// A PEM file with the client's own certificate and those behind it; nil: it has none.
  package var certificate: String?
  /// A PEM file with the key of the ``certificate``; nil: it is in the same file.
  package var key: String?
  /// Whether the server's certificate has to be trusted and to name its host.
  package var verifiesServer = true

  /// Trusts what the system trusts.
  package init() {}
}

/// What a server proves its identity with.
package struct ServerTLS: Hashable, Sendable {
  /// A PEM file with the server's certificate and those behind it.
  package var certificate: String
  /// A PEM file with its key; nil: it is in the same file.
  package var key: String?
  /// A PEM file with the authorities that have to stand behind each client; nil: any client may
  /// connect.
  package var clientAuthorities: String?

  /// Makes a server's side.
  package init(certificate: String, key: String? = nil, clientAuthorities: String? = nil) {
    self.certificate = certificate
    self.key = key
    self.clientAuthorities = clientAuthorities
  }
}
