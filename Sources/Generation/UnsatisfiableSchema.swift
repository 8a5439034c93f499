package import JSONSchema

/// A schema for which no value can be made.
package struct UnsatisfiableSchema: Error, Hashable, Sendable {
  /// How much is known about it.
  package enum Certainty: Hashable, Sendable {
    /// Its keywords contradict each other: there is no value.
    case contradiction
    /// Every value of it is larger, or takes more calculating, than the generator's limits allow.
    case limit
    /// No value was found; there may be one.
    case attempts
  }

  /// The schema to look at first, where one is to blame.
  package var location: SchemaLocation?
  /// Why, in words, without a full stop.
  package var reason: String
  /// How much is known.
  package var certainty: Certainty

  /// Names a schema and the reason.
  package init(
    location: SchemaLocation?,
    reason: String,
    certainty: Certainty = .contradiction
  ) {
    self.location = location
    self.reason = reason
    self.certainty = certainty
  }
}

extension UnsatisfiableSchema: CustomStringConvertible {
  /// `no value satisfies the schema: reason, at uri`.
  package var description: String {
    let place = location.map { ", at '\($0.uri)'" } ?? ""
    let verdict =
      switch certainty {
      case .contradiction: "no value satisfies the schema"
      case .limit: "no value within the limits satisfies the schema"
      case .attempts: "no value was found for the schema"
      }
    return "\(verdict): \(reason)\(place)"
  }
}
