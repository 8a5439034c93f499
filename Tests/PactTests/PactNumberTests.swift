import JSON
import Testing

@testable import Pact

struct PactNumberTests {
  @Test(
    arguments: [
      ("1", "1"), ("-7", "-7"), ("1.0", "1.0"), ("1e5", "100000.0"), ("1E2", "100.0"),
      ("1e16", "1e+16"), ("123456789.125", "123456789.125"), ("1.5e300", "1.5e+300"),
      ("1e-7", "1e-7"), ("0.00001", "0.00001"), ("-0", "-0.0"), ("0.0", "0.0"),
      ("1e15", "1000000000000000.0"), ("18446744073709551615", "18446744073709551615"),
    ]
  )
  func `numbers are looked at in this text`(number: String, text: String) throws {
    #expect(PactNumber(try #require(JSONNumber(number))).text == text)
  }

  @Test func `integers and decimals of one value differ`() throws {
    let one: JSONValue = 1
    let decimal = JSONValue.number(try #require(JSONNumber("1.0")))
    #expect(!one.isSamePactValue(as: decimal))
    #expect(decimal.isSamePactValue(as: .number(try #require(JSONNumber("10e-1")))))
  }
}
