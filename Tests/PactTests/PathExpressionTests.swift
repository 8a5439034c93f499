import JSON
import Testing

@testable import Pact

struct PathExpressionTests {
  struct Readable: CustomTestStringConvertible {
    let text: String
    let tokens: [PathExpression.Token]
    var testDescription: String { text }
  }

  static let readable = [
    Readable(text: "$", tokens: [.root]),
    Readable(text: "$.a", tokens: [.root, .name("a")]),
    Readable(text: "a.b", tokens: [.root, .name("a"), .name("b")]),
    Readable(text: "$.a-b:c#d@e_1", tokens: [.root, .name("a-b:c#d@e_1")]),
    Readable(text: "$['a b']", tokens: [.root, .name("a b")]),
    Readable(text: "$[0]", tokens: [.root, .index(0)]),
    Readable(text: "$[*].id", tokens: [.root, .anyItem, .name("id")]),
    Readable(text: "$.*.*", tokens: [.root, .anyChild, .anyChild]),
    Readable(text: "$.items[12]['x']", tokens: [.root, .name("items"), .index(12), .name("x")]),
    Readable(text: "$.\u{65E5}", tokens: [.root, .name("\u{65E5}")]),
    Readable(text: "", tokens: []),
  ]

  @Test(arguments: readable)
  func `paths are read as the official engine reads them`(example: Readable) throws {
    #expect(try PathExpression(example.text).tokens == example.tokens)
  }

  struct Unreadable: CustomTestStringConvertible {
    let text: String
    let offset: Int
    let hint: String
    var testDescription: String { text }
  }

  static let unreadable = [
    Unreadable(text: "$[\"a\"]", offset: 2, hint: "single quotes"),
    Unreadable(text: "$..a", offset: 2, hint: "'..' is not supported"),
    Unreadable(text: "$.", offset: 2, hint: "should follow the point"),
    Unreadable(text: "$[?(@.a)]", offset: 2, hint: "filters"),
    Unreadable(text: "$[-1]", offset: 2, hint: "negative"),
    Unreadable(text: "$[0:2]", offset: 3, hint: "slices"),
    Unreadable(text: "$[]", offset: 2, hint: "nothing stands in the brackets"),
    Unreadable(text: "$['']", offset: 3, hint: "empty"),
    Unreadable(text: "$['a", offset: 2, hint: "never closed"),
    Unreadable(text: "$['it\\'s']", offset: 7, hint: "']' should stand"),
    Unreadable(text: "$a", offset: 1, hint: "'.' or '['"),
    Unreadable(text: ".a", offset: 0, hint: "begins with '$'"),
    Unreadable(text: "$.a b", offset: 3, hint: "quote it"),
    Unreadable(text: "$[99999999999999999999]", offset: 2, hint: "too large"),
  ]

  @Test(arguments: unreadable)
  func `what is no path is told with its place`(example: Unreadable) {
    let error = #expect(throws: PathExpressionError.self) { try PathExpression(example.text) }
    #expect(error?.offset == example.offset)
    #expect(error?.reason.contains(example.hint) == true, "\(error?.reason ?? "")")
  }

  struct Weighed: CustomTestStringConvertible {
    let path: String
    let weight: Int?
    var testDescription: String { "\(path) weighs \(weight.map { String($0) } ?? "nothing")" }
  }

  /// Weights for `$.item1.level[2].id`, from the table of the official engine's documentation, times
  /// the number of steps.
  static let weighed = [
    Weighed(path: "$", weight: 2),
    Weighed(path: "$.item1", weight: 4 * 2),
    Weighed(path: "$.item2", weight: nil),
    Weighed(path: "$.item1.level", weight: 8 * 3),
    Weighed(path: "$.item1.level[2].id", weight: 32 * 5),
    Weighed(path: "$.item1.level[1].id", weight: nil),
    Weighed(path: "$.item1.level[*].id", weight: 16 * 5),
    Weighed(path: "$.*.level[*].id", weight: 8 * 5),
    Weighed(path: "$.item1.level[*].name", weight: nil),
    Weighed(path: "$.item1.level[2].id.more", weight: nil),
    Weighed(path: "", weight: 0),
  ]

  @Test(arguments: weighed)
  func `a path weighs the product of its steps times their number`(example: Weighed) throws {
    let path = ValuePath.root.appending("item1").appending("level").appending(2).appending("id")
    #expect(try PathExpression(example.path).weight(of: path) == example.weight)
  }

  @Test func `[*] fits indexes and members that are numbers, .* fits all`() throws {
    let item = ValuePath.root.appending(3)
    let number = ValuePath.root.appending("3")
    let name = ValuePath.root.appending("x")
    let anyItem = try PathExpression("$[*]")
    let anyChild = try PathExpression("$.*")
    #expect(anyItem.weight(of: item) != nil)
    #expect(anyItem.weight(of: number) != nil)
    #expect(anyItem.weight(of: name) == nil)
    #expect([item, number, name].allSatisfy { anyChild.weight(of: $0) != nil })
  }

  @Test func `paths of values are written as people write them`() {
    let path = ValuePath.root.appending("messages").appending(0).appending("sent at")
    #expect(path.description == "$.messages[0]['sent at']")
    #expect(path.pointer.description == "/messages/0/sent at")
  }
}
