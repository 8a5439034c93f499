import NIOCore
internal import NIOSSL

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Says in our words why a TLS connection failed.
enum TLSFailure {
  /// Whether the peer only ended TCP without saying so in TLS first, as many do.
  static func isUncleanEnd(_ error: any Error) -> Bool {
    error as? NIOSSLError == .uncleanShutdown
  }

  /// Why a client's side failed; nil when the error is not one of TLS.
  ///
  /// - Parameters:
  ///   - error: What the channel reported.
  ///   - url: What was connected to.
  ///   - pipeline: Where it was reported.
  /// - Returns: A clause that says what is wrong and what would help.
  static func reason(
    _ error: any Error,
    _ url: WebSocketURL,
    in pipeline: ChannelPipeline
  ) -> String? {
    // The server's certificate, as far as it came.
    let leaf = try? pipeline.syncOperations.nioSSL_peerCertificate()
    switch error {
    case let error where isUncleanEnd(error): return nil
    case let error as NIOSSLExtraError where error == .failedToValidateHostname:
      return "its certificate is for \(leaf.map(names) ?? "another host"), not for '\(url.host)'"
    case let error as NIOSSLError where error == .unableToValidateCertificate:
      return "its certificate does not name '\(url.host)'"
    case NIOSSLError.handshakeFailed(let inner):
      return handshakeReason("\(inner)", leaf)
    case let error as BoringSSLError:
      return handshakeReason("\(error)", leaf)
    case let error as NIOSSLError:
      return "TLS failed: \(error)"
    default:
      return nil
    }
  }

  /// Why a server's side failed; nil when the error is not one of TLS.
  ///
  /// - Returns: A sentence that begins with the client, and says what would help.
  static func clientReason(_ error: any Error) -> String? {
    let text: String
    switch error {
    case let error where isUncleanEnd(error): return nil
    case NIOSSLError.handshakeFailed(let inner): text = "\(inner)"
    case let error as BoringSSLError: text = "\(error)"
    case let error as NIOSSLError: text = "\(error)"
    default: return nil
    }
    if text.contains("WRONG_VERSION_NUMBER") || text.contains("HTTP_REQUEST") {
      return "speaks no TLS; it has to connect with wss://"
    }
    if text.contains("UNKNOWN_CA") || text.contains("CERTIFICATE_UNKNOWN")
      || text.contains("BAD_CERTIFICATE")
    {
      return "does not trust the certificate; it has to know who issued it"
    }
    if text.contains("CERTIFICATE_EXPIRED") { return "says that the certificate has expired" }
    if text.contains("EOF during handshake") { return "ended the TLS handshake in its middle" }
    return "could not agree on TLS: \(text)"
  }

  private static func handshakeReason(_ text: String, _ leaf: NIOSSLCertificate?) -> String {
    if text.contains("CERTIFICATE_VERIFY_FAILED") { return certificateReason(leaf) }
    if text.contains("WRONG_VERSION_NUMBER") || text.contains("HTTP_REQUEST") {
      return "it does not speak TLS there; try a ws:// URL"
    }
    if text.contains("CERTIFICATE_REQUIRED") || text.contains("HANDSHAKE_FAILURE") {
      return "it wants a client certificate; give one with --cert and --key"
    }
    if text.contains("UNKNOWN_CA") || text.contains("BAD_CERTIFICATE") {
      return "it does not accept the client certificate"
    }
    if text.contains("EOF during handshake") {
      return "it ended the connection in the middle of the TLS handshake"
    }
    return "TLS failed: \(text)"
  }

  private static func certificateReason(_ leaf: NIOSSLCertificate?) -> String {
    let now = time(nil)
    if let leaf, leaf.notValidAfter < now {
      return "its certificate expired \(age(now - leaf.notValidAfter)) ago"
    }
    if let leaf, leaf.notValidBefore > now {
      let wait = age(leaf.notValidBefore - now)
      return "its certificate is valid only in \(wait); is the clock right?"
    }
    return "its certificate comes from an unknown issuer; name the issuer's with --ca, or do not"
      + " check with --insecure"
  }

  private static func age(_ seconds: Int) -> String {
    let (unit, name) =
      switch seconds {
      case 172_800...: (86_400, "days")
      case 7200...: (3600, "hours")
      default: (60, "minutes")
      }
    return "\(max(1, seconds / unit)) \(name)"
  }

  /// The DNS names and addresses that a certificate is for.
  private static func names(_ leaf: NIOSSLCertificate) -> String {
    let found = leaf._subjectAlternativeNames().compactMap { name -> String? in
      guard name.nameType == .dnsName else { return nil }
      return "'\(String(decoding: name.contents, as: UTF8.self).shortened())'"
    }
    return found.isEmpty ? "another host" : found.prefix(5).joined(separator: ", ")
  }
}
