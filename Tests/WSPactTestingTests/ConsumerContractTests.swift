import Contract
import Foundation
import JSON
import Pact
import TestSupport
import Testing
import WSPactTesting
import WebSocket

/// Consumers that do, and do not do, what was described.
struct ConsumerContractTests {
  private static func connect(_ url: String) async throws -> ClientConnection {
    try await ClientConnection.connect(ConnectRequest(url: try WebSocketURL(url)))
  }

  /// Says something and waits for so many answers.
  private static func say(
    _ text: String,
    on connection: ClientConnection,
    answers: Int = 1
  ) async throws -> [String] {
    _ = try await connection.send(.text(text))
    return try await hear(answers, on: connection)
  }

  private static func hear(_ count: Int, on connection: ClientConnection) async throws -> [String] {
    var heard: [String] = []
    while heard.count < count {
      let deadline = MonotonicTime.now().advanced(by: .seconds(5))
      guard let event = try await connection.nextEvent(until: deadline) else { break }
      guard case .message(let message, _) = event else { break }
      heard.append(String(decoding: message.payload, as: UTF8.self))
    }
    return heard
  }

  private static let subscription = ConsumerInteraction.uponReceiving("a subscription")
    .given("prices exist", ["symbol": "ABC"])
    .on("/feed?v=2")
    .send(["op": "subscribe", "id": .integer(1), "symbols": .eachLike("ABC")])
    .expect(["op": "subscribed", "id": .integer(1)], named: "subscribed")
    .expect(
      ["op": "price", "id": .integer(1), "price": .decimal(1.5)],
      named: "price",
      atMost: nil
    )
    .correlated(by: "id")

  private func contract(in folder: String) -> ConsumerContract {
    ConsumerContract(consumer: "web", provider: "prices", folder: folder, kindAt: "op")
  }

  private func written(_ contract: ConsumerContract) throws -> PactFile? {
    guard let data = FileManager.default.contents(atPath: contract.file) else { return nil }
    return try PactFile.read(Array(data), file: contract.file).pact
  }

  // MARK: What is dropped

  @Test func `interactions whose tests are gone are dropped when that is asked for`() async throws {
    try await withTemporaryFolder { folder in
      let contract = contract(in: folder)
      #expect(try contract.prune() == [])
      func check(_ names: String...) async throws {
        let interactions = names.map {
          ConsumerInteraction.uponReceiving($0).send(["op": .text($0)])
            .expect(["op": "done"])
        }
        try await contract.check(interactions) { mock in
          let client = try await Self.connect(mock.url)
          for name in names { _ = try await Self.say(#"{"op":"\#(name)"}"#, on: client) }
          await client.close()
        }
      }
      try await check("kept")
      // As an earlier run has left it: one more interaction, which no test of this one describes.
      var pact = try #require(try written(contract))
      var gone = try #require(pact.interactions.first)
      gone.description = "gone"
      pact.interactions.append(gone)
      try Data(pact.bytes).write(to: URL(fileURLWithPath: contract.file))
      try await check("kept too")
      #expect(try written(contract)?.interactions.count == 3)
      #expect(try contract.prune() == ["gone"])
      #expect(try written(contract)?.interactions.map(\.description) == ["kept", "kept too"])
      #expect(try contract.prune() == [])
    }
  }

  // MARK: What passes

  @Test func `the mock answers as described, and the contract is written`() async throws {
    try await withTemporaryFolder { folder in
      let contract = contract(in: folder)
      try await contract.check(Self.subscription) { mock in
        #expect(mock.url.hasSuffix("/feed?v=2"))
        let client = try await Self.connect(mock.url)
        let text = #"{"op":"subscribe","id":77,"symbols":["X","Y"]}"#
        let heard = try await Self.say(text, on: client, answers: 2)
        #expect(
          heard == [#"{"op":"subscribed","id":77}"#, #"{"op":"price","id":77,"price":1.5}"#]
        )
        await client.close()
      }
      let pact = try #require(try written(contract))
      let interaction = try #require(pact.interactions.first)
      #expect(interaction.providerStates.map(\.name) == ["prices exist"])
      #expect(interaction.facts.connection?.query.map(\.name) == ["v"])
      #expect(interaction.facts.responses.map(\.maximum) == [1, nil])
      #expect(interaction.facts.identity?.description == "/op")
      #expect(interaction.facts.conversation == nil)
      guard case .exchange(let request, _) = interaction.content else {
        Issue.record("it is no exchange")
        return
      }
      #expect(request.matchingRules.body.map(\.path) == ["$.id", "$.symbols"])
    }
  }

  @Test func `interactions of one connection become a conversation`() async throws {
    try await withTemporaryFolder { folder in
      let contract = contract(in: folder)
      try await contract.check(
        .uponConnecting("hello").expect(["op": "hello"]),
        .uponReceiving("a login").send(["op": "login"]).expect(["op": "welcome"]),
        .following("a login", "news").expect(["op": "news"]),
        .uponReceiving("a goodbye").send(["op": "leave"]).expectClose(4_000)
      ) { mock in
        let client = try await Self.connect(mock.url)
        #expect(try await Self.hear(1, on: client) == [#"{"op":"hello"}"#])
        let heard = try await Self.say(#"{"op":"login"}"#, on: client, answers: 2)
        #expect(heard == [#"{"op":"welcome"}"#, #"{"op":"news"}"#])
        #expect(try await Self.say(#"{"op":"leave"}"#, on: client) == [])
        #expect(client.closure?.code == CloseCode(rawValue: 4_000))
      }
      let pact = try #require(try written(contract))
      let places = Dictionary(
        uniqueKeysWithValues: pact.interactions.map { ($0.description, $0.facts.conversation) }
      )
      #expect(places["hello"] == ConversationFacts(name: "hello", position: 1))
      #expect(places["a goodbye"] == ConversationFacts(name: "hello", position: 4))
      #expect(
        pact.interactions.first { $0.description == "news" }?.facts.trigger
          == .interaction("a login")
      )
    }
  }

  @Test func `what a client sends last counts although nobody waits for an answer`() async throws {
    try await withTemporaryFolder { folder in
      let contract = contract(in: folder)
      try await contract.check(.uponReceiving("a note").send(["op": "note"])) { mock in
        let client = try await Self.connect(mock.url)
        _ = try await client.send(.text(#"{"op":"note"}"#))
      }
      #expect(try written(contract)?.interactions.count == 1)
    }
  }

  @Test func `several tests add to one file, each in its place, and twice changes nothing`()
    async throws
  {
    try await withTemporaryFolder { folder in
      let contract = contract(in: folder)
      func check(_ name: String, _ answer: Example) async throws {
        try await contract.check(.uponReceiving(name).send(["op": "ask"]).expect(answer)) { mock in
          _ = try await Self.say(#"{"op":"ask"}"#, on: try await Self.connect(mock.url))
        }
      }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 1...8 {
          group.addTask { try await check("question \(number)", ["n": .integer(number)]) }
        }
        try await group.waitForAll()
      }
      let first = FileManager.default.contents(atPath: contract.file)
      #expect(try written(contract)?.interactions.count == 8)
      try await check("question 3", ["n": .integer(3)])
      #expect(FileManager.default.contents(atPath: contract.file) == first)
      try await check("question 3", ["n": .text("three")])
      #expect(try written(contract)?.interactions.count == 8)
      #expect(FileManager.default.contents(atPath: contract.file) != first)
    }
  }

  // MARK: What fails

  struct Failure: CustomTestStringConvertible {
    let name: String
    let said: [String]
    let text: String
    var testDescription: String { name }
  }

  static let failures = [
    Failure(
      name: "nothing is said",
      said: [],
      text: """
        the consumer did not do what was described; the contract is not written
          did not take place: a subscription
        """
    ),
    Failure(
      name: "a member has another name",
      said: [#"{"op":"subscribe","id":1,"symbol":["ABC"]}"#],
      text: """
        the consumer did not do what was described; the contract is not written
          did not take place: a subscription
          not described: connection 1 said {"op":"subscribe","id":1,"symbol":["ABC"]}
            nearest is 'a subscription' on /feed:
              $.symbols: the member 'symbols' is missing; found 'symbol' instead
        """
    ),
    Failure(
      name: "something is said besides",
      said: [#"{"op":"subscribe","id":1,"symbols":["A"]}"#, #"{"op":"stop"}"#],
      text: """
        the consumer did not do what was described; the contract is not written
          not described: connection 1 said {"op":"stop"}
            nearest is 'a subscription' on /feed:
              $.id: the member 'id' is missing
              $.symbols: the member 'symbols' is missing
              $.op: found "stop" (string), expected "subscribe" (string)
        """
    ),
  ]

  @Test(arguments: failures)
  func `a consumer that does something else is told what, and nothing is written`(
    example: Failure
  ) async throws {
    try await withTemporaryFolder { folder in
      let contract = contract(in: folder)
      let failure = await #expect(throws: ContractTestFailure.self) {
        try await contract.check(Self.subscription) { mock in
          let client = try await Self.connect(mock.url)
          for text in example.said { _ = try await client.send(.text(text)) }
          // The mock answers in order, so its pong says that it has read everything.
          _ = try await client.ping([])
          while let event = try await client.nextEvent(
            until: MonotonicTime.now().advanced(by: .seconds(5))
          ) {
            if case .pong = event { break }
          }
        }
      }
      let text = "\(try #require(failure))"
      #expect(text.hasPrefix(example.text), "\(text)")
      #expect(try written(contract) == nil)
    }
  }

  private struct Unlucky: Error {}

  @Test func `a test that fails writes nothing`() async throws {
    try await withTemporaryFolder { folder in
      let contract = contract(in: folder)
      await #expect(throws: Unlucky.self) {
        try await contract.check(.uponReceiving("a note").send(["op": "note"])) { _ in
          throw Unlucky()
        }
      }
      #expect(try written(contract) == nil)
      try await contract.check(
        .uponReceiving("a note").send(["op": "note"]),
        passes: { false },
        { mock in
          _ = try await Self.connect(mock.url).send(.text(#"{"op":"note"}"#))
        }
      )
      #expect(try written(contract) == nil)
    }
  }

  static let mistakes: [(interactions: [ConsumerInteraction], text: String)] = [
    ([], "no interaction is described"),
    ([.uponReceiving("a")], "'a' sends nothing; say what with send"),
    (
      [.uponConnecting("a").send(["b": 1]).expect(["c": 1])],
      "'a' is a push, and sends something"
    ),
    ([.uponConnecting("a")], "'a' is a push of 0 messages"),
    (
      [.uponReceiving("a").send("b"), .uponReceiving("a").send("c")],
      "'a' is described twice"
    ),
    (
      [.uponReceiving("login").send("b"), .following("logn", "c").expect("d")],
      "'c' follows 'logn', which is not described; did you mean 'login'?"
    ),
  ]

  @Test(arguments: mistakes)
  func `a description that cannot work is told before anything runs`(
    interactions: [ConsumerInteraction],
    text: String
  ) async throws {
    let failure = await #expect(throws: ContractTestFailure.self) {
      try await contract(in: "/nowhere").check(interactions) { _ in
        Issue.record("the test ran")
      }
    }
    #expect("\(try #require(failure))".contains(text), "\(failure.map { "\($0)" } ?? "")")
  }

  @Test func `a contract of somebody else is not overwritten`() async throws {
    try await withTemporaryFolder { folder in
      let contract = contract(in: folder)
      let text = String(decoding: PactFile(consumer: "a", provider: "b").bytes, as: UTF8.self)
      try text.write(toFile: contract.file, atomically: true, encoding: .utf8)
      let failure = await #expect(throws: ContractTestFailure.self) {
        try await contract.check(.uponReceiving("a note").send(["op": "note"])) { mock in
          _ = try await Self.connect(mock.url).send(.text(#"{"op":"note"}"#))
        }
      }
      #expect("\(try #require(failure))".contains("is a contract of a with b, not of web with"))
      #expect(try written(contract)?.consumer.name == "a")
    }
  }
}
