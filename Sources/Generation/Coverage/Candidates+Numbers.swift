import JSON
import JSONSchema

extension CandidateContext {
  /// Numbers at and beside bounds, multiples, and numbers of extreme size.
  var numbers: [Candidate] {
    guard leaf.ways.contains(.number), let plan = leaf.number else { return [] }
    return bounds(plan) + multiples + extremes
  }

  private func bounds(_ plan: NumberPlan) -> [Candidate] {
    let all: [(KeywordSite.Keyword, JSONNumber?)] = [
      (.minimum, node.minimum), (.exclusiveMinimum, node.exclusiveMinimum),
      (.maximum, node.maximum), (.exclusiveMaximum, node.exclusiveMaximum),
    ]
    var found: [Candidate] = []
    for (keyword, number) in all {
      guard let number, let bound = ExactDecimal(number) else { continue }
      // The smallest step that the other keywords leave, a whole one, and a multiple's.
      let fine = ExactDecimal.powerOfTen(min(0, bound.lastPlace) - 2)
      let steps = [plan.grids.first?.step ?? ExactDecimal(1), ExactDecimal(1), fine]
      func add(_ value: ExactDecimal?, _ label: String) {
        guard let value else { return }
        found.append(
          Candidate(
            value: .number(value.number),
            label: "\(label) '\(keyword)'",
            site: KeywordSite(keyword)
          )
        )
      }
      add(bound, "exactly")
      for step in steps {
        add(bound.adding(step), "\(step) above")
        add(bound.subtracting(step), "\(step) below")
      }
    }
    return found
  }

  private var multiples: [Candidate] {
    guard let number = node.multipleOf, let step = ExactDecimal(number) else { return [] }
    let half = ExactDecimal(5).multiplied(by: ExactDecimal.powerOfTen(-1))?.multiplied(by: step)
    let dust = ExactDecimal.powerOfTen(min(0, step.lastPlace) - 1)
    let values: [(ExactDecimal?, String)] = [
      (ExactDecimal(0), "zero times"), (step, "once"), (step.negated, "minus once"),
      (step.multiplied(by: 3), "three times"), (step.multiplied(by: 1_000_003), "very often"),
      (half, "half of"), (step.adding(dust), "a little more than"),
    ]
    return values.compactMap { value, label in
      value.map {
        Candidate(
          value: .number($0.number),
          label: "\(label) 'multipleOf'",
          site: KeywordSite(.multipleOf)
        )
      }
    }
  }

  private var extremes: [Candidate] {
    Self.extremeTexts.compactMap { text in
      JSONNumber(text).map {
        Candidate(value: .number($0), label: "the number \(text.prefix(24))", isExotic: true)
      }
    }
  }

  private static let extremeTexts = [
    "2147483647", "2147483648", "-2147483648", "-2147483649", "4294967295", "4294967296",
    "9007199254740991", "9007199254740992", "9007199254740993", "-9007199254740993",
    "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809",
    "18446744073709551615", "18446744073709551616", "0.1", "0.30000000000000004", "1e308", "-1e308",
    "1.7976931348623157e308", "5e-324", "1e400", "-1e400", "1e-400",
    "1234567890123456789012345678901234567890", "0.1234567890123456789012345678901234567890",
  ]
}
