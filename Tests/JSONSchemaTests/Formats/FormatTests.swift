import JSON
import JSONSchema
import Testing

struct FormatTests {
  struct Example: CustomTestStringConvertible {
    let format: String
    let text: String
    let isValid: Bool

    init(_ format: String, _ text: String, _ isValid: Bool) {
      self.format = format
      self.text = text
      self.isValid = isValid
    }

    var testDescription: String { "\(format): '\(text)' is \(isValid ? "valid" : "invalid")" }
  }

  static let examples: [Example] = [
    Example("date-time", "2016-12-31T23:59:60Z", true),
    Example("date-time", "2017-01-01T00:59:60+01:00", true),
    Example("date-time", "2016-12-31T23:59:60+01:00", false),
    Example("date-time", "2026-01-01T00:00:00", false),
    Example("date-time", "2026-01-01 00:00:00Z", false),
    Example("date-time", "2026-01-01T00:00:00.Z", false),
    Example("date-time", "2026-01-01T00:00:00.", false),
    Example("date-time", "2026-01-01T00:00:0", false),
    Example("date", "1900-02-29", false),
    Example("date", "2000-02-29", true),
    Example("time", "00:00:00+23:59", true),
    Example("duration", "P", false),
    Example("duration", "P1Y2M3DT4H5M6S", true),
    Example("duration", "P1YT", false),
    Example("duration", "PT1H1S", false),
    Example("email", "a@b", true),
    Example("email", "a@b..c", false),
    Example("email", "a@-b.c", false),
    Example("email", "a@[IPv6:::1]", true),
    Example("email", #""a\"b"@c.d"#, true),
    Example("email", #""a"b"@c.d"#, false),
    Example("email", String(repeating: "a", count: 65) + "@b.c", false),
    Example("hostname", "xn--ls8h.la", false),
    Example("hostname", String(repeating: "a.", count: 126) + "a", true),
    Example("hostname", String(repeating: "a.", count: 127) + "a", false),
    Example("idn-hostname", "münchen.example", true),
    Example("idn-hostname", "MÜNCHEN.example", false),
    Example("idn-hostname", "a\u{AD}b", false),
    Example("ipv4", "255.255.255.255", true),
    Example("ipv4", "1.2.3", false),
    Example("ipv4", "1.2.3.4.", false),
    Example("ipv4", "01.2.3.4", false),
    Example("ipv6", "1:2:3:4:5:6:7::", true),
    Example("ipv6", "::2:3:4:5:6:7:8", true),
    Example("ipv6", "1:2:3:4:5:6:7:8::", false),
    Example("ipv6", "::1.2.3.4", true),
    Example("ipv6", ":", false),
    Example("ipv6", ":::", false),
    Example("uri", "a:", true),
    Example("uri", "http://[::1", false),
    Example("uri", "http://h:", true),
    Example("uri", "http://h/%4", false),
    Example("uri-reference", "a:b:c", true),
    Example("uri-reference", "1a:b", false),
    Example("iri", "http://ü/\u{E000}", false),
    Example("iri", "http://ü/?\u{E000}", true),
    Example("uri-template", "{;a*,b:3}", true),
    Example("uri-template", "{=a}", false),
    Example("uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d16380", true),
    Example("json-pointer", "/a~", false),
    Example("relative-json-pointer", "0#", true),
    Example("relative-json-pointer", "#", false),
    Example("regex", #"^(?<a>\d+)\k<a>$"#, true),
    Example("regex", "(", false),
    Example("password", "anything", true),
  ]

  @Test(arguments: examples)
  func `formats are judged by their grammars`(example: Example) throws {
    let options = SchemaOptions(assertsFormats: true)
    let schema = try SchemaCompiler(options: options).compile(["format": .string(example.format)])
    #expect(schema.isValid(.string(example.text)) == example.isValid)
    #expect(schema.violations(in: .string(example.text)).isEmpty == example.isValid)
  }

  @Test func `formats judge by default up to draft 7 only`() throws {
    for dialect in SchemaDialect.allCases {
      let schema: JSONValue = ["format": "ipv4"]
      let isLenient = try SchemaCompiler(dialect: dialect).compile(schema).isValid("x")
      #expect(isLenient == [.draft2019_09, .draft2020_12].contains(dialect), "\(dialect)")
      let never = SchemaOptions(assertsFormats: false)
      #expect(try SchemaCompiler(dialect: dialect, options: never).compile(schema).isValid("x"))
      let always = SchemaOptions(assertsFormats: true)
      #expect(try !SchemaCompiler(dialect: dialect, options: always).compile(schema).isValid("x"))
    }
  }

  @Test func `numeric formats judge in AsyncAPI documents only`() throws {
    let schema: JSONValue = ["format": "int32"]
    let asyncAPI = try SchemaCompiler(dialect: .asyncAPI).compile(schema)
    #expect(asyncAPI.isValid(2_147_483_647))
    #expect(!asyncAPI.isValid(2_147_483_648))
    #expect(!asyncAPI.isValid(.number(JSONNumber(1.5))))
    #expect(try SchemaCompiler(dialect: .draft7).compile(schema).isValid(2_147_483_648))
  }
}
