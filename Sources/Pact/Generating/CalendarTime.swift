/// A point in time in the calendar, in UTC.
///
/// Dates depend on no machine's time zone.
package struct CalendarTime: Sendable, Hashable {
  /// Days since 1970-01-01.
  var dayNumber: Int
  /// Nanoseconds since midnight.
  var nanoseconds: Int

  static let nanosecondsPerDay = 86_400_000_000_000

  /// A number of seconds since 1970-01-01T00:00:00Z.
  package init(secondsSince1970 seconds: Int, nanoseconds: Int = 0) {
    dayNumber = Self.floorDivided(seconds, 86_400)
    self.nanoseconds = (seconds - dayNumber * 86_400) * 1_000_000_000 + nanoseconds
  }

  /// A day, at midnight.
  init(year: Int, month: Int, day: Int) {
    dayNumber = Self.dayNumber(year: year, month: month, day: day)
    nanoseconds = 0
  }

  /// Whole days from 1970-01-01 to a date of the Gregorian calendar.
  ///
  /// Years are counted from March, so that the leap day is the last one.
  static func dayNumber(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = floorDivided(shifted, 400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// Year, month and day.
  var date: (year: Int, month: Int, day: Int) {
    let shifted = dayNumber + 719_468
    let era = Self.floorDivided(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    )
  }

  var hour: Int { nanoseconds / 3_600_000_000_000 }
  var minute: Int { nanoseconds / 60_000_000_000 % 60 }
  var second: Int { nanoseconds / 1_000_000_000 % 60 }
  var nanosecond: Int { nanoseconds % 1_000_000_000 }

  /// The day of the week, 1 for Monday to 7 for Sunday.
  var weekday: Int { (dayNumber + 3) - Self.floorDivided(dayNumber + 3, 7) * 7 + 1 }

  /// The day of the year, from 1.
  var dayOfYear: Int { dayNumber - Self.dayNumber(year: date.year, month: 1, day: 1) + 1 }

  /// The week of the year, which begins on Monday and belongs to the year of its Thursday.
  ///
  /// Spec: ISO 8601 §3.1.1.
  var weekOfYear: Int {
    var thursday = self
    thursday.dayNumber += 4 - weekday
    return (thursday.dayOfYear - 1) / 7 + 1
  }

  /// Moves by months; a day that the month does not have becomes its last one.
  mutating func add(months: Int) {
    let (year, month, day) = date
    let total = year * 12 + month - 1 + months
    let newYear = Self.floorDivided(total, 12)
    let newMonth = total - newYear * 12 + 1
    let first = Self.dayNumber(year: newYear, month: newMonth, day: 1)
    let next = Self.dayNumber(
      year: newMonth == 12 ? newYear + 1 : newYear,
      month: newMonth == 12 ? 1 : newMonth + 1,
      day: 1
    )
    dayNumber = first + min(day, next - first) - 1
  }

  /// Moves by nanoseconds, over midnight where it comes to that.
  mutating func add(nanoseconds count: Int) {
    let total = nanoseconds + count % Self.nanosecondsPerDay
    dayNumber += count / Self.nanosecondsPerDay + Self.floorDivided(total, Self.nanosecondsPerDay)
    nanoseconds =
      total - Self.floorDivided(total, Self.nanosecondsPerDay) * Self.nanosecondsPerDay
  }

  static func floorDivided(_ value: Int, _ divisor: Int) -> Int {
    value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
  }
}
