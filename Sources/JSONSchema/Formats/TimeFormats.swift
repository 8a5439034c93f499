/// `date-time`, `date` and `time`.
///
/// Spec: RFC 3339 §5.6, §5.7 (leap seconds stand at 23:59:60 UTC only).
enum TimeFormats {
  /// `full-date "T" full-time`.
  static func isDateTime(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count >= 20, text[10] | 0x20 == UInt8(ascii: "t") else { return false }
    return isDate(text, at: 0) && isTime(text, from: 11)
  }

  /// `full-date`.
  static func isDate(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.count == 10 && isDate(text, at: 0)
  }

  /// `full-time`.
  static func isTime(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.count >= 9 && isTime(text, from: 0)
  }

  /// Whether the ten bytes from a place are a date.
  @inline(__always)
  private static func isDate(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
    let century = pair(text, start)
    let years = pair(text, start + 2)
    let month = pair(text, start + 5)
    let day = pair(text, start + 8)
    guard text[start + 4] == UInt8(ascii: "-"), text[start + 7] == UInt8(ascii: "-"),
      max(century, years) < 100, month &- 1 < 12, day &- 1 < 31
    else { return false }
    return day <= 28 || day <= days(in: month, year: century * 100 + years)
  }

  /// Whether at least nine bytes up to the end are a time.
  @inline(__always)
  private static func isTime(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
    let hour = pair(text, start)
    let minute = pair(text, start + 3)
    let second = pair(text, start + 6)
    guard text[start + 2] == UInt8(ascii: ":"), text[start + 5] == UInt8(ascii: ":"),
      hour <= 23, minute <= 59, second <= 60
    else { return false }
    var index = start + 8
    if text[index] == UInt8(ascii: ".") {
      index += 1
      let first = index
      while index < text.count, text[index].isDigit { index += 1 }
      guard index > first, index < text.count else { return false }
    }
    if text[index] | 0x20 == UInt8(ascii: "z"), second < 60 { return index + 1 == text.count }
    guard let offset = offset(text, at: index) else { return false }
    guard second == 60 else { return true }
    let minuteOfDay = (Int(hour) * 60 + Int(minute) - offset + 2_880) % 1_440
    return minuteOfDay == 23 * 60 + 59
  }

  /// The offset from UTC in minutes, if exactly that stands at the end.
  private static func offset(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
    switch text[index] {
    case UInt8(ascii: "Z"), UInt8(ascii: "z"):
      return index + 1 == text.count ? 0 : nil
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      guard text.count == index + 6, text[index + 3] == UInt8(ascii: ":") else { return nil }
      let hours = Int(pair(text, index + 1))
      let minutes = Int(pair(text, index + 4))
      guard hours <= 23, minutes <= 59 else { return nil }
      let offset = hours * 60 + minutes
      return text[index] == UInt8(ascii: "-") ? -offset : offset
    default:
      return nil
    }
  }

  /// The number that two digits make; at least 100 when they are none.
  @inline(__always)
  private static func pair(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> UInt {
    let tens = UInt(text[index] &- 0x30)
    let ones = UInt(text[index + 1] &- 0x30)
    return tens <= 9 && ones <= 9 ? tens &* 10 &+ ones : 100
  }

  private static func days(in month: UInt, year: UInt) -> UInt {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }
}
