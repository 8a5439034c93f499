package import JSONSchema

/// A schema for which no value can be made.
package struct UnsatisfiableSchema: Error, Hashable, Sendable {
  /// The schema to look at first, where one is to blame.
  package var location: SchemaLocation?
  /// Why, in words, without a full stop.
  package var reason: String

  /// Names a schema and the reason.
  package init(location: SchemaLocation?, reason: String) {
    self.location = location
    self.reason = reason
  }
}

extension UnsatisfiableSchema: CustomStringConvertible {
  /// `no value satisfies the schema: reason, at uri`.
  package var description: String {
    let place = location.map { ", at '\($0.uri)'" } ?? ""
    return "no value satisfies the schema: \(reason)\(place)"
  }
}
