extension DateTimeScanner {
  /// An offset or the name of a time zone.
  ///
  /// Names are taken by their shape (`Europe/Paris`, `CEST`), since lists of them go out of date.
  mutating func takeZone(_ letter: Character, count: Int) -> Bool {
    switch letter {
    case "X": take("Z") || takeOffset(count)
    case "x": takeOffset(count)
    case "Z": takeClassicOffset(count)
    case "O": takeLocalizedOffset(count)
    case "V": takeZoneIdentifier()
    case "z": count < 4 && takeRun(3...4) { (0x41...0x5A).contains($0) }
    default: false
    }
  }

  /// `+10`, `+1030`, `+10:30`, and with seconds.
  private mutating func takeOffset(_ count: Int) -> Bool {
    guard takeSign(), takeHour() else { return false }
    switch count {
    case 1:
      _ = attempt { $0.takeMinute() }
      return true
    case 2: return takeMinute()
    case 3: return take(":") && takeMinute()
    case 4:
      guard takeMinute() else { return false }
      _ = attempt { $0.takeSecond() }
      return true
    default:
      guard take(":"), takeMinute() else { return false }
      _ = attempt { $0.take(":") && $0.takeSecond() }
      return true
    }
  }

  /// `+1030`; `GMT+10:30`, `GMT` or `UTC` for four letters; `+10:30` for five.
  private mutating func takeClassicOffset(_ count: Int) -> Bool {
    switch count {
    case 1...3: takeSign() && takeHour() && takeMinute()
    case 4:
      attempt { $0.takeZero() && $0.takeHourAndMinute() } || takeZero()
    default: takeHourAndMinute()
    }
  }

  /// `GMT+8`, `GMT+8:30` or `UTC-8:30`.
  private mutating func takeLocalizedOffset(_ count: Int) -> Bool {
    guard takeZero(), takeSign(), takeHour() else { return false }
    guard count < 4 else { return take(":") && takeMinute() }
    _ = attempt { $0.take(":") && $0.takeMinute() }
    return true
  }

  private mutating func takeZoneIdentifier() -> Bool {
    let isAlphanumeric = { (byte: UInt8) in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
    return takeRun(1...Int.max, where: isAlphanumeric) && take("/")
      && takeRun(1...Int.max, where: isAlphanumeric)
  }

  private mutating func takeZero() -> Bool { take("GMT") || take("UTC") }
  private mutating func takeSign() -> Bool {
    takeRun(1...Int.max) { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
  }
  private mutating func takeHour() -> Bool { number(upTo: 2, in: 0...11) != nil }
  private mutating func takeMinute() -> Bool { number(upTo: 2, in: 0...59) != nil }
  private mutating func takeSecond() -> Bool { number(upTo: 2, in: 0...60) != nil }
  private mutating func takeHourAndMinute() -> Bool {
    takeSign() && takeHour() && take(":") && takeMinute()
  }
}
