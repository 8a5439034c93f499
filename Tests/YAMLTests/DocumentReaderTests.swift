import Foundation
import JSON
import TestSupport
import Testing
import YAML

struct DocumentReaderTests {
  private func write(_ bytes: [UInt8], _ name: String, in folder: String) throws -> String {
    let path = folder + "/" + name
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  @Test(arguments: ["a.json", "a.yaml", "a.yml", "a"])
  func `JSON is read as JSON whatever the name`(name: String) async throws {
    try await withTemporaryFolder { folder in
      let path = try write(Array("\n {\"a\": [1.0]}".utf8), name, in: folder)
      let read = try DocumentReader.read(contentsOf: path)
      #expect(read.value.text() == #"{"a":[1.0]}"#)
      #expect(read.location(of: JSONPointer(tokens: ["a", "0"])).description == path + ":2:9")
    }
  }

  @Test func `YAML is read as YAML`() async throws {
    try await withTemporaryFolder { folder in
      let path = try write(Array("a:\n  - no\n".utf8), "a.yaml", in: folder)
      let read = try DocumentReader.read(contentsOf: path)
      #expect(read.value == ["a": ["no"]])
      #expect(read.location(of: JSONPointer(tokens: ["a", "0"])).description == path + ":2:5")
    }
  }

  @Test func `a byte order mark does no harm`() throws {
    let bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
    #expect(try DocumentReader.parse(bytes: bytes + "{}".utf8, file: "a.json").value == [:])
    #expect(try DocumentReader.parse(bytes: bytes + "a: 1".utf8, file: "a.yaml").value == ["a": 1])
  }

  @Test func `files that cannot be read are reported in plain words`() async throws {
    try await withTemporaryFolder { folder in
      let missing = #expect(throws: DocumentError.self) {
        try DocumentReader.read(contentsOf: folder + "/no.yaml")
      }
      #expect(missing?.description == "\(folder)/no.yaml: error: there is no such file")
      let directory = #expect(throws: DocumentError.self) {
        try DocumentReader.read(contentsOf: folder)
      }
      #expect(directory?.description == "\(folder): error: this is a folder; expected a file")
      let path = try write([0x61, 0x3A, 0x0A, 0xC3, 0xA9, 0xFF, 0x0A], "latin.yaml", in: folder)
      let latin = #expect(throws: DocumentError.self) { try DocumentReader.read(contentsOf: path) }
      #expect(
        latin?.description == "\(path):2:2: error: byte 0xFF is not UTF-8; save the file as UTF-8"
      )
      let below = #expect(throws: DocumentError.self) {
        try DocumentReader.read(contentsOf: path + "/x.yaml")
      }
      #expect(
        below?.description == "\(path)/x.yaml: error: the file cannot be read: not a directory"
      )
    }
  }

  @Test func `YAML that begins like JSON is read as YAML`() throws {
    #expect(try DocumentReader.parse(text: "{a: 1, }", file: "a.yaml").value == ["a": 1])
    #expect(throws: DocumentError.self) { try DocumentReader.parse(text: "{a: 1}", file: "a.json") }
  }

  static let wrong: [(text: String, file: String, message: String)] = [
    (
      "{\"a\": 1 \"b\": 2}", "a.yaml",
      "a.yaml:1:9: error: found '\"', expected ',' or '}'"
    ),
    ("a: 1", "a.json", "a.json:1:1: error: 'a' is no JSON value; did you mean the string \"a\"?"),
    (
      "a: b: c", "a.yaml",
      "a.yaml:1:5: error: a ':' that makes no mapping here; quote the text or check the indentation"
    ),
    ("", "a.json", "a.json:1:1: error: the text is empty; a JSON value was expected"),
    (
      "{\n \"a\": \"b", "a.json",
      "a.json:2:7: error: the file is cut off: the string has no closing quote"
    ),
    (
      "{\"a\": [1,", "a.yaml",
      "a.yaml:1:10: error: the file is cut off: found the end of the text, expected a value"
    ),
  ]

  @Test(arguments: wrong)
  func `a wrong document gets the message of its format`(
    text: String,
    file: String,
    message: String
  ) {
    let error = #expect(throws: DocumentError.self) {
      try DocumentReader.parse(text: text, file: file)
    }
    #expect(error?.description == message)
  }
}
