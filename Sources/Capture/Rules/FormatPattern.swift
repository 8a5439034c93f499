/// The regular expression that stands for a `format` in contracts.
///
/// Only constructs that mean the same in every engine are used. They are a little wider than the
/// formats: a contract asks whether a value is of the kind, the schema whether it exists.
///
/// Spec: JSON Schema 2020-12 Validation §7.3.
enum FormatPattern {
  private static let day = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
  private static let clock = "[0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.][0-9]+)?"
  private static let zone = "(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
  private static let hex = "[0-9a-fA-F]"

  /// The pattern for a format, or `nil` where none can say it.
  static func source(of format: String) -> String? {
    switch format {
    case "uuid": "^\(hex){8}-\(hex){4}-\(hex){4}-\(hex){4}-\(hex){12}$"
    case "date-time": "^\(day)[Tt]\(clock)\(zone)$"
    case "date": "^\(day)$"
    case "time": "^\(clock)\(zone)$"
    case "duration": "^P[0-9YMWDTHS.]+$"
    case "email", "idn-email": "^[^@ ]+@[^@ ]+$"
    case "ipv4": "^[0-9]{1,3}(?:[.][0-9]{1,3}){3}$"
    case "ipv6": "^[0-9a-fA-F:.]+$"
    case "uri", "iri": "^[A-Za-z][A-Za-z0-9+.-]*:[^ ]*$"
    case "hostname": "^[A-Za-z0-9-]+(?:[.][A-Za-z0-9-]+)*$"
    case "json-pointer": "^(?:/[^/]*)*$"
    default: nil
    }
  }
}
