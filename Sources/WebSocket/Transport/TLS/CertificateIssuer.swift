/// Finds out from a certificate's bytes who issued it.
///
/// Spec: RFC 5280 §4.1 (Certificate), Appendix A.1 (Name); X.690 §8.1 (tags and lengths).
enum CertificateIssuer {
  /// The issuer's common name, else its organisation.
  ///
  /// - Parameter certificate: In DER.
  /// - Returns: nil when there is neither, or when the bytes are no certificate.
  static func name(_ certificate: [UInt8]) -> String? {
    var outer = DERReader(certificate[...])
    guard let whole = outer.next(sequence) else { return nil }
    var parts = DERReader(whole)
    guard let signed = parts.next(sequence) else { return nil }
    var fields = DERReader(signed)
    // The version is left out for the first one.
    _ = fields.next(explicitZero)
    guard fields.next(integer) != nil, fields.next(sequence) != nil,
      let issuer = fields.next(sequence)
    else { return nil }
    let attributes = attributes(of: issuer)
    return attributes.first { $0.type == commonName }?.value
      ?? attributes.first { $0.type == organisation }?.value
  }

  private static let integer: UInt8 = 0x02
  private static let objectIdentifier: UInt8 = 0x06
  private static let sequence: UInt8 = 0x30
  private static let set: UInt8 = 0x31
  private static let explicitZero: UInt8 = 0xA0
  private static let commonName: [UInt8] = [0x55, 0x04, 0x03]
  private static let organisation: [UInt8] = [0x55, 0x04, 0x0A]

  private static func attributes(
    of name: ArraySlice<UInt8>
  ) -> [(type: [UInt8], value: String)] {
    var found: [(type: [UInt8], value: String)] = []
    var sets = DERReader(name)
    while let set = sets.next(set) {
      var attributes = DERReader(set)
      while let attribute = attributes.next(sequence) {
        var parts = DERReader(attribute)
        guard let type = parts.next(objectIdentifier), let value = parts.next() else { continue }
        found.append((Array(type), String(decoding: value, as: UTF8.self).shortened()))
      }
    }
    return found
  }
}

/// Goes from one value to the next in the Distinguished Encoding Rules.
///
/// Spec: X.690 §8.1; tags above 30 and lengths above four bytes end the reading.
private struct DERReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// The contents of the next value; nil, and no step on, when there is none or it has another tag.
  mutating func next(_ wanted: UInt8? = nil) -> ArraySlice<UInt8>? {
    var bytes = rest
    guard let tag = bytes.popFirst(), tag & 0x1F != 0x1F, wanted.map({ $0 == tag }) ?? true,
      let first = bytes.popFirst()
    else { return nil }
    var length = Int(first)
    if first & 0x80 != 0 {
      let count = Int(first & 0x7F)
      guard (1...4).contains(count), bytes.count >= count else { return nil }
      length = bytes.prefix(count).reduce(0) { $0 << 8 | Int($1) }
      bytes = bytes.dropFirst(count)
    }
    guard length <= bytes.count else { return nil }
    rest = bytes.dropFirst(length)
    return bytes.prefix(length)
  }
}
