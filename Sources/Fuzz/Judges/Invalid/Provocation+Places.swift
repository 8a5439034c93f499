import Contract

extension Evidence {
  /// Where the client said it.
  func place(of provocation: Provocation) -> TrafficLocation {
    TrafficLocation(
      connection: connections[provocation.connection].name,
      frame: provocation.sent.frame,
      step: provocation.sent.step
    )
  }
}

extension Provocation.Kind {
  /// What is to blame in a signature.
  var subject: String {
    switch self {
    case .invalid(let message, _, _): message
    case .noMessage(let words): words
    case .odd(let message, let words): "\(message) \(words)"
    case .violation(let violation): violation.name
    }
  }

  /// What tells it from others of the subject in a signature: the place and the keyword.
  var place: String {
    guard case .invalid(_, let place, let keyword) = self else { return "" }
    return place.isEmpty ? keyword : "\(place) \(keyword)"
  }
}

extension Provocation {
  /// Whether a provider may close because of it with a code that the document does not list.
  ///
  /// Spec: RFC 6455 §7.4.1: 1003 (a kind of data), 1007 (a payload that does not fit its kind), 1008
  /// (any other policy) and 1009 (too long) say of a message that it is not taken.
  func mayBeClosed(with code: UInt16) -> Bool {
    if case .violation = kind, ViolationCloseJudge.fittingCodes.contains(code) { return true }
    return switch code {
    case 1003, 1007, 1008: true
    case 1009: byteCount > Self.maximumSmall
    default: false
    }
  }

  /// A message of so many bytes is too long for nobody.
  private static let maximumSmall = 1_024
}
