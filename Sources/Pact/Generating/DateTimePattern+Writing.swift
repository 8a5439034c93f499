extension DateTimePattern {
  /// A point in time in the form of the pattern; the offset is always that of UTC.
  package func text(of time: CalendarTime) -> String {
    tokens.map { token in
      switch token {
      case .text(let text): text
      case .field(let letter, let count): DateTimeField(letter, count).text(of: time)
      }
    }.joined()
  }
}

/// One letter of a pattern, and how often it is repeated.
private struct DateTimeField {
  private let letter: Character
  private let count: Int

  init(_ letter: Character, _ count: Int) {
    self.letter = letter
    self.count = count
  }

  func text(of time: CalendarTime) -> String {
    let (year, month, day) = time.date
    switch letter {
    case "G": return "AD"
    case "y", "Y", "u": return padded(count == 2 ? year % 100 : year)
    case "M", "L":
      return count > 2 && letter == "M" ? name(DateTimeNames.months[month - 1]) : padded(month)
    case "Q" where count > 2:
      let quarter = (month + 2) / 3
      return count == 3 ? "Q\(quarter)" : ["1st", "2nd", "3rd", "4th"][quarter - 1] + " quarter"
    case "Q", "q": return padded((month + 2) / 3)
    case "d": return padded(day)
    case "D": return padded(time.dayOfYear)
    case "w": return padded(time.weekOfYear)
    case "W": return padded((day - 1) / 7 + 1)
    case "F": return padded((day - 1) / 7)
    case "E": return name(DateTimeNames.days[time.weekday - 1])
    case "e", "c":
      return count > 2 ? name(DateTimeNames.days[time.weekday - 1]) : String(time.weekday)
    default: return timeText(of: time)
    }
  }

  private func timeText(of time: CalendarTime) -> String {
    switch letter {
    case "a": time.hour < 12 ? "AM" : "PM"
    case "H": padded(time.hour)
    case "k": padded(time.hour == 0 ? 24 : time.hour)
    case "h": padded((time.hour + 11) % 12 + 1)
    case "K": padded(time.hour % 12)
    case "m": padded(time.minute)
    case "s": padded(time.second)
    case "S":
      String((Self.padded(time.nanosecond, 9) + String(repeating: "0", count: 9)).prefix(count))
    case "n": padded(time.nanosecond)
    case "A": padded(time.nanoseconds / 1_000_000)
    case "N": padded(time.nanoseconds)
    default: zone
    }
  }

  /// UTC in the form of the letter.
  private var zone: String {
    switch letter {
    case "X": "Z"
    case "x": count == 1 ? "+00" : count == 2 || count == 4 ? "+0000" : "+00:00"
    case "Z": count < 4 ? "+0000" : count == 4 ? "GMT" : "+00:00"
    case "O": count < 4 ? "GMT+0" : "GMT+00:00"
    case "V": "Etc/UTC"
    default: "UTC"
    }
  }

  private func padded(_ number: Int) -> String { Self.padded(number, count) }

  private static func padded(_ number: Int, _ count: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, min(count, 40) - digits.count)) + digits
  }

  /// Three letters, the whole name, or its first letter.
  private func name(_ name: String) -> String {
    let whole = name.prefix(1).uppercased() + name.dropFirst()
    return count == 4 ? whole : String(whole.prefix(count == 5 ? 1 : 3))
  }
}
