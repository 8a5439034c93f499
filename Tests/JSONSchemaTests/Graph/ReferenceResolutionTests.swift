import JSON
import JSONSchema
import Testing

struct ReferenceResolutionTests {
  struct Example: CustomTestStringConvertible {
    let reference: String
    let uri: String

    init(_ reference: String, _ uri: String) {
      self.reference = reference
      self.uri = uri
    }

    var testDescription: String { "'\(reference)' is '\(uri)'" }
  }

  /// Spec: RFC 3986 §5.4.1, §5.4.2.
  static let examples: [Example] = [
    Example("g:h", "g:h"),
    Example("g", "http://a/b/c/g"),
    Example("./g", "http://a/b/c/g"),
    Example("g/", "http://a/b/c/g/"),
    Example("/g", "http://a/g"),
    Example("//g", "http://g"),
    Example("?y", "http://a/b/c/d;p?y"),
    Example("g?y", "http://a/b/c/g?y"),
    Example(";x", "http://a/b/c/;x"),
    Example("g;x", "http://a/b/c/g;x"),
    Example("g;x?y", "http://a/b/c/g;x?y"),
    Example(".", "http://a/b/c/"),
    Example("./", "http://a/b/c/"),
    Example("..", "http://a/b/"),
    Example("../", "http://a/b/"),
    Example("../g", "http://a/b/g"),
    Example("../..", "http://a/"),
    Example("../../", "http://a/"),
    Example("../../g", "http://a/g"),
    Example("../../../g", "http://a/g"),
    Example("../../../../g", "http://a/g"),
    Example("/./g", "http://a/g"),
    Example("/../g", "http://a/g"),
    Example("g.", "http://a/b/c/g."),
    Example(".g", "http://a/b/c/.g"),
    Example("g..", "http://a/b/c/g.."),
    Example("..g", "http://a/b/c/..g"),
    Example("./../g", "http://a/b/g"),
    Example("./g/.", "http://a/b/c/g/"),
    Example("g/./h", "http://a/b/c/g/h"),
    Example("g/../h", "http://a/b/c/h"),
    Example("g;x=1/./y", "http://a/b/c/g;x=1/y"),
    Example("g;x=1/../y", "http://a/b/c/y"),
    Example("g?y/./x", "http://a/b/c/g?y/./x"),
    Example("g?y/../x", "http://a/b/c/g?y/../x"),
  ]

  @Test(arguments: examples)
  func `references are read against the base as RFC 3986 has it`(example: Example) throws {
    var registry = SchemaRegistry()
    registry.add(["const": "reached"], uri: example.uri)
    let schema = try SchemaCompiler(registry: registry)
      .compile(["$id": "http://a/b/c/d;p?q", "$ref": .string(example.reference)])
    #expect(schema.isValid("reached"))
    #expect(!schema.isValid("missed"))
  }

  @Test func `pointers are undone from percent-encoding and from their own escapes`() throws {
    let schema = try SchemaCompiler().compile([
      "$ref": "#/$defs/a~1b%25~0c", "$defs": ["a/b%~c": ["const": 1]],
    ])
    #expect(schema.isValid(1))
    #expect(!schema.isValid(2))
  }

  @Test func `a document is found by the identifier of its root and of schemas in it`() throws {
    var registry = SchemaRegistry()
    registry.add(
      ["$id": "urn:outer", "$defs": ["in": ["$id": "urn:inner", "const": 1]], "const": 2],
      uri: "file:///x.json"
    )
    let compiler = SchemaCompiler(registry: registry)
    #expect(try compiler.compile("urn:inner").isValid(1))
    #expect(try compiler.compile("urn:outer").isValid(2))
    #expect(try compiler.compile("file:///x.json").isValid(2))
    #expect(try compiler.compile("file:///x.json#/$defs/in").isValid(1))
  }
}
