import JSON
import TestSupport
import Testing

struct JSONWriterTests {
  @Test func `compact text has no white space and keeps numbers and order`() throws {
    let text = #"{"b":1.50,"a":[1e2,-0,true,false,null],"b":{}}"#
    #expect(try JSONValue.parse(" " + text + "\n").text(.compact) == text)
  }

  @Test func `pretty text is that of JSON.stringify with two spaces`() throws {
    let value = try JSONValue.parse(#"{"a":[],"b":{},"c":[1,{"d":null}],"e":"x"}"#)
    #expect(
      value.text(.pretty) == """
        {
          "a": [],
          "b": {},
          "c": [
            1,
            {
              "d": null
            }
          ],
          "e": "x"
        }
        """
    )
    #expect(JSONValue.array([]).text(.pretty) == "[]")
  }

  @Test func `strings get the escapes they need and no others`() {
    let string = "\" \\ / \u{8}\t\n\u{C}\r\u{0}\u{1F}\u{7F}\u{2028}é😀\u{FEFF}"
    #expect(
      JSONValue.string(string).text()
        == #""\" \\ / \b\t\n\f\r\u0000\u001f"# + "\u{7F}\u{2028}é😀\u{FEFF}\""
    )
  }

  @Test func `a reading in lossless mode gives the bytes back`() throws {
    let text = " {\r\n\t\"a\" : [ 1.0 , 1e+2 ] ,\"\\u0061\":\"\\/\" } \n"
    #expect(try JSONDocument(parsing: text).bytes == Array(text.utf8))
  }

  /// Spec: RFC 8785 §3.2.2 and §3.2.3.
  @Test func `the example of RFC 8785 is written as it says`() throws {
    let text = #"""
      {
        "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
        "literals": [null, true, false]
      }
      """#
    #expect(
      try JSONValue.parse(text).text(.canonical)
        == #"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}"#
    )
  }

  /// Spec: RFC 8785 §3.2.3.
  @Test func `names are sorted by UTF-16 code units`() throws {
    let text = #"""
      {
        "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One", "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis"
      }
      """#
    let value = try JSONValue.parse(JSONValue.parse(text).text(.canonical))
    #expect(
      value.objectValue?.members.map(\.value.stringValue) == [
        "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign",
        "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh",
      ]
    )
  }

  /// Spec: RFC 8785 Appendix B.
  static let doubles: [(UInt64, String)] = [
    (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"),
    (0x0000_0000_0000_0001, "5e-324"), (0x8000_0000_0000_0001, "-5e-324"),
    (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
    (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
    (0x4340_0000_0000_0000, "9007199254740992"), (0xc340_0000_0000_0000, "-9007199254740992"),
    (0x4430_0000_0000_0000, "295147905179352830000"),
    (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
    (0x44b5_2d02_c7e1_4af6, "1e+23"), (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
    (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
    (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
    (0x444b_1ae4_d6e2_ef50, "1e+21"), (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
    (0x3eb0_c6f7_a0b5_ed8d, "0.000001"), (0x41b3_de43_5555_5553, "333333333.3333332"),
    (0x41b3_de43_5555_5554, "333333333.33333325"), (0x41b3_de43_5555_5555, "333333333.3333333"),
    (0x41b3_de43_5555_5556, "333333333.3333334"), (0x41b3_de43_5555_5557, "333333333.33333343"),
    (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
    (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
  ]

  @Test(arguments: doubles)
  func `numbers are written as ECMAScript does`(bits: UInt64, text: String) throws {
    let number = JSONNumber(Double(bitPattern: bits))
    #expect(JSONValue.number(number).text(.canonical) == text)
    #expect(try JSONValue.parse(text).text(.canonical) == text)
  }

  @Test func `equal values have the same canonical text`() throws {
    let left = try JSONValue.parse(#"{"a": [1, 2.0, 1e2], "b": "\u0041"}"#)
    let right = try JSONValue.parse(#"{"b":"A","a":[1.0,2,100]}"#)
    #expect(left == right)
    #expect(left.hashValue == right.hashValue)
    #expect(left.text(.canonical) == right.text(.canonical))
  }

  @Test func `numbers beyond Double keep their value`() throws {
    let value = try JSONValue.parse("[1e400, -12.5e399, 1e-400]")
    #expect(value.text(.canonical) == "[1e+400,-1.25e+400,0]")
  }

  @Test func `of a duplicated name the last value is canonical`() throws {
    #expect(try JSONValue.parse(#"{"a":1,"b":2,"a":3}"#).text(.canonical) == #"{"a":3,"b":2}"#)
  }

  @Test func `a summary is short`() throws {
    let value = try JSONValue.parse(
      #"{"name":"\#(String(repeating: "x", count: 300))","items":[1,2,3]}"#
    )
    #expect(value.summary(limit: 30) == #"{"name":"xxxxxxxxxxxxxxxxxxx…",… 1 more}"#)
    #expect(JSONValue.array([1, 2]).summary() == "[1,2]")
  }
}
