/// Times as HTTP's header fields have them.
///
/// Spec: RFC 9110 §5.6.7 (IMF-fixdate).
enum HTTPDate {
  private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// The text of a time, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
  ///
  /// - Parameter seconds: Since 1970-01-01T00:00:00Z; times before it count as that.
  /// - Returns: The date in its one preferred form.
  static func text(secondsSince1970 seconds: Int) -> String {
    let (day, second) = max(0, seconds).quotientAndRemainder(dividingBy: 86_400)
    let (year, month, date) = civil(day)
    let clock = [second / 3600, second / 60 % 60, second % 60].map { padded($0, to: 2) }
    return "\(days[day % 7]), \(padded(date, to: 2)) \(months[month]) \(padded(year, to: 4))"
      + " \(clock.joined(separator: ":")) GMT"
  }

  /// The date of a day since 1970-01-01; months count from 0.
  private static func civil(_ day: Int) -> (year: Int, month: Int, date: Int) {
    var rest = day
    var year = 1970
    // 146,097 days are 400 years exactly.
    year += rest / 146_097 * 400
    rest %= 146_097
    while rest >= length(of: year) {
      rest -= length(of: year)
      year += 1
    }
    let lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    var month = 0
    while rest >= lengths[month] {
      rest -= lengths[month]
      month += 1
    }
    return (year, month, rest + 1)
  }

  private static func length(of year: Int) -> Int { isLeap(year) ? 366 : 365 }

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  private static func padded(_ number: Int, to count: Int) -> String {
    let digits = "\(number)"
    return String(repeating: "0", count: max(0, count - digits.count)) + digits
  }
}
