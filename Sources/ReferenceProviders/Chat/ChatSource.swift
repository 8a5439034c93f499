/// Where the chat takes its ids and times from: they count on, so that every run says the same.
///
/// Each provider process starts anew. Times begin at 2025-07-01T09:00:00Z and are a second apart.
struct ChatSource {
  private var messages = 0
  private var pings = 0
  private var seconds = 1_751_360_400

  /// The id of the next message.
  mutating func nextMessageID() -> String {
    messages += 1
    return "7e3b2a10-1d4c-4f5e-8a6b-\(Self.node(messages))"
  }

  /// The id of the next heartbeat ping.
  mutating func nextPingID() -> String {
    pings += 1
    return "2f9a1f0e-6f53-4c1b-8f3a-\(Self.node(pings))"
  }

  /// The next moment, as RFC 3339 has it.
  mutating func nextTime() -> String {
    defer { seconds += 1 }
    let date = Self.date(daysSince1970: seconds / 86_400)
    let clock = [seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60].map { Self.pad($0, 2) }
    return "\(date)T\(clock.joined(separator: ":"))Z"
  }

  /// The last twelve digits of a UUID.
  private static func node(_ number: Int) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: max(0, 12 - digits.count)) + digits
  }

  /// The date in the Gregorian calendar, counted in eras of 400 years that begin in March.
  private static func date(daysSince1970 days: Int) -> String {
    let day = days + 719_468
    let dayOfEra = day % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let dayOfMonth = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let year = yearOfEra + day / 146_097 * 400 + (month <= 2 ? 1 : 0)
    return "\(pad(year, 4))-\(pad(month, 2))-\(pad(dayOfMonth, 2))"
  }

  private static func pad(_ number: Int, _ count: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, count - digits.count)) + digits
  }
}
