import JSON
import TestSupport
import Testing

struct JSONNumberTests {
  static let valid = [
    "0", "-0", "1", "-1", "10", "1.0", "0.1", "-0.0", "1e0", "1E0", "1e+0", "1e-0", "0e0",
    "1.5e300",
    "123456789012345678901234567890", "1e999999999999999999999",
  ]
  static let invalid = [
    "", "-", "+1", "01", "-01", "00", ".5", "1.", "1.e1", "1e", "1e+", "e1", "0x1", "1 ", " 1",
    "NaN",
    "Infinity", "1_000", "1,5", "٣", "1.2.3", "1e1.5", "--1",
  ]

  @Test(arguments: valid)
  func `texts of RFC 8259 are numbers and keep their text`(text: String) {
    #expect(JSONNumber(text)?.text == text)
  }

  @Test(arguments: invalid)
  func `other texts are no numbers`(text: String) {
    #expect(JSONNumber(text) == nil)
  }

  /// Each group is equal in itself, and below the groups after it.
  static let ordered: [[String]] = [
    ["-1e99999999999999999999", "-10e99999999999999999998"],
    ["-1e400"],
    ["-9007199254740993", "-9007199254740993.0", "-9007199254740.993e3"],
    ["-9007199254740992"],
    ["-1.5", "-15e-1"],
    ["-1e-400"],
    ["-1e-99999999999999999999"],
    ["0", "-0", "0.0", "-0.000", "0e10", "0e-99999999999999999999", "0.00e5"],
    ["1e-99999999999999999999"],
    ["1e-400", "0.1e-399", "10e-401"],
    ["0.1", "1e-1", "0.10", "10e-2", "0.0001e3"],
    ["0.1000000000000000055511151231257827"],
    ["1", "1.0", "1e0", "10e-1", "0.1e1", "1.000", "100e-2", "0.00001e5"],
    ["1.00000000000000000000000000000001"],
    ["10", "1e1", "1.0e1", "10.0"],
    ["9007199254740992", "9007199254740992.0"],
    ["9007199254740993", "9.007199254740993e15"],
    ["18446744073709551616", "18446744073709551616.000"],
    ["1e400", "10e399", "0.01e402"],
    ["1.1e400"],
    ["1e99999999999999999999", "0.1e100000000000000000000", "1e+0099999999999999999999"],
    ["1e100000000000000000000"],
  ]

  @Test func `numbers compare and hash by their exact value`() throws {
    let groups = try Self.ordered.map { try $0.map { try #require(JSONNumber($0)) } }
    for (index, group) in groups.enumerated() {
      for number in group {
        for other in group {
          #expect(number == other, "\(number) and \(other)")
          #expect(!(number < other), "\(number) and \(other)")
          #expect(number.hashValue == other.hashValue, "\(number) and \(other)")
        }
        for other in groups[(index + 1)...].joined() {
          #expect(number < other, "\(number) and \(other)")
          #expect(!(other < number), "\(number) and \(other)")
          #expect(number != other, "\(number) and \(other)")
        }
      }
    }
  }

  @Test func `the tape compares numbers as the tree does`() throws {
    let texts = Self.ordered.joined().map { $0 }
    let document = try JSONDocument(parsing: "[" + texts.joined(separator: ",") + "]")
    document.withTape { tape in
      for (index, text) in texts.enumerated() {
        guard let number = JSONNumber(text) else { continue }
        let prepared = PreparedNumber(number)
        for (otherIndex, otherText) in texts.enumerated() {
          guard let other = JSONNumber(otherText) else { continue }
          let expected = other < number ? -1 : other == number ? 0 : 1
          #expect(tape.compare(otherIndex + 1, with: prepared).signum() == expected)
          #expect(tape.isEqual(otherIndex + 1, to: tape, index + 1) == (expected == 0))
          if expected == 0 {
            #expect(tape.hash(of: otherIndex + 1) == tape.hash(of: index + 1))
          }
          #expect(
            tape.isMultiple(otherIndex + 1, of: prepared) == other.isMultiple(of: number),
            "\(other) of \(number)"
          )
        }
        #expect(tape.int(of: index + 1) == number.int)
        #expect(tape.isInteger(index + 1) == number.isInteger)
      }
    }
  }

  static let integers: [(String, Int?)] = [
    ("0", 0), ("-0", 0), ("-0.0", 0), ("7", 7), ("1.0", 1), ("1e2", 100), ("-2.50e1", -25),
    ("1.5", nil), ("1e-1", nil), ("10e-1", 1), ("9223372036854775807", .max),
    ("-9223372036854775808", .min), ("9223372036854775808", nil), ("-9223372036854775809", nil),
    ("9223372036854775807.0", .max), ("9.223372036854775807e18", .max),
    ("1e18", 1_000_000_000_000_000_000),
    ("1e19", nil), ("1e400", nil), ("0e400", 0), ("1e-400", nil),
    ("100000000000000000000e-20", 1),
  ]

  @Test(arguments: integers)
  func `whole numbers in range are integers`(text: String, expected: Int?) throws {
    #expect(try #require(JSONNumber(text)).int == expected)
  }

  static let multiples: [(String, String, Bool)] = [
    ("0", "3", true), ("0", "0", true), ("1", "0", false), ("6", "3", true), ("7", "3", false),
    ("-6", "3", true), ("6", "-3", true), ("0.3", "0.1", true), ("0.35", "0.1", false),
    ("1.1", "0.1", true), ("4.35", "0.01", true), ("0.0075", "0.0001", true),
    ("0.00751", "0.0001", false), ("1e308", "0.123456789", false), ("1e308", "0.5", true),
    ("12391239123", "1e-8", true), ("1e400", "3", false), ("3e400", "3", true),
    ("1e-7", "1e-8", true), ("1e-8", "1e-7", false), ("4.5", "1.5", true), ("10", "4", false),
    ("100", "8", false), ("1000", "8", true), ("1e100", "1e99", true), ("1e99", "1e100", false),
    ("98765432109876543210987654321098765432109876543210", "12345678901234567890123", false),
    ("246913578024691357802469135780", "12345678901234567890123456789", true),
    ("246913578024691357802469135781", "12345678901234567890123456789", false),
    ("1e30000", "1024", true), ("1e99999999999999999999", "7", false),
    ("7e99999999999999999999", "7", true),
    ("7e99999999999999999999", "7e99999999999999999998", true),
    ("7e99999999999999999998", "7e99999999999999999999", false),
    ("1e5", "1e-99999999999999999999", true), ("1e-99999999999999999999", "1e5", false),
  ]

  @Test(arguments: multiples)
  func `multiples are found exactly`(number: String, divisor: String, expected: Bool) throws {
    let left = try #require(JSONNumber(number))
    let right = try #require(JSONNumber(divisor))
    #expect(left.isMultiple(of: right) == expected)
    let document = try JSONDocument(parsing: number)
    #expect(document.withTape { $0.isMultiple(0, of: PreparedNumber(right)) } == expected)
  }

  @Test func `a Double gets the shortest text that reads back`() {
    #expect(JSONNumber(0.1).text == "0.1")
    #expect(JSONNumber(100.0).text == "100")
    #expect(JSONNumber(-0.0).text == "-0")
    #expect(JSONNumber(Double.leastNonzeroMagnitude).text == "5e-324")
    #expect(JSONNumber(1.7976931348623157e308).text == "1.7976931348623157e+308")
    var random = SplitMix64(seed: 7)
    for _ in 0..<10_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      #expect(JSONNumber(value).double == value)
    }
  }

  @Test func `the other sign keeps the text`() {
    #expect(JSONNumber("1.50")?.negated.text == "-1.50")
    #expect(JSONNumber("-1e5")?.negated.text == "1e5")
  }
}
