package import Contract
package import WebSocket

extension ConnectionFacts {
  /// Where a connection with these facts goes at a provider.
  ///
  /// The path replaces the provider's, unless it is the plain `/` or the end of the provider's path
  /// (a provider behind a prefix). Of query parameters of one name the provider's wins: a recorded
  /// token is older than the one that was just given.
  package func url(at provider: WebSocketURL) -> WebSocketURL {
    var url = provider
    let own = provider.path.prefix { $0 != "?" }
    if path != "/", !path.isEmpty, !own.hasSuffix(path) {
      url.path = path
    } else {
      url.path = String(own)
    }
    let given = provider.query
    let names = (given ?? "").split(separator: "&").map { $0.prefix { $0 != "=" } }
    let added = query.filter { item in !names.contains { $0 == item.name } }
    return url.appending(query: added.map { ($0.name, $0.value) }).appending(query: given)
  }

  /// The headers, as a handshake has them.
  var headerFields: [HeaderField] { headers.map { HeaderField($0.name, $0.value) } }
}
