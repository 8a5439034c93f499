package import WebSocket

/// The message proxy of Pact's own verifiers in front of a WebSocket provider.
///
/// They ask over HTTP for a message by its description; the bridge plays the conversation that leads to it
/// and answers with what the provider said, right or wrong: the judgement is the verifier's.
package struct MessageBridge: Sendable {
  private let configuration: VerifyConfiguration
  private let sources: [Verifier.Source]
  private let provider: WebSocketURL

  /// Prepares a bridge.
  ///
  /// - Parameters:
  ///   - configuration: How conversations are played.
  ///   - sources: The contracts, as recorded or in the portable layout.
  ///   - provider: Where the provider listens.
  package init(
    _ configuration: VerifyConfiguration,
    _ sources: [Verifier.Source],
    provider: WebSocketURL
  ) {
    self.configuration = configuration
    self.sources = sources
    self.provider = provider
  }

  /// How many requests may wait for their turn: 1,000.
  private static let maximumWaiting = 1_000

  /// A request that waits for its turn.
  private struct Job: Sendable {
    var request: PlainHTTPRequest
    var answer: CheckedContinuation<PlainHTTPResponse, Never>
  }

  /// Answers requests, one after the other because they share the provider's states, while `body` runs.
  ///
  /// - Parameters:
  ///   - host: The address to listen on.
  ///   - port: The port; 0 takes a free one.
  ///   - onProblem: Is told why a request got no message.
  ///   - body: Is given the port; the bridge ends with it.
  /// - Returns: What `body` returned.
  /// - Throws: `TransportError` when the port cannot be had, and what `body` throws.
  package func serve<Outcome: Sendable>(
    host: String = "127.0.0.1",
    port: Int = 0,
    onProblem: @escaping @Sendable (String) -> Void = { _ in },
    _ body: @escaping @Sendable (_ port: Int) async throws -> Outcome
  ) async throws -> Outcome {
    let (jobs, source) = AsyncStream.makeStream(
      of: Job.self,
      bufferingPolicy: .bufferingOldest(Self.maximumWaiting)
    )
    let server = try await PlainHTTPServer.start(host: host, port: port) { request in
      await withCheckedContinuation { continuation in
        let job = Job(request: request, answer: continuation)
        if case .enqueued = source.yield(job) { return }
        continuation.resume(returning: .text("the bridge is too busy\n", status: 503))
      }
    }
    let (configuration, sources, provider) = (configuration, sources, provider)
    // Ends with the stream of requests; not a child of this task, so that it answers all of them.
    let work = Task {
      var session = BridgeSession(configuration, sources, provider: provider)
      for await job in jobs {
        let (response, remark) = await session.answer(job.request)
        if let remark { onProblem(remark) }
        job.answer.resume(returning: response)
      }
    }
    let result: Result<Outcome, any Error>
    do {
      result = .success(try await body(server.port))
    } catch {
      result = .failure(error)
    }
    source.finish()
    await work.value
    await server.shutdown()
    return try result.get()
  }
}
