import NIOCore
internal import NIOSSL
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Makes TLS contexts; those of clients are kept, as the system's authorities take long to read.
enum TLSContexts {
  private static let clients = Mutex<[ClientTLS: NIOSSLContext]>([:])

  /// The context for a client's side.
  ///
  /// - Throws: ``TransportError/invalidRequest(_:)`` which names the file that cannot be used.
  static func client(_ tls: ClientTLS) throws(TransportError) -> NIOSSLContext {
    if let known = clients.withLock({ $0[tls] }) { return known }
    var configuration = TLSConfiguration.makeClientConfiguration()
    if let file = tls.authorities {
      configuration.trustRoots = .certificates(try certificates(file))
    }
    if let file = tls.certificate {
      configuration.certificateChain = try certificates(file).map { .certificate($0) }
      configuration.privateKey = .privateKey(try key(tls.key ?? file))
    } else if tls.key != nil {
      throw .invalidRequest("a key without its certificate proves nothing; name both")
    }
    // A server of several protocols must not take this for HTTP/2 (RFC 7301).
    configuration.applicationProtocols = ["http/1.1"]
    if !tls.verifiesServer { configuration.certificateVerification = .none }
    let context = try make(configuration)
    clients.withLock { $0[tls] = context }
    return context
  }

  /// The context for a server's side; nil for a server without TLS.
  ///
  /// - Throws: ``TransportError/invalidRequest(_:)`` which names the file that cannot be used.
  static func server(_ tls: ServerTLS?) throws(TransportError) -> NIOSSLContext? {
    guard let tls else { return nil }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: try certificates(tls.certificate).map { .certificate($0) },
      privateKey: .privateKey(try key(tls.key ?? tls.certificate))
    )
    if let file = tls.clientAuthorities {
      configuration.trustRoots = .certificates(try certificates(file))
      configuration.certificateVerification = .noHostnameVerification
    }
    return try make(configuration)
  }

  private static func make(
    _ configuration: TLSConfiguration
  ) throws(TransportError) -> NIOSSLContext {
    do {
      return try NIOSSLContext(configuration: configuration)
    } catch NIOSSLError.failedToLoadPrivateKey {
      throw .invalidRequest("the key does not belong to the certificate")
    } catch {
      throw .invalidRequest("TLS cannot be set up: \(error)")
    }
  }

  private static func certificates(
    _ file: String
  ) throws(TransportError) -> [NIOSSLCertificate] {
    try checkReadable(file)
    if let found = try? NIOSSLCertificate.fromPEMFile(file), !found.isEmpty { return found }
    throw .invalidRequest("'\(file)' has no certificate in PEM form")
  }

  private static func key(_ file: String) throws(TransportError) -> NIOSSLPrivateKey {
    try checkReadable(file)
    if let key = try? NIOSSLPrivateKey(file: file, format: .pem) { return key }
    throw .invalidRequest("'\(file)' has no key in PEM form, or one with a passphrase")
  }

  private static func checkReadable(_ file: String) throws(TransportError) {
    guard access(file, R_OK) != 0 else { return }
    throw .invalidRequest("'\(file)' cannot be read: \(ConnectionErrno.text(errno))")
  }
}

extension ChannelPipeline.SynchronousOperations {
  /// Puts TLS at the end of a pipeline that is still empty.
  ///
  /// - Parameters:
  ///   - context: The client's side; nil for `ws`, which changes nothing.
  ///   - host: What the certificate has to name; an address is compared with the peer's.
  /// - Throws: What the pipeline throws.
  func addTLS(_ context: NIOSSLContext?, host: String) throws {
    guard let context else { return }
    let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
    try addHandler(NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : host))
  }
}
