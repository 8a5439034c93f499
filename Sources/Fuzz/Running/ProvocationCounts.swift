import Contract

/// What was said wrongly in a run, and what came of it.
package struct ProvocationCounts: Sendable, Hashable {
  /// How many invalid inputs were sent, forbidden frames and bad manners included.
  package var sent = 0
  /// How many a message of the provider refused.
  package var refused = 0
  /// How many the provider closed or dropped the connection for.
  package var closed = 0
  /// How many were answered, where that is right or a matter of taste.
  package var answered = 0
  /// How many were passed over.
  package var passedOver = 0
  /// The assertions that were broken, each with its message.
  package var sites: Set<String> = []

  mutating func add(_ run: CaseRun) {
    for action in run.actions {
      guard case .input(_, let input) = action else { continue }
      sent += 1
      if let site = input.site { sites.insert(site) }
    }
    for provocation in run.evidence.provocations {
      if !provocation.rejections.isEmpty {
        refused += 1
      } else if provocation.closedAt != nil {
        closed += 1
      } else if !provocation.acceptances.isEmpty {
        answered += 1
      } else {
        passedOver += 1
      }
    }
  }

  /// The measures in the order in which a report shows them.
  ///
  /// - Parameter siteCount: How many assertions could be broken alone.
  /// - Returns: None where nothing was said wrongly.
  func measures(siteCount: Int) -> [Statistic] {
    guard sent > 0 else { return [] }
    return [
      Statistic("invalid inputs sent", Double(sent)),
      Statistic("assertions broken", Double(sites.count), unit: "of \(siteCount)"),
      Statistic("refused by a message", Double(refused)),
      Statistic("refused by a close", Double(closed)),
      Statistic("passed over", Double(passedOver)),
    ] + (answered > 0 ? [Statistic("invalid inputs answered", Double(answered))] : [])
  }
}
