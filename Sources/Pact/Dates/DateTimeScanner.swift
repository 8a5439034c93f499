/// Reads the fields of a date or time out of a text.
///
/// What each letter takes is that of the official engine, oddities included: offsets end at 11 hours.
struct DateTimeScanner {
  private var rest: ArraySlice<UInt8>
  private var day: Int?
  private var month: Int?
  private var year: Int?

  init(_ text: String) { rest = Array(text.utf8)[...] }

  var isAtEnd: Bool { rest.isEmpty }

  /// Reads a fixed text.
  mutating func take(_ text: String) -> Bool {
    guard rest.starts(with: text.utf8) else { return false }
    rest = rest.dropFirst(text.utf8.count)
    return true
  }

  /// Reads what a letter of the pattern stands for.
  mutating func takeField(_ letter: Character, count: Int) -> Bool {
    switch letter {
    case "y", "Y", "u": return takeYear(count)
    case "M" where count > 2: return takeMonthName(isShort: count == 3)
    case "M":
      guard let number = number(upTo: 2, in: 1...12) else { return false }
      month = month ?? number
      return true
    case "L": return number(upTo: 2, in: 1...12) != nil
    case "d":
      guard let number = number(upTo: 2, in: 1...31) else { return false }
      day = day ?? number
      return true
    case "D": return number(upTo: 3, in: 1...356) != nil
    case "w": return number(upTo: 2, in: 1...56) != nil
    case "W": return number(upTo: 2, in: 1...5) != nil
    case "F": return number(upTo: 2, in: 0...4) != nil
    case "q": return number(upTo: 2, in: 1...4) != nil
    case "Q": return takeQuarter(count)
    case "E": return takeName(DateTimeNames.days, isShort: count <= 3) != nil
    case "e" where count > 2, "c" where count > 2:
      return takeName(DateTimeNames.days, isShort: count <= 3) != nil
    case "e", "c": return number(upTo: 1, in: 1...7) != nil
    default: return takeTimeField(letter, count: count)
    }
  }

  private mutating func takeTimeField(_ letter: Character, count: Int) -> Bool {
    switch letter {
    case "G": takeIgnoringCase(anyOf: ["ad", "bc"])
    case "a": takeIgnoringCase(anyOf: ["am", "pm"])
    case "H": number(upTo: 2, in: 0...23) != nil
    case "k": number(upTo: 2, in: 1...24) != nil
    case "h": number(upTo: 2, in: 1...12) != nil
    case "K": number(upTo: 2, in: 0...11) != nil
    case "m": number(upTo: 2, in: 0...59) != nil
    case "s": number(upTo: 2, in: 0...60) != nil
    case "S": !digits(upTo: count).isEmpty
    case "n", "A", "N": !digits(upTo: .max).isEmpty
    default: takeZone(letter, count: count)
    }
  }

  /// Whether the day is one of the month that was read with it; without a year, of a common year.
  var dayExists: Bool {
    guard let day, let month else { return true }
    let year = year ?? 2001
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return day <= (month == 2 && isLeap ? 29 : DateTimeNames.daysInMonth[month - 1])
  }

  private mutating func takeYear(_ count: Int) -> Bool {
    let digits = digits(upTo: count)
    guard !digits.isEmpty else { return false }
    year = year ?? Int(digits)
    return true
  }

  private mutating func takeMonthName(isShort: Bool) -> Bool {
    guard let index = takeName(DateTimeNames.months, isShort: isShort) else { return false }
    month = month ?? index + 1
    return true
  }

  private mutating func takeQuarter(_ count: Int) -> Bool {
    guard count >= 3 else { return number(upTo: 2, in: 1...4) != nil }
    if count == 3 { return takeIgnoringCase(anyOf: ["q1", "q2", "q3", "q4"]) }
    return takeIgnoringCase(anyOf: ["1st", "2nd", "3rd", "4th"])
      && takeIgnoringCase(anyOf: [" quarter"])
  }
}

extension DateTimeScanner {
  /// Up to this many digits.
  mutating func digits(upTo count: Int) -> String {
    let digits = rest.prefix(count).prefix { (0x30...0x39).contains($0) }
    rest = rest.dropFirst(digits.count)
    return String(decoding: digits, as: UTF8.self)
  }

  /// A number of up to this many digits, when it is in range.
  mutating func number(upTo count: Int, in range: ClosedRange<Int>) -> Int? {
    let before = rest
    guard let number = Int(digits(upTo: count)), range.contains(number) else {
      rest = before
      return nil
    }
    return number
  }

  /// The index of the name that stands next, in full or by its first three letters.
  mutating func takeName(_ names: [String], isShort: Bool) -> Int? {
    for (index, name) in names.enumerated()
    where takeIgnoringCase(anyOf: [isShort ? String(name.prefix(3)) : name]) {
      return index
    }
    return nil
  }

  /// One of some texts in lower case, whatever case stands there.
  mutating func takeIgnoringCase(anyOf texts: [String]) -> Bool {
    for text in texts {
      let found = rest.prefix(text.utf8.count).map { byte in
        (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
      }
      guard found.elementsEqual(text.utf8) else { continue }
      rest = rest.dropFirst(text.utf8.count)
      return true
    }
    return false
  }

  /// Up to this many bytes of a kind, and at least some.
  mutating func takeRun(
    _ count: ClosedRange<Int>,
    where isPart: (UInt8) -> Bool
  ) -> Bool {
    let run = rest.prefix(count.upperBound).prefix(while: isPart)
    guard run.count >= count.lowerBound else { return false }
    rest = rest.dropFirst(run.count)
    return true
  }

  /// Goes back to here when an attempt does not lead on.
  mutating func attempt(_ body: (inout DateTimeScanner) -> Bool) -> Bool {
    let before = self
    if body(&self) { return true }
    self = before
    return false
  }
}

/// Names and lengths of the calendar.
enum DateTimeNames {
  static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
  static let days = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]
  static let daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
}
