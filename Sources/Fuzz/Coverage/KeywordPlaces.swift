import Generation

/// The places of keywords in a message's schema that can be tried.
struct KeywordPlaces: Sendable, Hashable {
  /// Where a valid message can stand at the boundary, each place with the message's name before it.
  var valid: Set<String> = []

  /// Finds the places in the cases that a schema calls for.
  init(_ message: String, _ list: CoverageList) {
    for item in list.cases where item.isValid && !item.isExotic {
      if let site = item.site { valid.insert("\(message) \(site)") }
    }
  }
}
