/// A provider that runs during one test.
public struct MockProvider: Sendable {
  /// Where it listens, without a path.
  let port: Int
  /// The path of the first interaction that names one, with its query.
  let target: String

  /// Where the consumer has to connect: `ws://127.0.0.1:PORT/path`.
  public var url: String { url(target) }

  /// The URL of another path.
  ///
  /// - Parameter target: A path, with a query where that is needed.
  /// - Returns: The URL on this provider.
  public func url(_ target: String) -> String {
    "ws://127.0.0.1:\(port)" + (target.hasPrefix("/") ? "" : "/") + target
  }
}
