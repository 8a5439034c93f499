import Contract

/// The path of the socket that carries a channel.
///
/// An address that begins with `/` is a path below the server's; any other, or none, is that of a
/// logical channel on the server's own socket.
struct SocketPath {
  /// The path, with its `{parameters}`; begins with `/`.
  let path: String
  /// What is odd about the address, in words, or `nil`.
  let remark: String?

  /// Joins the path of a server and the address of a channel.
  init(address: String?, server: ServerDescription?) {
    var base = server?.pathname ?? ""
    while base.hasSuffix("/") { base.removeLast() }
    let plain = base.isEmpty ? "/" : base
    guard let address else {
      self.init(plain)
      return
    }
    if let path = Self.pathOfURL(address) {
      self.init(path, "the address '\(address)' has a scheme and a host, which belong in a server")
      return
    }
    let path = String(address.prefix { $0 != "?" && $0 != "#" })
    guard path.hasPrefix("/"), path != "/" else {
      self.init(plain)
      return
    }
    guard !base.hasSuffix(path) else {
      self.init(
        base,
        "the address '\(path)' is in the server's pathname already; the socket is taken to be at "
          + "'\(base)', not at '\(base + path)'"
      )
      return
    }
    self.init(base + path)
  }

  private init(_ path: String, _ remark: String? = nil) {
    self.path = path
    self.remark = remark
  }

  /// The path of an address that is a whole URL.
  private static func pathOfURL(_ address: String) -> String? {
    let lowered = address.lowercased()
    let schemes = ["ws://", "wss://", "http://", "https://"]
    guard let scheme = schemes.first(where: { lowered.hasPrefix($0) }) else { return nil }
    let path = address.dropFirst(scheme.count).drop { $0 != "/" && $0 != "?" && $0 != "#" }
      .prefix { $0 != "?" && $0 != "#" }
    return path.isEmpty ? "/" : String(path)
  }
}
