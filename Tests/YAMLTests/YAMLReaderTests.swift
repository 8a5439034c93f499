import JSON
import Testing
import YAML

struct YAMLReaderTests {
  @Test func `a mapping becomes an object with its places`() throws {
    let read = try YAMLReader.parse("a: 1\nb:\n  - x\n  - {c: 2.50}\n", file: "t.yaml")
    #expect(read.value.text() == #"{"a":1,"b":["x",{"c":2.50}]}"#)
    #expect(read.location(of: JSONPointer(tokens: ["b", "1", "c"])).description == "t.yaml:4:9")
    #expect(read.keyLocation(of: JSONPointer(tokens: ["b", "1", "c"])).description == "t.yaml:4:6")
  }
}
