/// Why a contract was not written: the consumer did not do what was described.
public struct ContractTestFailure: Error, Sendable {
  /// The descriptions of interactions that did not take place.
  public var missing: [String]
  /// What came that nothing describes, with the difference from what is nearest.
  public var surprises: [String]
  /// Mistakes in the descriptions themselves, or in the contract file.
  public var mistakes: [String]
  /// The error with which the test itself ended, in words.
  public var underlying: String?

  init(
    missing: [String] = [],
    surprises: [String] = [],
    mistakes: [String] = [],
    underlying: String? = nil
  ) {
    self.missing = missing
    self.surprises = surprises
    self.mistakes = mistakes
    self.underlying = underlying
  }
}

extension ContractTestFailure: CustomStringConvertible {
  /// All of it, a line each.
  public var description: String {
    var lines: [String] = mistakes
    if !missing.isEmpty || !surprises.isEmpty {
      lines.append("the consumer did not do what was described; the contract is not written")
    }
    lines += missing.map { "  did not take place: \($0)" }
    lines += surprises.map { "  not described: \($0)" }
    if let underlying { lines.append("  the test ended with: \(underlying)") }
    return lines.joined(separator: "\n")
  }
}
