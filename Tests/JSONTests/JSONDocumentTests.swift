import JSON
import Testing

struct JSONDocumentTests {
  @Test func `nodes stand in the order of the text`() throws {
    let document = try JSONDocument(
      parsing: #"{"a":[1,-2.5,"x\n"],"é":{},"t":true,"f":false,"n":null}"#
    )
    document.withTape { tape in
      let kinds = (0..<tape.count).map { tape.kind(of: $0) }
      #expect(
        kinds == [
          .object, .key, .array, .number, .number, .string, .end, .key, .object, .end, .key, .true,
          .key, .false, .key, .null, .end,
        ]
      )
      #expect(tape.childCount(of: 0) == 5)
      #expect(tape.childCount(of: 2) == 3)
      #expect(tape.childCount(of: 8) == 0)
      #expect(tape.next(after: 0) == tape.count)
      #expect(tape.next(after: 2) == 7)
      #expect(tape.flags(of: 3) == [])
      #expect(tape.flags(of: 4) == [.isFractional, .isNegative])
      #expect(tape.flags(of: 5) == [.hasEscapes])
      #expect(tape.flags(of: 7) == [.hasNonASCII])
      #expect(Array(tape.rawBytes(of: 5)) == Array(#"x\n"#.utf8))
      #expect(tape.member("t", of: 0) == 11)
      #expect(tape.member("x", of: 0) == nil)
    }
  }

  @Test func `the text of each node can be cut out`() throws {
    let text = #" { "a" : [ 1 , "x" ] , "b" : { } } "#
    let document = try JSONDocument(parsing: text)
    let bytes = Array(text.utf8)
    let parts = document.withTape { tape in
      (0..<tape.count).map { String(decoding: bytes[tape.textRange(of: $0)], as: UTF8.self) }
    }
    #expect(
      parts == [
        #"{ "a" : [ 1 , "x" ] , "b" : { } }"#, #""a""#, #"[ 1 , "x" ]"#, "1", #""x""#, "]", #""b""#,
        "{ }", "}", "}",
      ]
    )
  }

  @Test func `many texts can be read with one parser, and earlier documents stay as they are`()
    throws
  {
    var parser = JSONParser(file: "stream")
    var kept: [JSONDocument] = []
    for index in 0..<200 {
      let text =
        "[" + Array(repeating: "\(index)", count: index % 37 + 1).joined(separator: ",") + "]"
      let document = try parser.parse(text)
      #expect(document.file == "stream")
      if index % 3 == 0 { kept.append(document) }
      if index % 5 == 0 { #expect(throws: JSONSyntaxError.self) { try parser.parse("[1,") } }
    }
    for (index, document) in kept.enumerated() {
      let items = Array(
        repeating: JSONValue.number(JSONNumber(index * 3)),
        count: index * 3 % 37 + 1
      )
      #expect(document.value == .array(items))
    }
  }

  @Test func `a copy of a parser reads beside the original`() throws {
    var parser = JSONParser()
    let first = try parser.parse("[1,2,3]")
    var copy = parser
    let value = try parser.withTape(of: "[4]") { tape in
      let other = try? copy.withTape(of: #"{"a":5}"#) { $0.value(of: 0) }
      #expect(other == ["a": 5])
      return tape.value(of: 0)
    }
    #expect(value == [4])
    #expect(first.value == [1, 2, 3])
  }

  @Test func `texts are read from many threads at once`() async throws {
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for task in 0..<8 {
        group.addTask {
          for index in 0..<2_000 {
            let text = "[" + String(repeating: "\(task),", count: index % 50) + "\(index)]"
            let document = try JSONDocument(parsing: text)
            let value = try JSONValue.parse(text)
            guard document.value == value, value.text() == text else { return false }
          }
          return true
        }
      }
      for try await isRight in group { #expect(isRight) }
    }
  }

  @Test func `the nodes of a text can be looked at without a document`() throws {
    var parser = JSONParser()
    let count = try parser.withTape(of: Array("[1,[2],3]".utf8)) { tape in tape.childCount(of: 0) }
    #expect(count == 3)
    #expect(throws: JSONSyntaxError.self) { try parser.withTape(of: [0x5B]) { $0.count } }
  }

  @Test func `duplicate names are reported with both places`() throws {
    let document = try JSONDocument(
      parsing: #"""
        {"a": 1,
         "b": [{"x": 1, "\u0078": 2, "x": 3}],
         "a": 2}
        """#,
      file: "d.json"
    )
    let found = document.duplicateNames
    #expect(found.map(\.pointer.description) == ["/b/0/x", "/b/0/x", "/a"])
    #expect(found.map(\.location.description) == ["d.json:2:17", "d.json:2:30", "d.json:3:2"])
    #expect(found.map(\.previous.description) == ["d.json:2:9", "d.json:2:17", "d.json:1:2"])
    #expect(document.value["a"] == 2)
    #expect(document.value.objectValue?.duplicateNames == ["a"])
  }

  @Test func `composed and decomposed names are two names`() throws {
    let document = try JSONDocument(parsing: "{\"\u{E9}\":1,\"e\u{301}\":2}")
    #expect(document.duplicateNames.isEmpty)
    #expect(document.value["\u{E9}"] == 1)
    #expect(document.value["e\u{301}"] == 2)
  }
}
