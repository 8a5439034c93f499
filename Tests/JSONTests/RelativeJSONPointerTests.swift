import JSON
import Testing

/// Spec: draft-bhutton-relative-json-pointer-00.
struct RelativeJSONPointerTests {
  static let document = #"{"foo":["bar","baz","biz"],"highly":{"nested":{"objects":true}}}"#

  /// The examples of §5.1.
  static let examples: [(start: String, relative: String, value: JSONValue)] = [
    ("/foo/1", "0", "baz"), ("/foo/1", "1/0", "bar"), ("/foo/1", "0-1", "bar"),
    ("/foo/1", "0+1", "biz"), ("/foo/1", "2/highly/nested/objects", true), ("/foo/1", "0#", 1),
    ("/foo/1", "0-1#", 0), ("/foo/1", "0+1#", 2), ("/foo/1", "1#", "foo"),
    ("/highly/nested", "0/objects", true), ("/highly/nested", "1/nested/objects", true),
    ("/highly/nested", "2/foo/0", "bar"), ("/highly/nested", "0#", "nested"),
    ("/highly/nested", "1#", "highly"),
  ]

  @Test(arguments: examples)
  func `the examples of the draft lead where it says`(
    start: String,
    relative: String,
    value: JSONValue
  ) throws {
    let document = try JSONValue.parse(Self.document)
    let pointer = try #require(RelativeJSONPointer(relative))
    let base = try #require(JSONPointer(start))
    #expect(pointer.evaluate(from: base, in: document) == value)
    #expect(pointer.description == relative)
  }

  static let nowhere = [
    ("/foo/1", "3"), ("/foo/0", "0-1"), ("/foo/2", "0+1"), ("/highly", "0+1"), ("", "0#"),
    ("/foo/1", "0-1/x"), ("/foo/1", "99999999999999999999"),
  ]

  @Test(arguments: nowhere)
  func `a relative pointer may lead nowhere`(start: String, relative: String) throws {
    let document = try JSONValue.parse(Self.document)
    let pointer = try #require(RelativeJSONPointer(relative))
    let base = try #require(JSONPointer(start))
    #expect(pointer.evaluate(from: base, in: document) == nil)
  }

  @Test(arguments: [
    "", "/foo", "-1/foo", "+1/foo", "01", "0##", "01/a", "01#", "0+", "0+01", "a", "0#/a", "٣",
  ])
  func `other texts are no relative pointers`(text: String) {
    #expect(RelativeJSONPointer(text) == nil)
  }
}
