/// A format of strings that is known here; any other name judges nothing.
///
/// Spec: 2020-12 Validation §7.3.
enum StringFormat: String, Sendable, CaseIterable {
  case dateTime = "date-time"
  case date
  case time
  case duration
  case email
  case idnEmail = "idn-email"
  case hostname
  case idnHostname = "idn-hostname"
  case ipv4
  case ipv6
  case uri
  case uriReference = "uri-reference"
  case iri
  case iriReference = "iri-reference"
  case uriTemplate = "uri-template"
  case uuid
  case jsonPointer = "json-pointer"
  case relativeJSONPointer = "relative-json-pointer"
  case regex

  /// The format of a name, as far as a dialect knows it.
  init?(name: String, dialect: SchemaDialect) {
    // Draft 3's names, which draft 4 documents still use.
    let current =
      switch name {
      case "host-name" where dialect == .draft4: "hostname"
      case "ip-address" where dialect == .draft4: "ipv4"
      default: name
      }
    self.init(rawValue: current)
  }

  /// Whether a string, given as well-formed UTF-8, has the format.
  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    switch self {
    case .dateTime: TimeFormats.isDateTime(text)
    case .date: TimeFormats.isDate(text)
    case .time: TimeFormats.isTime(text)
    case .duration: DurationFormat.matches(text)
    case .email: EmailFormat.matches(text, isInternational: false)
    case .idnEmail: EmailFormat.matches(text, isInternational: true)
    case .hostname: HostnameFormat.matches(text)
    case .idnHostname: InternationalHostname.matches(text)
    case .ipv4: IPAddressFormats.isIPv4(text)
    case .ipv6: IPAddressFormats.isIPv6(text)
    case .uri: URIFormat(isInternational: false, mayBeRelative: false).matches(text)
    case .uriReference: URIFormat(isInternational: false, mayBeRelative: true).matches(text)
    case .iri: URIFormat(isInternational: true, mayBeRelative: false).matches(text)
    case .iriReference: URIFormat(isInternational: true, mayBeRelative: true).matches(text)
    case .uriTemplate: URITemplateFormat.matches(text)
    case .uuid: UUIDFormat.matches(text)
    case .jsonPointer: PointerFormats.isPointer(text)
    case .relativeJSONPointer: PointerFormats.isRelativePointer(text)
    case .regex: (try? ECMAPattern(String(decoding: text, as: UTF8.self))) != nil
    }
  }

  /// Whether a string has the format.
  func matches(_ text: String) -> Bool {
    var text = text
    return text.withUTF8(matches)
  }
}
