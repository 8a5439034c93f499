import JSON
import JSONSchema
import Testing

struct ViolationTests {
  struct Example: CustomTestStringConvertible {
    let schema: String
    let value: String
    let message: String
    var dialect = SchemaDialect.draft2020_12

    var testDescription: String { "\(value) by \(schema)" }
  }

  static let scalars: [Example] = [
    .init(
      schema: #"{"properties": {"age": {"type": "integer", "minimum": 18}}}"#,
      value: #"{"age": 17}"#,
      message: "/age: expected an integer of at least 18, found 17"
    ),
    .init(
      schema: #"{"properties": {"age": {"type": "integer", "minimum": 18, "maximum": 99}}}"#,
      value: #"{"age": 100}"#,
      message: "/age: expected an integer from 18 to 99, found 100"
    ),
    .init(
      schema: #"{"exclusiveMinimum": 0, "maximum": 1e2}"#,
      value: "-0.0",
      message: "the value: expected a number above 0 and at most 1e2, found -0.0"
    ),
    .init(
      schema: #"{"exclusiveMaximum": 5}"#,
      value: "5",
      message: "the value: expected a number below 5, found 5"
    ),
    .init(
      schema: #"{"minimum": 5, "exclusiveMinimum": true}"#,
      value: "5",
      message: "the value: expected a number above 5, found 5",
      dialect: .draft4
    ),
    .init(
      schema: #"{"multipleOf": 0.01}"#,
      value: "0.075",
      message: "the value: expected a multiple of 0.01, found 0.075"
    ),
    .init(
      schema: #"{"type": "integer"}"#,
      value: "1.0",
      message: "the value: expected an integer, found 1.0",
      dialect: .draft4
    ),
    .init(
      schema: #"{"type": ["string", "null"]}"#,
      value: "[1, 2]",
      message: "the value: expected null or a string, found an array of 2 items"
    ),
    .init(
      schema: #"{"type": ["number", "integer", "object"]}"#,
      value: "false",
      message: "the value: expected a number or an object, found false"
    ),
    .init(
      schema: #"{"const": 1}"#,
      value: #""1""#,
      message: #"the value: expected 1, found "1"; did you mean 1 without quotes?"#
    ),
    .init(
      schema: #"{"enum": ["1", "2"]}"#,
      value: "2",
      message: #"the value: expected one of "1", "2", found 2; did you mean the string "2"?"#
    ),
    .init(
      schema: #"{"enum": ["online", "offline"]}"#,
      value: #""onlin""#,
      message:
        #"the value: expected one of "online", "offline", found "onlin"; did you mean "online"?"#
    ),
    .init(
      schema: #"{"minLength": 1, "maxLength": 3}"#,
      value: #""four""#,
      message: #"the value: expected a string of 1 to 3 characters, found "four" with 4"#
    ),
    .init(
      schema: #"{"maxLength": 1}"#,
      value: #""\ud83d\ude00\ud83d\ude00""#,
      message: "the value: expected a string of at most 1 character, found \"😀😀\" with 2"
    ),
    .init(
      schema: #"{"pattern": "^a+$"}"#,
      value: #""b""#,
      message: #"the value: expected a string that matches ^a+$, found "b""#
    ),
    .init(
      schema: #"{"format": "date-time"}"#,
      value: #""2026-13-01T00:00:00Z""#,
      message:
        "the value: expected a date-time such as 2026-03-01T12:30:00Z, "
        + #"found "2026-13-01T00:00:00Z""#,
      dialect: .draft7
    ),
    .init(
      schema: #"{"type": "integer", "format": "int32"}"#,
      value: "2147483648",
      message: "the value: expected a whole number of 32 bits, found 2147483648",
      dialect: .asyncAPI
    ),
    .init(
      schema: #"{"contentEncoding": "base64"}"#,
      value: #""a%""#,
      message: #"the value: expected base64 text, found "a%""#,
      dialect: .draft7
    ),
    .init(schema: "false", value: "1", message: "the value: no value is allowed here"),
    .init(
      schema: #"{"not": {"type": "null"}}"#,
      value: "null",
      message: "the value: expected anything but null, found null"
    ),
    .init(
      schema: #"{"not": {"enum": ["root", "admin"]}}"#,
      value: #""root""#,
      message: #"the value: expected none of "root", "admin", found "root""#
    ),
    .init(
      schema: #"{"not": {"const": 0}}"#,
      value: "0.0",
      message: "the value: expected anything but 0, found 0.0"
    ),
    .init(
      schema: #"{"not": {"type": "string", "maxLength": 3}}"#,
      value: #""ab""#,
      message:
        #"the value: expected a value that does not match the schema under 'not', found "ab""#
    ),
    .init(
      schema: #"{"type": "integer"}"#,
      value: #""84""#,
      message: #"the value: expected an integer, found "84"; did you mean 84 without quotes?"#
    ),
    .init(
      schema: #"{"type": ["boolean", "null"]}"#,
      value: #""true""#,
      message:
        #"the value: expected null or a boolean, found "true"; did you mean true without quotes?"#
    ),
    .init(
      schema: #"{"pattern": "^[0-9a-f]{4}$"}"#,
      value: #""AB12""#,
      message:
        #"the value: expected a string that matches ^[0-9a-f]{4}$, found "AB12"; "#
        + #"did you mean "ab12"?"#
    ),
    .init(
      schema: #"{"pattern": "^[a-z]+$"}"#,
      value: #""ab\n""#,
      message: #"the value: expected a string that matches ^[a-z]+$, found "ab\n"; "#
        + #"did you mean "ab"?"#
    ),
    .init(
      schema: #"{"enum": ["debug", "warning"]}"#,
      value: #""warn""#,
      message:
        #"the value: expected one of "debug", "warning", found "warn"; did you mean "warning"?"#
    ),
    .init(
      schema: #"{"const": {"a": [1, 2]}}"#,
      value: #"{"a": [1, 3]}"#,
      message: #"the value: expected {"a":[1,2]}, found {"a":[1,3]}"#
    ),
    .init(
      schema: #"{"format": "date-time"}"#,
      value: #""2026-03-01 12:30:00Z""#,
      message:
        "the value: expected a date-time such as 2026-03-01T12:30:00Z, "
        + #"found "2026-03-01 12:30:00Z"; 'T' stands between date and time"#,
      dialect: .draft7
    ),
    .init(
      schema: #"{"format": "date-time"}"#,
      value: #""2026-03-01T12:30:00""#,
      message:
        "the value: expected a date-time such as 2026-03-01T12:30:00Z, "
        + #"found "2026-03-01T12:30:00"; the time zone is missing, such as Z"#,
      dialect: .draft7
    ),
    .init(
      schema: #"{"format": "hostname"}"#,
      value: #""a_b.c""#,
      message: #"the value: expected a host name such as www.example.com, found "a_b.c""#,
      dialect: .draft7
    ),
  ]

  static let objects: [Example] = [
    .init(
      schema: #"{"required": ["price"]}"#,
      value: #"{"Price": 1}"#,
      message: "the value: the required property 'price' is missing; found 'Price'"
    ),
    .init(
      schema: #"{"properties": {"a/b": {"required": ["x"]}}}"#,
      value: #"{"a/b": {}}"#,
      message: "/a~1b: the required property 'x' is missing"
    ),
    .init(
      schema: #"{"properties": {"userId": true, "room": true}, "additionalProperties": false}"#,
      value: #"{"user_id": 1}"#,
      message: "/user_id: unexpected property 'user_id'; did you mean 'userId'?"
    ),
    .init(
      schema: #"{"properties": {"a": true, "b": true}, "additionalProperties": false}"#,
      value: #"{"zebra": 1}"#,
      message: "/zebra: unexpected property 'zebra'; known are 'a' and 'b'"
    ),
    .init(
      schema: #"{"allOf": [{"properties": {"name": true}}], "unevaluatedProperties": false}"#,
      value: #"{"nmae": 1}"#,
      message: "/nmae: unexpected property 'nmae'; did you mean 'name'?"
    ),
    .init(
      schema: #"{"not": {"required": ["secret"]}}"#,
      value: #"{"secret": 1}"#,
      message: "the value: the property 'secret' is not allowed here"
    ),
    .init(
      schema: #"{"anyOf": [{"required": ["email"]}, {"required": ["phone"]}]}"#,
      value: #"{"mail": 1}"#,
      message: "the value: the property 'email' or 'phone' is missing; found 'mail'"
    ),
    .init(
      schema: #"{"propertyNames": {"maxLength": 2}}"#,
      value: #"{"abc": 1}"#,
      message:
        "/abc: the name \"abc\": expected a string of at most 2 characters, found \"abc\" with 3"
    ),
    .init(
      schema: #"{"minProperties": 1}"#,
      value: "{}",
      message: "the value: expected at least 1 property, found 0"
    ),
    .init(
      schema: #"{"dependentRequired": {"card": ["address"]}}"#,
      value: #"{"card": 1}"#,
      message: "the value: 'card' requires the property 'address', which is missing"
    ),
    .init(
      schema: #"{"properties": {"a": false}}"#,
      value: #"{"a": 1}"#,
      message: "/a: no value is allowed here"
    ),
  ]

  static let arrays: [Example] = [
    .init(
      schema: #"{"prefixItems": [true, {"type": "string"}], "items": false}"#,
      value: "[1, 2]",
      message: "/1: expected a string, found 2"
    ),
    .init(
      schema: #"{"prefixItems": [true, true], "items": false}"#,
      value: "[1, 2, 3]",
      message: "/2: unexpected item, 2 items allowed"
    ),
    .init(
      schema: #"{"maxItems": 1}"#,
      value: "[1, 2]",
      message: "the value: expected at most 1 item, found 2"
    ),
    .init(
      schema: #"{"uniqueItems": true}"#,
      value: #"[1, {"a": 1, "b": 2}, {"b": 2.0, "a": 1}]"#,
      message: "/2: items 1 and 2 are equal: an object of 2 properties"
    ),
    .init(
      schema: #"{"contains": {"const": 1}, "minContains": 2}"#,
      value: "[1]",
      message: "the value: expected at least 2 items that 'contains' describes, found 1"
    ),
    .init(
      schema: #"{"contains": {"const": 1}, "minContains": 0, "maxContains": 1}"#,
      value: "[1, 1]",
      message: "the value: expected at most 1 item that 'contains' describes, found 2"
    ),
    .init(
      schema: #"{"prefixItems": [true], "unevaluatedItems": false}"#,
      value: "[1, 2]",
      message: "/1: unexpected item 1"
    ),
  ]

  @Test(arguments: scalars + objects + arrays)
  func `a violation reads as one sentence`(example: Example) throws {
    let violations = try violations(example)
    #expect(violations.map(\.message) == [example.message])
  }

  @Test func `a violation names the keyword in the schema's document`() throws {
    var registry = SchemaRegistry()
    let types: JSONValue = ["definitions": ["age": ["type": "integer", "minimum": 18]]]
    registry.add(types, uri: "file:///types.json")
    let schema = try SchemaCompiler(registry: registry, dialect: .draft7).compile(
      ["properties": ["age": ["$ref": "file:///types.json#/definitions/age"]]])
    let violation = try #require(schema.violations(in: ["age": 17]).first)
    #expect(violation.schemaURI == "file:///types.json")
    #expect(violation.schema.description == "/definitions/age/minimum")
    #expect(violation.keyword == "minimum")
    #expect(violation.instance.description == "/age")
    #expect(violation.expected == "an integer of at least 18")
    #expect(violation.actual == "17")
  }

  @Test func `all violations are listed, each once`() throws {
    let schema = try SchemaCompiler().compile([
      "required": ["a", "b"], "properties": ["c": ["type": "string"]],
      "allOf": [["required": ["a"]]],
    ])
    let messages = schema.violations(in: ["c": 1]).map(\.message)
    #expect(
      messages == [
        "the value: the required property 'a' is missing",
        "the value: the required property 'b' is missing",
        "/c: expected a string, found 1",
      ]
    )
  }

  @Test func `the list stops at the limit`() throws {
    let options = SchemaOptions(maximumErrors: 3)
    let schema = try SchemaCompiler(options: options).compile(["items": ["type": "string"]])
    #expect(schema.violations(in: [1, 2, 3, 4, 5]).count == 3)
  }

  private func violations(_ example: Example) throws -> [SchemaViolation] {
    try SchemaCompiler(dialect: example.dialect).compile(JSONValue.parse(example.schema))
      .violations(in: JSONValue.parse(example.value))
  }
}
