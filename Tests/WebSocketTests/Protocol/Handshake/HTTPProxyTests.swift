import Testing

@testable import WebSocket

struct HTTPProxyTests {
  @Test(arguments: [
    ("http://proxy.example:3128", "proxy.example:3128"),
    ("http://proxy.example:3128/", "proxy.example:3128"),
    ("proxy.example:3128", "proxy.example:3128"),
    ("HTTP://proxy.example", "proxy.example:80"),
    ("http://[::1]:8080", "::1:8080"),
    ("socks5://proxy.example:1080", nil),
    ("http://", nil),
    ("http://proxy.example:99999", nil),
  ])
  func `a proxy is read as the environment names it`(text: String, place: String?) {
    let proxy = HTTPProxy(text)
    #expect(proxy.map { "\($0.host):\($0.port)" } == place)
    #expect(proxy?.authorization == nil)
  }

  @Test func `the request names the server with its port, and who asks`() throws {
    let proxy = try #require(HTTPProxy("http://user:p%40ss@proxy.example:3128"))
    let url = try WebSocketURL("wss://server.example/ws")
    #expect(
      String(decoding: proxy.request(for: url).bytes, as: UTF8.self) == """
        CONNECT server.example:443 HTTP/1.1\r
        Host: server.example:443\r
        Proxy-Authorization: Basic dXNlcjpwQHNz\r
        \r\n
        """
    )
  }

  @Test(arguments: [
    ("localhost", "localhost,127.0.0.1", true),
    ("api.internal.example", "other, .internal.example", true),
    ("API.internal.example", "internal.example", true),
    ("notinternal.example", "internal.example", false),
    ("server.example", "*", true),
    ("server.example", "", false),
  ])
  func `exceptions are names and what is below them`(
    host: String,
    exceptions: String,
    isException: Bool
  ) {
    let url = WebSocketURL(host: host, port: 80)
    #expect(HTTPProxy.isException(url, in: exceptions) == isException)
  }
}
