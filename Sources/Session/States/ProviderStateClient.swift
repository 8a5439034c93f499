package import Contract
package import JSON
package import WebSocket

/// Puts a provider into a state, and out of it again, over HTTP or by a command.
///
/// Spec: the state change URL of Pact's verifiers: `POST {"action": "setup" or "teardown",
/// "state": ..., "params": {...}}`; any status from 200 to 299 is success.
package struct ProviderStateClient: Sendable {
  /// The endpoint; empty for a command.
  package let url: String
  /// How long one call may take; 10 s.
  package var timeout: Duration
  /// How an `https` endpoint proves who it is.
  package var tls: ClientTLS
  private let base: String
  private let target: String
  private let command: String?

  /// Takes the endpoint's `http://` or `https://` URL.
  package init(
    url: String,
    tls: ClientTLS = ClientTLS(),
    timeout: Duration = .seconds(10)
  ) {
    self.url = url
    self.tls = tls
    self.timeout = timeout
    command = nil
    let scheme = url.hasPrefix("https://") ? "https://" : "http://"
    let rest = url.dropFirst(url.hasPrefix(scheme) ? scheme.count : 0)
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    base = url.hasPrefix(scheme) ? scheme + authority : url
    let path = rest.dropFirst(authority.count)
    target = path.hasPrefix("/") ? String(path) : "/" + path
  }

  /// Takes a line for `sh -c`, which finds the state in its environment and on its standard input.
  package init(command: String, timeout: Duration = .seconds(10)) {
    self.command = command
    self.timeout = timeout
    url = ""
    base = ""
    target = ""
    tls = ClientTLS()
  }

  /// Sets up a state.
  ///
  /// - Returns: The values that the provider answered with; empty when it gave none.
  /// - Throws: ``SessionError/stateEndpoint(url:_:)``,
  ///   ``SessionError/stateRefused(url:action:state:status:body:)`` or
  ///   ``SessionError/stateCommand(_:action:state:reason:)``.
  @discardableResult
  nonisolated(nonsending) package func setUp(
    _ state: ProviderState,
    recorder: TranscriptRecorder? = nil
  ) async throws(SessionError) -> JSONObject {
    try await change("setup", state, recorder)
  }

  /// Tears down a state.
  ///
  /// - Throws: As ``setUp(_:recorder:)``.
  nonisolated(nonsending) package func tearDown(
    _ state: ProviderState,
    recorder: TranscriptRecorder? = nil
  ) async throws(SessionError) {
    _ = try await change("teardown", state, recorder)
  }

  nonisolated(nonsending) private func change(
    _ action: String,
    _ state: ProviderState,
    _ recorder: TranscriptRecorder?
  ) async throws(SessionError) -> JSONObject {
    do throws(SessionError) {
      let values = try await perform(action, state)
      recorder?.record(.providerState(action: action, name: state.name, failure: nil))
      return values
    } catch {
      recorder?.record(.providerState(action: action, name: state.name, failure: "\(error)"))
      throw error
    }
  }

  nonisolated(nonsending) private func perform(
    _ action: String,
    _ state: ProviderState
  ) async throws(SessionError) -> JSONObject {
    let body: JSONValue = [
      "action": .string(action), "state": .string(state.name),
      "params": .object(state.parameters),
    ]
    guard let command else { return try await post(action, state, body) }
    return try await StateCommand(line: command, timeout: timeout).run(
      action,
      state: state.name,
      request: body
    )
  }

  nonisolated(nonsending) private func post(
    _ action: String,
    _ state: ProviderState,
    _ body: JSONValue
  ) async throws(SessionError) -> JSONObject {
    let request = PlainHTTPRequest(
      method: "POST",
      target: target,
      headers: [HeaderField("Content-Type", "application/json")],
      body: body.bytes()
    )
    let response: PlainHTTPResponse
    do {
      response = try await PlainHTTPClient.send(request, to: base, tls: tls, timeout: timeout)
    } catch {
      throw .stateEndpoint(url: url, error)
    }
    guard (200..<300).contains(response.status) else {
      let body = String(decoding: response.body.prefix(200), as: UTF8.self)
      throw .stateRefused(
        url: url,
        action: action,
        state: state.name,
        status: response.status,
        body: body
      )
    }
    let value = try? JSONValue.parse(response.body, file: url)
    return value?.objectValue ?? [:]
  }
}
