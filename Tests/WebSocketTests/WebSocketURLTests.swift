import Testing
import WebSocket

struct WebSocketURLTests {
  struct Good: CustomTestStringConvertible {
    let text: String
    let url: WebSocketURL
    var written: String?
    var testDescription: String { text }
  }

  static let good = [
    Good(
      text: "ws://127.0.0.1:8080/ws",
      url: WebSocketURL(host: "127.0.0.1", port: 8080, path: "/ws")
    ),
    Good(text: "ws://host", url: WebSocketURL(host: "host", port: 80), written: "ws://host/"),
    Good(
      text: "WSS://host/a?b=c&d",
      url: WebSocketURL(scheme: .wss, host: "host", port: 443, path: "/a?b=c&d"),
      written: "wss://host/a?b=c&d"
    ),
    Good(
      text: "ws://[::1]:9000?x",
      url: WebSocketURL(host: "::1", port: 9000, path: "/?x"),
      written: "ws://[::1]:9000/?x"
    ),
    Good(text: "ws://[::1]/", url: WebSocketURL(host: "::1", port: 80)),
    Good(
      text: "ws://host:/x",
      url: WebSocketURL(host: "host", port: 80, path: "/x"),
      written: "ws://host/x"
    ),
    Good(
      text: "wss://host:80/",
      url: WebSocketURL(scheme: .wss, host: "host", port: 80)
    ),
  ]

  @Test(arguments: good)
  func `a URL is read and written`(good: Good) throws {
    #expect(try WebSocketURL(good.text) == good.url)
    #expect(good.url.description == good.written ?? good.text)
  }

  struct Bad: CustomTestStringConvertible {
    let text: String
    let message: String
    var testDescription: String { text }
  }

  static let bad = [
    Bad(
      text: "localhost:80",
      message: "'localhost:80' has no scheme; write ws://HOST:PORT/PATH"
    ),
    Bad(text: "http://h", message: "'http://h' begins with http; write ws:// instead"),
    Bad(text: "https://h", message: "'https://h' begins with https; write wss:// instead"),
    Bad(
      text: "ftp://h",
      message: "'ftp://h' has the scheme 'ftp'; write ws://HOST:PORT/PATH"
    ),
    Bad(text: "ws:///x", message: "'ws:///x' names no host; write ws://HOST:PORT/PATH"),
    Bad(
      text: "ws://h:0",
      message: "'ws://h:0' has the port '0'; a port is a number from 1 to 65535"
    ),
    Bad(
      text: "ws://h:+1",
      message: "'ws://h:+1' has the port '+1'; a port is a number from 1 to 65535"
    ),
    Bad(
      text: "ws://h:65536",
      message: "'ws://h:65536' has the port '65536'; a port is a number from 1 to 65535"
    ),
    Bad(
      text: "ws://::1/",
      message:
        "'ws://::1/' has a host that cannot be read; an IPv6 address stands in brackets"
    ),
    Bad(
      text: "ws://[::1",
      message: "'ws://[::1' has a host that cannot be read; an IPv6 address stands in brackets"
    ),
    Bad(
      text: "ws://u:p@h/",
      message: "'ws://u:p@h/' has a user name in it; give an Authorization header instead"
    ),
    Bad(
      text: "ws://h/#a",
      message: "'ws://h/#a' has a '#' in it, which a WebSocket URL may not have; write %23"
    ),
    Bad(
      text: "ws://h/a b",
      message:
        "'ws://h/a b' has a space, a control character or one outside ASCII; percent-encode it"
    ),
  ]

  @Test(arguments: bad)
  func `a text that is no URL is told what would work`(bad: Bad) {
    let error = #expect(throws: WebSocketURLError.self) { try WebSocketURL(bad.text) }
    #expect(error?.description == bad.message)
  }

  @Test func `path and query are appended with the right signs between`() throws {
    let url = try WebSocketURL("ws://h:1/base/?a=1")
    #expect(url.appending(path: "ws").description == "ws://h:1/base/ws?a=1")
    #expect(url.appending(path: "/thread:1/x y").description == "ws://h:1/base/thread:1/x%20y?a=1")
    #expect(url.appending(query: "b=2").description == "ws://h:1/base/?a=1&b=2")
    let items = [(name: "token", value: "a b&c"), (name: "n", value: "é")]
    #expect(
      url.appending(path: "", query: items).description
        == "ws://h:1/base/?a=1&token=a%20b%26c&n=%C3%A9"
    )
    #expect(try WebSocketURL("ws://h").appending(path: "ws").description == "ws://h/ws")
  }

  @Test func `the Host header names the port only when it is another one`() throws {
    #expect(try WebSocketURL("ws://h/").hostHeader == "h")
    #expect(try WebSocketURL("ws://h:443/").hostHeader == "h:443")
    #expect(try WebSocketURL("ws://[::1]:1/").hostHeader == "[::1]:1")
  }
}
