import JSON
import Testing

/// Spec: RFC 6901.
struct JSONPointerTests {
  static let document = #"""
    {
      "foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6,
      " ": 7, "m~n": 8
    }
    """#

  static let examples: [(pointer: String, fragment: String, value: JSONValue)] = [
    ("/foo", "/foo", ["bar", "baz"]), ("/foo/0", "/foo/0", "bar"), ("/", "/", 0),
    ("/a~1b", "/a~1b", 1), ("/c%d", "/c%25d", 2), ("/e^f", "/e%5Ef", 3), ("/g|h", "/g%7Ch", 4),
    ("/i\\j", "/i%5Cj", 5), ("/k\"l", "/k%22l", 6), ("/ ", "/%20", 7), ("/m~0n", "/m~0n", 8),
  ]

  @Test(arguments: examples)
  func `the examples of RFC 6901 lead where it says`(
    pointer: String,
    fragment: String,
    value: JSONValue
  ) throws {
    let document = try JSONDocument(parsing: Self.document)
    let path = try #require(JSONPointer(pointer))
    #expect(document.value[path] == value)
    #expect(path.description == pointer)
    #expect(path.fragment == fragment)
    #expect(JSONPointer(fragment: fragment) == path)
    let found = document.withTape { tape in tape.node(at: path).map { tape.value(of: $0.value) } }
    #expect(found == value)
  }

  @Test func `the empty pointer is the whole document`() throws {
    let value = try JSONValue.parse(Self.document)
    let pointer = try #require(JSONPointer(""))
    #expect(value[pointer] == value)
    #expect(JSONPointer.root.isRoot)
  }

  @Test(arguments: [
    "/foo/2", "/foo/-", "/foo/01", "/foo/+1", "/foo/1 ", "/bar", "/foo/0/x", "/foo/",
  ])
  func `a pointer may lead nowhere`(pointer: String) throws {
    let document = try JSONDocument(parsing: Self.document)
    let path = try #require(JSONPointer(pointer))
    #expect(document.value[path] == nil)
    #expect(document.withTape { $0.node(at: path) == nil })
  }

  @Test(arguments: ["foo", "~", "/~", "/~2", "/a~", "#/a", "0"])
  func `other texts are no pointers`(text: String) {
    #expect(JSONPointer(text) == nil)
  }

  @Test(arguments: ["/%", "/%2", "/%GG", "/%FF", "x"])
  func `other fragments are no pointers`(text: String) {
    #expect(JSONPointer(fragment: text) == nil)
  }

  @Test func `tokens are not changed by Unicode normalisation`() throws {
    #expect(JSONPointer(tokens: ["\u{E9}"]) != JSONPointer(tokens: ["e\u{301}"]))
    let value = try JSONValue.parse("{\"\u{E9}\":1,\"e\u{301}\":2}")
    #expect(value[JSONPointer(tokens: ["\u{E9}"])] == 1)
    #expect(value[JSONPointer(tokens: ["e\u{301}"])] == 2)
    let combining = try JSONValue.parse("{\"\u{301}/~\":3}")
    let path = JSONPointer(tokens: ["\u{301}/~"])
    #expect(combining[path] == 3)
    #expect(path.description == "/\u{301}~1~0")
    #expect(JSONPointer(path.description) == path)
  }

  @Test func `a path starts with the paths above it`() throws {
    let path = try #require(JSONPointer("/a/b/0"))
    #expect(path.starts(with: .root))
    #expect(path.starts(with: path))
    #expect(path.starts(with: path.parent))
    #expect(!path.parent.starts(with: path))
    #expect(!path.starts(with: JSONPointer(tokens: ["b"])))
    #expect(JSONPointer(tokens: ["a"]).appending(JSONPointer(tokens: ["b", "0"])) == path)
  }

  @Test func `every node of a tape has a path that leads back to it`() throws {
    let document = try JSONDocument(
      parsing: #"{"a":[1,{"b":[[],{}]},"x"],"c/d":{"~":null,"":[0]}}"#
    )
    document.withTape { tape in
      for node in 0..<tape.count where tape.kind(of: node) != .end {
        let path = tape.pointer(to: node)
        let found = tape.node(at: path)
        #expect(tape.kind(of: node) == .key ? found?.key == node : found?.value == node)
      }
    }
  }

  // MARK: Changing values

  static let changes: [(path: String, expected: String)] = [
    ("", "9"), ("/a", #"{"a":9,"c":3}"#), ("/a/0", #"{"a":[9,{"b":2}],"c":3}"#),
    ("/a/1/b", #"{"a":[1,{"b":9}],"c":3}"#), ("/a/1/new", #"{"a":[1,{"b":2,"new":9}],"c":3}"#),
    ("/a/2", #"{"a":[1,{"b":2},9],"c":3}"#), ("/a/-", #"{"a":[1,{"b":2},9],"c":3}"#),
    ("/new", #"{"a":[1,{"b":2}],"c":3,"new":9}"#),
  ]

  @Test(arguments: changes)
  func `a value is put at a path`(path: String, expected: String) throws {
    var value = try JSONValue.parse(#"{"a":[1,{"b":2}],"c":3}"#)
    let isSet = value.set(9, at: try #require(JSONPointer(path)))
    #expect(isSet)
    #expect(value.text() == expected)
  }

  @Test(arguments: ["/a/3", "/a/x", "/x/y", "/c/d", "/a/0/b"])
  func `a path that leads nowhere changes nothing`(path: String) throws {
    let text = #"{"a":[1,{"b":2}],"c":3}"#
    var value = try JSONValue.parse(text)
    let pointer = try #require(JSONPointer(path))
    let answers = (value.set(9, at: pointer), value.insert(9, at: pointer))
    #expect(answers == (false, false))
    let removed = value.remove(at: pointer)
    #expect(removed == nil)
    #expect(value.text() == text)
  }

  @Test func `items are inserted and removed`() throws {
    var value = try JSONValue.parse(#"{"a":[1,2],"b":1}"#)
    let inserted = [
      value.insert(0, at: try #require(JSONPointer("/a/0"))),
      value.insert(3, at: try #require(JSONPointer("/a/-"))),
    ]
    #expect(inserted == [true, true])
    #expect(value.text() == #"{"a":[0,1,2,3],"b":1}"#)
    let removed = [
      value.remove(at: try #require(JSONPointer("/a/1"))),
      value.remove(at: try #require(JSONPointer("/b"))),
    ]
    #expect(removed == [1, 1])
    #expect(value.text() == #"{"a":[0,2,3]}"#)
  }
}
