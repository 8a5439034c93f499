import ArgumentParser
import WebSocket

/// Where consumers connect to.
struct ListeningOptions: ParsableArguments {
  @Option(help: "The port that consumers connect to; 0 takes a free one.")
  var port = 0

  @Option(
    help: ArgumentHelp(
      "Speak TLS with consumers (wss), with the certificate in this PEM file.",
      valueName: "file"
    )
  )
  var listenCert: String?

  @Option(
    help: ArgumentHelp(
      "The key of --listen-cert, as PEM; the default is that it is in the same file.",
      valueName: "file"
    )
  )
  var listenKey: String?

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port is \(port); a port is a number from 0 to 65535")
    }
    guard listenKey == nil || listenCert != nil else {
      throw ValidationError("--listen-key belongs to a certificate; name that with --listen-cert")
    }
  }

  /// The server's side of TLS; `nil` for `ws`.
  var tls: ServerTLS? { listenCert.map { ServerTLS(certificate: $0, key: listenKey) } }
}
