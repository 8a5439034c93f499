package import Contract
package import WebSocket

extension LiveSession {
  /// Opens a connection.
  ///
  /// - Parameters:
  ///   - name: What other calls name it by; a name may be used again after its connection ended.
  ///   - facts: Path, query, headers and subprotocol; `nil` takes the provider's URL as it is.
  ///   - step: The step of the scenario, from 1.
  /// - Throws: ``SessionError/noConnection(name:_:)`` or ``SessionError/alreadyConnected(name:)``.
  nonisolated(nonsending) package func connect(
    _ name: String,
    facts: ConnectionFacts? = nil,
    step: Int? = nil
  ) async throws(SessionError) {
    guard !isOpen(name) else { throw .alreadyConnected(name: name) }
    let request = options.request(
      to: facts?.url(at: provider) ?? provider,
      headers: facts?.headerFields ?? [],
      subprotocol: facts?.subprotocol
    )
    do {
      let connection = try await ClientConnection.connect(request)
      connections.removeAll { $0.name == name }
      connections.append(NamedConnection(name: name, connection: connection))
      let handshake = TranscriptHandshake(
        target: request.url.path,
        subprotocol: connection.subprotocol,
        status: connection.handshake.status
      )
      recorder.record(.opened(handshake), connection: name, step: step)
    } catch {
      if case .cancelled = error { throw .cancelled }
      var status: Int?
      if case .handshakeRefused(let response) = error { status = response.status }
      recorder.record(.refused(status: status, reason: "\(error)"), connection: name, step: step)
      throw .noConnection(name: name, error)
    }
  }

  /// Closes a connection with the whole closing handshake; what still comes is written down.
  ///
  /// - Returns: How it ended, also when it had ended before.
  /// - Throws: ``SessionError/unknownConnection(name:open:)``.
  @discardableResult
  nonisolated(nonsending) package func close(
    _ name: String,
    code: CloseCode = .normalClosure,
    reason: String = "",
    step: Int? = nil
  ) async throws(SessionError) -> Closure {
    let found = try connection(name)
    if let closure = found.closure { return closure }
    // Who has stopped reading would never see the answer.
    found.connection.resume()
    await found.connection.close(code, reason: reason)
    let closure = try await drain(found, step: step)
    if let probe = options.processProbe { await look(through: probe, step: step) }
    return closure
  }

  /// Writes down what the provider's process has in use, when no connection is open.
  nonisolated(nonsending) private func look(through probe: ProcessProbe, step: Int?) async {
    guard openNames.isEmpty, let figures = await probe.figures(after: seenDescriptors) else {
      return
    }
    seenDescriptors = figures.descriptors
    recorder.record(.note(SessionNote.figures(figures)), step: step)
  }

  /// Ends TCP without a close frame, as a client that crashes does.
  ///
  /// - Throws: ``SessionError/unknownConnection(name:open:)``.
  nonisolated(nonsending) package func drop(
    _ name: String,
    step: Int? = nil
  ) async throws(SessionError) {
    let found = try connection(name)
    guard found.closure == nil else { return }
    found.connection.drop()
    try await drain(found, step: step)
  }

  /// Ends TCP with a reset, as a client whose machine goes down does.
  ///
  /// - Throws: ``SessionError/unknownConnection(name:open:)``.
  nonisolated(nonsending) package func reset(
    _ name: String,
    step: Int? = nil
  ) async throws(SessionError) {
    let found = try connection(name)
    guard found.closure == nil else { return }
    found.connection.reset()
    try await drain(found, step: step)
  }

  /// Closes every connection that is open, in the order of their opening.
  nonisolated(nonsending) package func closeAll(step: Int? = nil) async {
    for name in openNames { _ = try? await close(name, step: step) }
    recordStalls()
  }

  /// Writes down everything up to the end of the connection.
  @discardableResult
  nonisolated(nonsending) private func drain(
    _ found: NamedConnection,
    step: Int?
  ) async throws(SessionError) -> Closure {
    while true {
      if let closure = found.closure { return closure }
      guard let event = try await found.nextEvent(until: nil) else { continue }
      _ = take(event, from: found, step: step)
    }
  }
}
