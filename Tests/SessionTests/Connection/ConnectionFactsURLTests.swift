import Contract
import Session
import Testing
import WebSocket

struct ConnectionFactsURLTests {
  struct Example: CustomTestStringConvertible {
    let provider: String
    let facts: ConnectionFacts
    let url: String
    let why: String
    var testDescription: String { why }
  }

  private static func query(_ name: String, _ value: String) -> [NameAndValue] {
    [NameAndValue(name: name, value: value)]
  }

  static let examples = [
    Example(
      provider: "ws://h:1",
      facts: ConnectionFacts(path: "/ws"),
      url: "ws://h:1/ws",
      why: "the path comes from the facts"
    ),
    Example(
      provider: "ws://h:1/other",
      facts: ConnectionFacts(path: "/ws"),
      url: "ws://h:1/ws",
      why: "the path of the facts replaces the provider's"
    ),
    Example(
      provider: "ws://h:1/api/ws",
      facts: ConnectionFacts(path: "/ws"),
      url: "ws://h:1/api/ws",
      why: "a provider behind a prefix keeps it"
    ),
    Example(
      provider: "ws://h:1/ws",
      facts: ConnectionFacts(path: "/"),
      url: "ws://h:1/ws",
      why: "a path that says nothing leaves the provider's"
    ),
    Example(
      provider: "ws://h:1/ws?token=new",
      facts: ConnectionFacts(path: "/ws", query: query("token", "old") + query("room", "a b")),
      url: "ws://h:1/ws?room=a%20b&token=new",
      why: "a parameter of the provider's URL wins"
    ),
  ]

  @Test(arguments: examples)
  func `facts of a connection and the provider's URL become one`(example: Example) throws {
    let url = example.facts.url(at: try WebSocketURL(example.provider))
    #expect("\(url)" == example.url)
  }
}
