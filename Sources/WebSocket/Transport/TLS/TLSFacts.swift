import NIOCore
internal import NIOSSL

/// What a client knows about the TLS of its connection.
package struct TLSFacts: Hashable, Sendable {
  /// The version, such as `TLS 1.3`.
  package var version: String
  /// The server's certificate; nil when it showed none.
  package var certificate: CertificateFacts?

  /// What the handlers of a pipeline know; nil without TLS.
  init?(_ pipeline: ChannelPipeline) {
    guard let version = try? pipeline.syncOperations.nioSSL_tlsVersion() else { return nil }
    self.version =
      switch version {
      case .tlsv1: "TLS 1.0"
      case .tlsv11: "TLS 1.1"
      case .tlsv12: "TLS 1.2"
      case .tlsv13: "TLS 1.3"
      }
    certificate = (try? pipeline.syncOperations.nioSSL_peerCertificate())
      .map(CertificateFacts.init)
  }
}

/// What a person wants to know about a certificate.
package struct CertificateFacts: Hashable, Sendable {
  /// The host names and addresses that it is for.
  package var names: [String]
  /// Who it was issued by: the common name, else the organisation; nil when neither is given.
  package var issuer: String?
  /// When it becomes valid, in seconds since 1970.
  package var validFrom: Int
  /// When it expires, in seconds since 1970.
  package var validUntil: Int

  init(_ certificate: NIOSSLCertificate) {
    names = certificate._subjectAlternativeNames().compactMap { name in
      switch name.nameType {
      case .dnsName:
        String(decoding: name.contents, as: UTF8.self).shortened()
      case .ipAddress:
        try? SocketAddress(packedIPAddress: ByteBuffer(bytes: name.contents), port: 0).ipAddress
      default:
        nil
      }
    }
    issuer = (try? certificate.toDERBytes()).flatMap(CertificateIssuer.name)
    validFrom = Int(certificate.notValidBefore)
    validUntil = Int(certificate.notValidAfter)
  }
}
