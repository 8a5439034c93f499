/// Spans of time as people write them: `50ms`, `5s`, `1m30s`.
package enum DurationText {
  /// What a text should look like, for messages.
  package static let examples = "a time such as '50ms', '5s' or '1m30s'"

  /// The units, the largest first, with their length in nanoseconds.
  private static let units: [(name: String, nanoseconds: Int64)] = [
    ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000),
    ("us", 1_000), ("ns", 1),
  ]

  /// Reads one or more numbers, each with its unit, from the largest unit to the smallest.
  ///
  /// A number may have a fraction (`1.5s`), of which nanoseconds are kept. `0` needs no unit.
  ///
  /// - Returns: `nil` for anything else, for a sign, and for more than about 292 years.
  package static func parse(_ text: String) -> Duration? {
    guard text != "0" else { return .zero }
    var rest = Array(text.utf8)[...]
    var total: Int64 = 0
    var previous = Int64.max
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      guard let part = parsePart(&rest), part.unit < previous else { return nil }
      previous = part.unit
      let (sum, overflow) = total.addingReportingOverflow(part.nanoseconds)
      guard !overflow else { return nil }
      total = sum
    }
    return .nanoseconds(total)
  }

  /// Reads one number with its unit.
  private static func parsePart(
    _ rest: inout ArraySlice<UInt8>
  ) -> (nanoseconds: Int64, unit: Int64)? {
    let whole = takeDigits(&rest)
    var fraction: ArraySlice<UInt8> = []
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      fraction = takeDigits(&rest)
      guard !fraction.isEmpty else { return nil }
    }
    guard let count = Int64(String(decoding: whole, as: UTF8.self)) else { return nil }
    let name = rest.prefix { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    rest = rest.dropFirst(name.count)
    let unitName = String(decoding: name, as: UTF8.self)
    guard let unit = units.first(where: { $0.name == unitName })?.nanoseconds else { return nil }
    let (product, overflow) = count.multipliedReportingOverflow(by: unit)
    guard !overflow else { return nil }
    let (sum, tooMuch) = product.addingReportingOverflow(part(fraction, of: unit))
    return tooMuch ? nil : (sum, unit)
  }

  private static func takeDigits(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    rest = rest.dropFirst(digits.count)
    return digits
  }

  /// The nanoseconds that decimal places of a unit are worth.
  private static func part(_ fraction: ArraySlice<UInt8>, of unit: Int64) -> Int64 {
    var value: Int64 = 0
    var weight = unit
    for digit in fraction {
      weight /= 10
      value += Int64(digit - UInt8(ascii: "0")) * weight
    }
    return value
  }

  /// The shortest text that reads back as the same time, to the nanosecond.
  ///
  /// Times that are no whole seconds are given in one unit, the largest that has no fraction.
  /// What is smaller than a nanosecond is dropped.
  package static func text(of duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    guard seconds >= 0, attoseconds >= 0 else {
      return "-" + text(of: .zero - duration)
    }
    let nanoseconds = attoseconds / 1_000_000_000
    guard nanoseconds != 0 else { return wholeSeconds(seconds) }
    for (unit, perSecond) in [("ms", Int64(1_000)), ("us", 1_000_000), ("ns", 1_000_000_000)] {
      let length = 1_000_000_000 / perSecond
      let (product, overflow) = seconds.multipliedReportingOverflow(by: perSecond)
      guard !overflow, nanoseconds % length == 0 else { continue }
      let (sum, tooMuch) = product.addingReportingOverflow(nanoseconds / length)
      if !tooMuch { return "\(sum)\(unit)" }
    }
    return wholeSeconds(seconds)
  }

  private static func wholeSeconds(_ seconds: Int64) -> String {
    let parts = [(seconds / 3600, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s")]
    let text = parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
    return text.isEmpty ? "0s" : text
  }
}
