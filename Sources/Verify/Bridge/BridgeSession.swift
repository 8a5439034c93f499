import Contract
import JSON
import Pact
import Session
import WebSocket

/// Answers a verifier's requests one after the other, by playing conversations with the provider.
///
/// Each request plays its conversation anew, as far as the message that is asked for, although one run of
/// it has all the others as well. What was heard before is not kept: a verifier sets up and tears down
/// states between its requests, some of them past the bridge, and asks again to learn whether the
/// provider still says so; an answer from before would vouch for a provider that was not asked. A
/// conversation of n interactions is so played n times, which takes n (n + 1) / 2 exchanges.
struct BridgeSession {
  private let configuration: VerifyConfiguration
  private let book: BridgeBook
  private let provider: WebSocketURL
  /// The provider states that the verifier has set up through the bridge, and what they answered.
  private var standing: [(state: ProviderState, values: JSONObject)] = []

  init(
    _ configuration: VerifyConfiguration,
    _ sources: [Verifier.Source],
    provider: WebSocketURL
  ) {
    self.configuration = configuration
    self.provider = provider
    book = BridgeBook(sources)
  }

  /// The answer to a request, and a line about it for whoever watches.
  nonisolated(nonsending) mutating func answer(
    _ request: PlainHTTPRequest
  ) async -> (response: PlainHTTPResponse, remark: String?) {
    do throws(BridgeProblem) {
      switch try BridgeRequest(request) {
      case .message(let description, let states):
        return (try await message(description, states), nil)
      case .state(let state, let isSetUp):
        return (try await change(state, isSetUp: isSetUp), nil)
      }
    } catch {
      return (.text(error.text + "\n", status: error.status), error.text)
    }
  }

  // MARK: Messages

  nonisolated(nonsending) private func message(
    _ description: String,
    _ states: [ProviderState]
  ) async throws(BridgeProblem) -> PlainHTTPResponse {
    guard let entry = book.entry(description, states) else {
      let hint = book.nearest(to: description).map { "; did you mean '\($0)'?" } ?? ""
      throw BridgeProblem(status: 404, text: "no contract has '\(description)'\(hint)")
    }
    var configuration = configuration
    for member in standing.flatMap(\.values.members) {
      configuration.values[member.name] = member.value
    }
    // Without an endpoint, the states are the verifier's to set up.
    let own = configuration.states == nil ? entry.interaction.providerStates : []
    var runner = ConversationRunner(
      entry.conversation,
      configuration,
      provider: provider,
      standing: standing.map(\.state) + own,
      isForOthers: true
    )
    let outcome: ConversationRunner.Outcome?
    do {
      outcome = try await runner.run().last
    } catch {
      throw BridgeProblem(status: 502, text: "'\(description)': \(error)")
    }
    let expected = entry.interaction.providerMessages
    let finding = outcome?.findings.first
    guard expected.indices.contains(entry.response),
      expected[entry.response].contents != .missing
    else {
      // Nothing is to be said, but perhaps a close code or a silence was not kept.
      if let finding { throw Self.broken(description, finding) }
      return PlainHTTPResponse(status: 200)
    }
    guard let heard = outcome?.heard[entry.response] else {
      throw finding.map { Self.broken(description, $0) }
        ?? BridgeProblem(status: 504, text: "'\(description)': nothing was heard")
    }
    return Self.response(heard, to: expected[entry.response])
  }

  private static func broken(_ description: String, _ finding: Finding) -> BridgeProblem {
    let detail = [finding.expected.map { "expected \($0)" }, finding.actual.map { "found \($0)" }]
      .compactMap(\.self).joined(separator: ", ")
    return BridgeProblem(
      status: 504,
      text: "'\(description)': \(finding.message)" + (detail.isEmpty ? "" : " (\(detail))")
    )
  }

  /// What was heard, as the verifier wants it; the type is the expected one where the bytes allow it.
  private static func response(
    _ heard: ReceivedMessage,
    to expected: InteractionMessage
  ) -> PlainHTTPResponse {
    let type: String
    switch expected.contents {
    case .json(_, let named) where heard.json != nil: type = named
    case .text(_, let named) where heard.isText: type = named
    case .binary(_, let named) where !heard.isText: type = named
    default:
      type =
        heard.json != nil
        ? "application/json"
        : heard.isText ? "text/plain; charset=utf-8" : "application/octet-stream"
    }
    let metadata: JSONValue = ["contentType": .string(type)]
    return PlainHTTPResponse(
      status: 200,
      headers: [
        HeaderField("Content-Type", type),
        HeaderField("Pact-Message-Metadata", Base64.encode(metadata.bytes())),
      ],
      body: heard.bytes
    )
  }

  // MARK: Provider states

  nonisolated(nonsending) private mutating func change(
    _ state: ProviderState,
    isSetUp: Bool
  ) async throws(BridgeProblem) -> PlainHTTPResponse {
    var values: JSONObject = [:]
    if !state.name.isEmpty {
      guard let endpoint = configuration.states else {
        throw BridgeProblem(
          status: 500,
          text: "the provider state '\(state.name)' cannot be changed without --state-url"
        )
      }
      do {
        if isSetUp {
          values = try await endpoint.setUp(state)
          standing.append((state, values))
        } else {
          standing.removeAll { $0.state == state }
          try await endpoint.tearDown(state)
        }
      } catch {
        throw BridgeProblem(status: 500, text: "\(error)")
      }
    }
    return .text(
      JSONValue.object(values).text(),
      contentType: "application/json"
    )
  }
}
