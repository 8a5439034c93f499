import JSON
import JSONSchema

/// The language that a payload is described in.
///
/// Spec: AsyncAPI 2.6 "Message Object" and 3.0 "Multi Format Schema Object", tables of schema formats.
struct PayloadFormat {
  /// What this program reads, for messages.
  static let supported =
    "'application/vnd.aai.asyncapi;version=3.0.0' or 'application/schema+json;version=draft-07'"

  /// The language of schemas that do not name one themselves.
  let dialect: SchemaDialect

  /// The language of documents that name none.
  static let `default` = PayloadFormat(dialect: .asyncAPI)

  private init(dialect: SchemaDialect) { self.dialect = dialect }

  /// Reads a media type with its version; `nil` for a language that cannot be checked.
  init?(_ text: String) {
    let parts = text.lowercased().split(separator: ";").map(Self.trimmed)
    let version = parts.dropFirst().compactMap { part in
      part.hasPrefix("version=") ? part.dropFirst("version=".count) : nil
    }.first.map { $0.filter { $0 != "\"" } }
    switch parts.first {
    case "application/vnd.aai.asyncapi", "application/vnd.aai.asyncapi+json",
      "application/vnd.aai.asyncapi+yaml":
      dialect = .asyncAPI
    case "application/schema", "application/schema+json", "application/schema+yaml":
      guard let dialect = Self.dialect(version: version) else { return nil }
      self.dialect = dialect
    default:
      return nil
    }
  }

  private static func dialect(version: String?) -> SchemaDialect? {
    switch version {
    case nil, "draft-07", "draft-7": .draft7
    case "draft-04", "draft-4": .draft4
    case "draft-06", "draft-6": .draft6
    case "2019-09", "draft-2019-09": .draft2019_09
    case "2020-12", "draft-2020-12": .draft2020_12
    default: nil
    }
  }

  private static func trimmed(_ part: Substring) -> String {
    var rest = part
    while rest.first == " " || rest.first == "\t" { rest.removeFirst() }
    while rest.last == " " || rest.last == "\t" { rest.removeLast() }
    return String(rest)
  }
}
