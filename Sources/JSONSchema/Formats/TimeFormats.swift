/// `date-time`, `date` and `time`.
///
/// Spec: RFC 3339 §5.6, §5.7 (leap seconds stand at 23:59:60 UTC only).
enum TimeFormats {
  /// `full-date "T" full-time`.
  static func isDateTime(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.count >= 20 && text[10] | 0x20 == UInt8(ascii: "t")
      && isDate(UnsafeBufferPointer(rebasing: text[..<10]))
      && isTime(UnsafeBufferPointer(rebasing: text[11...]))
  }

  /// `full-date`.
  static func isDate(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
      let century = pair(text, 0), let years = pair(text, 2),
      let month = pair(text, 5), let day = pair(text, 8)
    else { return false }
    return (1...12).contains(month) && day >= 1
      && day <= days(in: month, year: century * 100 + years)
  }

  /// `full-time`.
  static func isTime(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count >= 9, text[2] == UInt8(ascii: ":"), text[5] == UInt8(ascii: ":"),
      let hour = pair(text, 0), let minute = pair(text, 3), let second = pair(text, 6),
      hour <= 23, minute <= 59, second <= 60
    else { return false }
    var index = 8
    if text[index] == UInt8(ascii: ".") {
      index += 1
      let start = index
      while index < text.count, text[index].isDigit { index += 1 }
      guard index > start, index < text.count else { return false }
    }
    guard let offset = offset(text, at: index) else { return false }
    guard second == 60 else { return true }
    let minuteOfDay = (hour * 60 + minute - offset + 2_880) % 1_440
    return minuteOfDay == 23 * 60 + 59
  }

  /// The offset from UTC in minutes, if exactly that stands at the end.
  private static func offset(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
    switch text[index] {
    case UInt8(ascii: "Z"), UInt8(ascii: "z"):
      return index + 1 == text.count ? 0 : nil
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      guard text.count == index + 6, text[index + 3] == UInt8(ascii: ":"),
        let hours = pair(text, index + 1), let minutes = pair(text, index + 4),
        hours <= 23, minutes <= 59
      else { return nil }
      let offset = hours * 60 + minutes
      return text[index] == UInt8(ascii: "-") ? -offset : offset
    default:
      return nil
    }
  }

  /// The number that two digits make.
  @inline(__always)
  private static func pair(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
    let tens = text[index] &- 0x30
    let ones = text[index + 1] &- 0x30
    guard tens <= 9, ones <= 9 else { return nil }
    return Int(tens &* 10 &+ ones)
  }

  private static func days(in month: Int, year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }
}
