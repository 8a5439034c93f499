/// A media type with its parameters.
///
/// Spec: RFC 9110 §8.3.1.
struct MediaType: Equatable {
  /// Type and subtype in lower case.
  let essence: String
  /// The parameters in order of their names.
  let parameters: [String]

  init(_ text: String) {
    let parts = text.split(separator: ";").map { part in
      part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
    }.map { String($0).lowercased() }
    essence = parts.first ?? ""
    parameters = parts.dropFirst().sorted()
  }

  /// Whether the other is the same type; parameters count only where this one has some.
  func includes(_ other: MediaType) -> Bool {
    essence == other.essence && (parameters.isEmpty || parameters == other.parameters)
  }

  /// Whether contents of this type are JSON.
  var isJSON: Bool {
    guard essence.hasPrefix("application/") else { return false }
    return essence.hasPrefix("application/json") || essence.hasSuffix("+json")
      || essence == "application/graphql"
  }

  /// Whether contents of this type are XML.
  ///
  /// Spec: RFC 7303 §4.2, §9.1, §9.2.
  var isXML: Bool {
    essence == "application/xml" || essence == "text/xml"
      || essence.hasSuffix("+xml")
        && (essence.hasPrefix("application/") || essence.hasPrefix("text/"))
  }

  /// Whether contents of this type are text of another kind.
  var isText: Bool {
    essence.hasPrefix("text/") || isXML || essence.hasSuffix("+xml")
      || ["application/javascript", "application/x-www-form-urlencoded", "application/yaml"]
        .contains(essence)
  }
}
