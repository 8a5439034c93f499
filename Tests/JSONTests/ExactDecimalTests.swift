import JSON
import TestSupport
import Testing

struct ExactDecimalTests {
  private func decimal(_ text: String) throws -> ExactDecimal {
    try #require(JSONNumber(text).flatMap { ExactDecimal($0) })
  }

  static let sums: [(String, String, String)] = [
    ("1", "2", "3"), ("0.1", "0.2", "0.3"), ("999", "1", "1000"), ("-1", "1", "0"),
    ("1", "-0.001", "0.999"), ("-5", "3", "-2"), ("5", "-3", "2"), ("-3", "-4.5", "-7.5"),
    ("9007199254740992", "1", "9007199254740993"),
    ("1e20", "1e-20", "100000000000000000000.00000000000000000001"),
    ("0", "7e5", "700000"), ("100", "-99.99", "0.01"),
  ]

  @Test(arguments: sums)
  func `sums and differences are exact`(left: String, right: String, sum: String) throws {
    let (left, right, sum) = try (decimal(left), decimal(right), decimal(sum))
    #expect(left.adding(right) == sum)
    #expect(right.adding(left) == sum)
    #expect(sum.subtracting(right) == left)
  }

  static let quotients: [(String, String, Int, Int)] = [
    ("7", "2", 3, 4), ("-7", "2", -4, -3), ("7", "-2", -4, -3), ("-7", "-2", 3, 4),
    ("6", "2", 3, 3),
    ("1", "0.01", 100, 100), ("0.999", "0.01", 99, 100), ("-0.999", "0.01", -100, -99),
    ("0", "3", 0, 0), ("0.001", "5", 0, 1), ("-0.001", "5", -1, 0),
    ("1e15", "3", 333_333_333_333_333, 333_333_333_333_334),
    ("100", "30", 3, 4), ("12345678901234567890", "1e10", 1_234_567_890, 1_234_567_891),
  ]

  @Test(arguments: quotients)
  func `quotients are rounded down and up`(
    left: String,
    right: String,
    floor: Int,
    ceiling: Int
  ) throws {
    let (left, right) = try (decimal(left), decimal(right))
    #expect(left.floorQuotient(dividingBy: right)?.int == floor)
    #expect(left.ceilingQuotient(dividingBy: right)?.int == ceiling)
  }

  @Test func `nothing is divided by zero`() throws {
    #expect(try decimal("1").floorQuotient(dividingBy: ExactDecimal(0)) == nil)
  }

  @Test func `results that would be enormous are not made`() throws {
    let large = try decimal("1e999999999")
    #expect(large.adding(ExactDecimal(1)) == nil)
    #expect(large.floorQuotient(dividingBy: ExactDecimal(3)) == nil)
    #expect(large.multiplied(by: 3).number.text == "3e+999999999")
    #expect(try decimal("1e-999999999").ceiling?.int == 1)
    #expect(JSONNumber("1e999999999999999999").flatMap { ExactDecimal($0) } == nil)
  }

  @Test func `whole numbers below and above`() throws {
    #expect(try decimal("2.5").floor?.int == 2)
    #expect(try decimal("2.5").ceiling?.int == 3)
    #expect(try decimal("-2.5").floor?.int == -3)
    #expect(try decimal("-2.5").ceiling?.int == -2)
    #expect(try decimal("4").floor?.int == 4)
  }

  static let texts: [(String, String)] = [
    ("0", "0"), ("-0.0", "0"), ("1.0", "1"), ("1e2", "100"), ("0.1", "0.1"), ("1e-3", "0.001"),
    ("-12.50", "-12.5"), ("1e40", "1e+40"), ("1e39", "1" + String(repeating: "0", count: 39)),
    ("1.5e-60", "1.5e-60"), ("1e-7", "0.0000001"),
    ("123456789.000000000000000000001", "123456789.000000000000000000001"),
  ]

  @Test(arguments: texts)
  func `a result is written plainly`(text: String, expected: String) throws {
    #expect(try decimal(text).number.text == expected)
  }

  @Test func `arithmetic agrees with that of integers`() throws {
    var random = SplitMix64(seed: 11)
    for _ in 0..<5_000 {
      let left = Int.random(in: -1_000_000_000_000...1_000_000_000_000, using: &random)
      let right = Int.random(in: -100_000...100_000, using: &random)
      let (a, b) = (ExactDecimal(left), ExactDecimal(right))
      #expect(a.adding(b)?.int == left + right)
      #expect(a.subtracting(b)?.int == left - right)
      #expect(a.multiplied(by: right).int == left * right)
      #expect(a.multiplied(by: b)?.int == left * right)
      #expect((a < b) == (left < right))
      if right != 0 {
        let (quotient, remainder) = left.quotientAndRemainder(dividingBy: right)
        let isBelow = remainder != 0 && (left < 0) != (right < 0)
        #expect(a.floorQuotient(dividingBy: b)?.int == quotient - (isBelow ? 1 : 0))
        #expect(a.number.isMultiple(of: b.number) == (remainder == 0))
      }
    }
  }

  @Test func `powers of ten and places`() throws {
    #expect(ExactDecimal.powerOfTen(-2).number.text == "0.01")
    #expect(try decimal("0.250").lastPlace == -2)
    #expect(try decimal("7000").lastPlace == 3)
  }

  @Test func `multiples of long numbers are told, and their neighbours are none`() throws {
    var generator = SplitMix64(seed: 11)
    func number(_ parts: Int) throws -> ExactDecimal {
      // Runs of 9 and 0 are where guesses at quotients go wrong.
      let text = (0..<parts).map { _ in
        ["999", "000", "\(generator.next() % 1_000)"][Int(generator.next() % 3)]
      }
      return try decimal("1" + text.joined() + "7")
    }
    for _ in 0..<400 {
      let unit = try number(8 + Int(generator.next() % 20))
      let factor = try number(Int(generator.next() % 20))
      let whole = try #require(unit.multiplied(by: factor))
      #expect(whole.number.isMultiple(of: unit.number), "\(whole) of \(unit)")
      let next = try #require(whole.adding(ExactDecimal(1)))
      #expect(!next.number.isMultiple(of: unit.number), "\(next) of \(unit)")
    }
  }
}
