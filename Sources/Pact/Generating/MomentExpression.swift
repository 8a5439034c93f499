/// How a generated date or time is moved away from the present.
///
///     + 1 day        tomorrow @ noon        next monday        - 2 weeks @ midnight + 1 hour
///
/// Spec: Pact V4 "Generators", `Date`, `Time`, `DateTime`, `expression`.
package struct MomentExpression: Sendable, Hashable {
  /// Which part of the point in time an expression moves.
  enum Scope: Sendable, Hashable {
    case date, time, dateTime
  }

  private enum Operation: Sendable, Hashable {
    case days(Int)
    case months(Int)
    case nanoseconds(Int)
    /// A time of day, in nanoseconds.
    case timeOfDay(Int)
    /// The next (1) or last (-1) day of this name, 1 for Monday.
    case weekday(Int, direction: Int)
    /// The next (1) or last (-1) month of this name, 1 for January.
    case month(Int, direction: Int)
  }

  /// The present.
  static let now = MomentExpression(operations: [])

  private var operations: [Operation]

  private init(operations: [Operation]) { self.operations = operations }

  /// Reads an expression.
  ///
  /// - Throws: ``MomentExpressionError`` with the word that means nothing.
  init(_ text: String, scope: Scope) throws(MomentExpressionError) {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    guard scope == .dateTime || parts.count == 1 else {
      throw MomentExpressionError(expression: text, reason: "'@' joins a date with a time")
    }
    operations = []
    for (index, part) in parts.enumerated() {
      let isTime = scope == .time || index == 1
      try read(String(part), isTime: isTime, whole: text)
    }
  }

  /// The point in time that the expression leads to.
  func applied(to now: CalendarTime) -> CalendarTime {
    var time = now
    for operation in operations {
      switch operation {
      case .days(let count): time.dayNumber += count
      case .months(let count): time.add(months: count)
      case .nanoseconds(let count): time.add(nanoseconds: count)
      case .timeOfDay(let nanoseconds): time.nanoseconds = nanoseconds
      case .weekday(let day, let direction):
        repeat { time.dayNumber += direction } while time.weekday != day
      case .month(let month, let direction):
        repeat { time.add(months: direction) } while time.date.month != month
      }
    }
    return time
  }

  // MARK: Reading

  private static let dateUnits: [String: Operation] = [
    "day": .days(1), "week": .days(7), "fortnight": .days(14), "month": .months(1),
    "year": .months(12),
  ]
  private static let timeUnits: [String: Int] = [
    "hour": 3_600_000_000_000, "minute": 60_000_000_000, "second": 1_000_000_000,
    "millisecond": 1_000_000,
  ]
  /// No number may be larger, so that no calculation overflows: 100,000.
  private static let maximumCount = 100_000

  private mutating func read(
    _ text: String,
    isTime: Bool,
    whole: String
  ) throws(MomentExpressionError) {
    var words = Self.words(of: text)[...]
    func wrong(_ word: String?) -> MomentExpressionError {
      let place = word.map { "'\($0)' means nothing there" } ?? "it is cut off"
      let example = isTime ? "noon + 1 hour" : "today + 1 day"
      return MomentExpressionError(expression: whole, reason: "\(place); write it as '\(example)'")
    }
    while let word = words.popFirst() {
      switch word {
      case "now": continue
      case "today" where !isTime: continue
      case "tomorrow" where !isTime: operations.append(.days(1))
      case "yesterday" where !isTime: operations.append(.days(-1))
      case "midnight" where isTime: operations.append(.timeOfDay(0))
      case "noon" where isTime: operations.append(.timeOfDay(CalendarTime.nanosecondsPerDay / 2))
      case "+", "-", "next", "last":
        let direction = word == "+" || word == "next" ? 1 : -1
        var count = 1
        if word == "+" || word == "-" {
          guard let text = words.popFirst(), let number = Int(text), number <= Self.maximumCount
          else { throw wrong(words.first) }
          count = number
        }
        guard let unit = words.popFirst(),
          let operation = Self.operation(unit, direction * count, isTime, isNamed: count == 1)
        else { throw wrong(words.first) }
        operations.append(operation)
      default:
        guard isTime, let hour = Int(word), words.popFirst() == "o'clock" else { throw wrong(word) }
        let half = words.first == "am" || words.first == "pm" ? words.popFirst() : nil
        guard (0...(half == nil ? 23 : 12)).contains(hour) else { throw wrong(word) }
        let real = half == nil ? hour : hour % 12 + (half == "pm" ? 12 : 0)
        operations.append(.timeOfDay(real * 3_600_000_000_000))
      }
    }
  }

  private static func operation(
    _ word: String,
    _ count: Int,
    _ isTime: Bool,
    isNamed: Bool
  ) -> Operation? {
    let singular = word.hasSuffix("s") ? String(word.dropLast()) : word
    if isTime { return timeUnits[singular].map { .nanoseconds($0 * count) } }
    switch dateUnits[singular] {
    case .days(let days): return .days(days * count)
    case .months(let months): return .months(months * count)
    default: break
    }
    guard isNamed, word.count >= 3 else { return nil }
    if let day = DateTimeNames.days.firstIndex(where: { $0.hasPrefix(word) }) {
      return .weekday(day + 1, direction: count)
    }
    return DateTimeNames.months.firstIndex { $0.hasPrefix(word) }.map {
      .month($0 + 1, direction: count)
    }
  }

  /// Words in lower case; signs are words of their own.
  private static func words(of text: String) -> [String] {
    text.lowercased().replacing("+", with: " + ").replacing("-", with: " - ")
      .split { $0.isWhitespace }.map(String.init)
  }
}

/// A text that is no expression of dates and times.
struct MomentExpressionError: Error, Sendable, Hashable {
  /// The text.
  var expression: String
  /// What is wrong, in words, without a full stop.
  var reason: String
}

extension MomentExpressionError: CustomStringConvertible {
  /// One sentence with the expression.
  var description: String { "'\(expression)' moves no date or time: \(reason)" }
}
