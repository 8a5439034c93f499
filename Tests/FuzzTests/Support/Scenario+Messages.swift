import Contract

extension Scenario {
  /// The names of the messages that it sends, in order.
  var sentMessages: [String] {
    steps.compactMap { step in
      if case .send(let send) = step { send.message ?? "" } else { nil }
    }
  }
}
