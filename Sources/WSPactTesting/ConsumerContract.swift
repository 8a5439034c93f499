import Contract
import JSON
import Session
import Synchronization
import WebSocket

/// What a consumer relies on a provider for, written down by the consumer's own tests.
///
/// ```swift
/// let prices = ConsumerContract(consumer: "web", provider: "prices")
///
/// @Test func `a subscription is confirmed`() async throws {
///   try await prices.check(
///     .uponReceiving("a subscription")
///       .send(["op": "subscribe", "id": .integer(1)])
///       .expect(["op": "subscribed", "id": .integer(1)])
///       .correlated(by: "id")
///   ) { mock in
///     let client = try await PriceClient(url: mock.url)
///     try #require(await client.subscribe())
///   }
/// }
/// ```
public struct ConsumerContract: Sendable {
  /// The consumer's name.
  public let consumer: String
  /// The provider's name.
  public let provider: String
  /// The file that is written.
  public let file: String
  /// Where every message carries the value that tells its kind, as a name or JSON Pointer.
  public let kindAt: String?

  /// Names a contract.
  ///
  /// - Parameters:
  ///   - consumer: The consumer's name.
  ///   - provider: The provider's name.
  ///   - folder: The folder of the file `CONSUMER-PROVIDER.json`.
  ///   - kindAt: Where messages carry the value that tells their kind (`type`), if they do; it helps
  ///     whoever verifies to tell them apart.
  public init(
    consumer: String,
    provider: String,
    folder: String = "contracts",
    kindAt: String? = nil
  ) {
    self.consumer = consumer
    self.provider = provider
    self.kindAt = kindAt
    file = "\(folder)/\(consumer)-\(provider).json"
  }

  /// How long is waited for interactions that have not taken place when the test is over: 1 s.
  private static let patience = Duration.seconds(1)

  /// Runs a test against a provider that answers as described, and writes the contract when it passes.
  ///
  /// The test passes when `body` returns, every interaction has taken place, and nothing came that is not
  /// described. A failed `#expect` or `XCTAssert` throws nothing and no library is told of it, so that
  /// `body` returns and the contract is written; use `try #require` or `XCTUnwrap`, which throw, or say
  /// in `passes` whether what was expected is so. Interactions that take place on one connection are played on one connection, in the
  /// order in which they are described, when the provider is verified. Nothing is written otherwise.
  ///
  /// - Parameters:
  ///   - interactions: What the consumer relies on.
  ///   - passes: Asked after `body`: whether its expectations were met, where these do not throw.
  ///   - body: The test; it lets the consumer connect to the provider's URL.
  /// - Returns: What `body` returned.
  /// - Throws: ``ContractTestFailure``, or what `body` threw.
  @discardableResult
  public nonisolated(nonsending) func check<Outcome>(
    _ interactions: ConsumerInteraction...,
    passes: () -> Bool = { true },
    _ body: nonisolated(nonsending) (MockProvider) async throws -> Outcome
  ) async throws -> Outcome {
    try await check(interactions, passes: passes, body)
  }

  /// The same for interactions that are in a list.
  ///
  /// - Parameters:
  ///   - interactions: What the consumer relies on.
  ///   - passes: Asked after `body`: whether its expectations were met, where these do not throw.
  ///   - body: The test; it lets the consumer connect to the provider's URL.
  /// - Returns: What `body` returned.
  /// - Throws: ``ContractTestFailure``, or what `body` threw.
  @discardableResult
  public nonisolated(nonsending) func check<Outcome>(
    _ interactions: [ConsumerInteraction],
    passes: () -> Bool = { true },
    _ body: nonisolated(nonsending) (MockProvider) async throws -> Outcome
  ) async throws -> Outcome {
    let described = try described(interactions)
    let (finished, source) = AsyncStream.makeStream(of: Void.self)
    let service = Mutex<MockService?>(nil)
    let server = try await WebSocketServer.start { loop in
      let mock = MockService(described, loop: loop) { source.finish() }
      service.withLock { $0 = mock }
      return mock
    }
    let target = interactions.lazy.compactMap(\.facts.connection).first?.target ?? "/"
    let result: Result<Outcome, any Error>
    do {
      result = .success(try await body(MockProvider(port: server.port, target: target)))
      await Self.wait(for: finished)
    } catch {
      result = .failure(error)
    }
    let record = await service.withLock { $0 }?.outcome ?? MockService.Record()
    await server.shutdown()
    source.finish()
    let outcome = try judge(result, record, described)
    if passes() { try write(described, record) }
    return outcome
  }

  /// Drops the interactions that no check of this process has written, as their tests are gone.
  ///
  /// To be called at the very end of a run of all tests: what a filtered run leaves out would be dropped
  /// too. Nothing is dropped when no check has written the file.
  ///
  /// - Returns: The descriptions of what was dropped, in the order of the file.
  /// - Throws: ``ContractTestFailure`` when the file cannot be read or written.
  @discardableResult
  public func prune() throws -> [String] { try ContractStore(file: file).prune() }

  private func described(_ interactions: [ConsumerInteraction]) throws -> [Interaction] {
    var mistakes = interactions.compactMap(\.mistake)
    if interactions.isEmpty { mistakes.append("no interaction is described") }
    var seen: Set<String> = []
    for interaction in interactions where !seen.insert(interaction.description).inserted {
      mistakes.append("'\(interaction.description)' is described twice")
    }
    for interaction in interactions {
      guard case .interaction(let cause) = interaction.cause, !seen.contains(cause) else {
        continue
      }
      let near = nearestName(to: cause, in: seen.sorted()).map { "; did you mean '\($0)'?" } ?? ""
      mistakes.append(
        "'\(interaction.description)' follows '\(cause)', which is not described\(near)"
      )
    }
    guard mistakes.isEmpty else { throw ContractTestFailure(mistakes: mistakes) }
    let identity = kindAt.flatMap { JSONPointer(place: $0) }
    return interactions.map { $0.interaction(identity: identity) }
  }

  /// Waits until every interaction has taken place: what a consumer sent last may still be on its way.
  private nonisolated(nonsending) static func wait(for finished: AsyncStream<Void>) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { for await _ in finished {} }
      group.addTask { try? await Task.sleep(for: patience) }
      await group.next()
      group.cancelAll()
    }
  }

  private func judge<Outcome>(
    _ result: Result<Outcome, any Error>,
    _ record: MockService.Record,
    _ interactions: [Interaction]
  ) throws -> Outcome {
    let missing = interactions.indices.filter { record.connections[$0] == nil }.map {
      interactions[$0].description
    }
    switch result {
    case .success(let outcome) where missing.isEmpty && record.surprises.isEmpty: return outcome
    case .success:
      throw ContractTestFailure(missing: missing, surprises: record.surprises)
    case .failure(let error) where record.surprises.isEmpty: throw error
    case .failure(let error):
      throw ContractTestFailure(
        missing: missing,
        surprises: record.surprises,
        underlying: "\(error)"
      )
    }
  }

  private func write(_ interactions: [Interaction], _ record: MockService.Record) throws {
    var written = interactions
    let connections = Dictionary(grouping: interactions.indices) { record.connections[$0] ?? 0 }
    for indices in connections.values where indices.count > 1 {
      let name = interactions[indices[0]].description
      for (position, index) in indices.enumerated() {
        written[index].facts.conversation = ConversationFacts(name: name, position: position + 1)
      }
    }
    try ContractStore(file: file).add(written, consumer: consumer, provider: provider)
  }
}

extension ConnectionFacts {
  /// Path and query as a consumer asks for them.
  fileprivate var target: String {
    guard !query.isEmpty else { return path }
    return path + "?"
      + query.map { "\($0.name.escaped)=\($0.value.escaped)" }.joined(separator: "&")
  }
}

extension String {
  /// The text as a part of a query.
  ///
  /// Spec: RFC 3986 §2.3 (unreserved characters).
  fileprivate var escaped: String {
    utf8.reduce(into: "") { text, byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
        text.unicodeScalars.append(UnicodeScalar(byte))
      default:
        let hex = String(byte, radix: 16, uppercase: true)
        text += "%" + (hex.count == 1 ? "0" : "") + hex
      }
    }
  }
}
