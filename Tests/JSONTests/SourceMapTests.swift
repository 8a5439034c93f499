import JSON
import Testing

struct SourceMapTests {
  static let text = "{\n  \"é\": [1,\n    {\"b\": null}],\n  \"c\": 2\n}\n"

  static let places: [(pointer: String, value: String, key: String)] = [
    ("", "1:1", "1:1"), ("/é", "2:8", "2:3"), ("/é/0", "2:9", "2:9"), ("/é/1", "3:5", "3:5"),
    ("/é/1/b", "3:11", "3:6"), ("/c", "4:8", "4:3"),
    ("/é/1/x", "3:5", "3:5"), ("/é/7", "2:8", "2:3"), ("/x/y", "1:1", "1:1"),
  ]

  @Test(arguments: places)
  func `each value and name has its place`(pointer: String, value: String, key: String) throws {
    let located = LocatedValue(try JSONDocument(parsing: Self.text, file: "a.json"))
    let path = try #require(JSONPointer(pointer))
    #expect(located.location(of: path).description == "a.json:" + value)
    #expect(located.keyLocation(of: path).description == "a.json:" + key)
  }

  @Test func `each of 100,000 places on one line is found quickly`() throws {
    let text = "[" + (0..<100_000).map { "\"é\($0)\"" }.joined(separator: ",") + "]"
    let located = LocatedValue(try JSONDocument(parsing: text))
    var columns: [Int] = []
    for index in stride(from: 0, to: 100_000, by: 50) {
      columns.append(located.location(of: JSONPointer(tokens: [String(index)])).column)
    }
    let lengths = (0..<100_000).map { String($0).count + 4 }
    var expected: [Int] = []
    var column = 2
    for index in 0..<100_000 {
      if index.isMultiple(of: 50) { expected.append(column) }
      column += lengths[index]
    }
    #expect(columns == expected)
  }

  @Test(arguments: [1_022, 1_023, 1_024, 1_025, 2_047, 2_048])
  func `the end of a line is found wherever it falls`(length: Int) throws {
    let text = "[\"" + String(repeating: "x", count: length - 4) + "\"]"
    let error = #expect(throws: JSONSyntaxError.self) { try JSONValue.parse(text + "x") }
    #expect(error?.location.column == length + 1)
    let located = LocatedValue(try JSONDocument(parsing: text + "\n"))
    #expect(located.location(of: JSONPointer(tokens: ["0"])).column == 2)
  }

  @Test func `a value from nowhere stands at the start`() {
    let located = LocatedValue(unlocated: ["a": 1], file: "<built in>")
    #expect(located.location(of: JSONPointer(tokens: ["a"])).description == "<built in>:1:1")
    #expect(located[JSONPointer(tokens: ["a"])] == 1)
  }

  @Test func `duplicate names of the text are known`() throws {
    let located = LocatedValue(try JSONDocument(parsing: #"{"a":1,"a":2}"#))
    #expect(located.locations.duplicateNames.map(\.pointer.description) == ["/a"])
    #expect(SourceMap(file: "x").duplicateNames.isEmpty)
  }

  @Test func `places are ordered by file, line and column`() {
    let places = [
      SourceLocation(file: "a", line: 1, column: 9), SourceLocation(file: "a", line: 2, column: 1),
      SourceLocation(file: "a", line: 10, column: 1), SourceLocation(file: "b"),
    ]
    #expect(places.reversed().sorted() == places)
  }
}
