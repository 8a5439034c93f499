/// Writes dates, times and durations.
///
/// Spec: RFC 3339 §5.6, appendix A.
enum DateTimes {
  @Sendable static func date(_ source: inout ChoiceSource) -> String {
    // Days from 2000-03-01, from the year 1 to the end of the year 9999.
    calendarDate(source.integer(in: -730_179...2_921_879))
  }

  @Sendable static func dateTime(_ source: inout ChoiceSource) -> String {
    date(&source) + "T" + time(&source)
  }

  @Sendable static func time(_ source: inout ChoiceSource) -> String {
    let seconds = source.integer(in: 0...86_399)
    let fraction = fractions[source.index(weights: fractionWeights)]
    let offset = offsets[source.index(weights: offsetWeights)]
    var text = ""
    append(seconds / 3600, 2, to: &text)
    text += ":"
    append(seconds / 60 % 60, 2, to: &text)
    text += ":"
    append(seconds % 60, 2, to: &text)
    return text + fraction + offset
  }

  @Sendable static func duration(_ source: inout ChoiceSource) -> String {
    if source.index(weights: [7, 1]) == 1 { return "P\(source.integer(in: 1...52))W" }
    let days = ["Y", "M", "D"]
    let clock = ["H", "M", "S"]
    // Units must not have gaps: a run of date units, a run of time units, one of them at least.
    func run(_ units: [String], _ source: inout ChoiceSource) -> String {
      let first = source.index(below: 3)
      let last = source.integer(in: first...2)
      return units[first...last].map { "\(source.integer(in: 0...999))\($0)" }.joined()
    }
    switch source.index(below: 3) {
    case 0: return "P" + run(days, &source)
    case 1: return "PT" + run(clock, &source)
    default: return "P" + run(days, &source) + "T" + run(clock, &source)
    }
  }

  private static let fractions = ["", ".5", ".123", ".123456", ".000000001"]
  private static let fractionWeights = [8, 2, 2, 1, 1]
  private static let offsetWeights = [10, 1, 1, 1, 1, 1]
  private static let offsets = ["Z", "+00:00", "+05:30", "-08:00", "+14:00", "-12:00"]

  /// The date so many days after 2000-03-01, in the Gregorian calendar.
  private static func calendarDate(_ days: Int) -> String {
    // Years begin in March here, so that the leap day comes last; 146,097 days are 400 years.
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let day = days - era * 146_097
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
    let dayOfYear = day - (365 * year + year / 4 - year / 100)
    let month = (5 * dayOfYear + 2) / 153
    let dayOfMonth = dayOfYear - (153 * month + 2) / 5 + 1
    let calendarMonth = month < 10 ? month + 3 : month - 9
    let calendarYear = 2000 + 400 * era + year + (calendarMonth <= 2 ? 1 : 0)
    var text = ""
    append(calendarYear, 4, to: &text)
    text += "-"
    append(calendarMonth, 2, to: &text)
    text += "-"
    append(dayOfMonth, 2, to: &text)
    return text
  }

  /// Appends a number with leading zeros; it has no more digits than the width.
  private static func append(_ number: Int, _ width: Int, to text: inout String) {
    var divisor = 1
    for _ in 1..<width { divisor *= 10 }
    while divisor > 0 {
      text.unicodeScalars.append(Unicode.Scalar(UInt8(48 + number / divisor % 10)))
      divisor /= 10
    }
  }
}
