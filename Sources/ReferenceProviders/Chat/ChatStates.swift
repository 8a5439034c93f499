import JSON

/// A request to make a provider state true, or to undo it.
///
/// Spec: the body that Pact verifiers POST: `{"action", "state", "params"}`.
struct ChatStateChange {
  /// What to do with the state.
  enum Action: String, CaseIterable {
    case setUp = "setup"
    case tearDown = "teardown"
  }

  /// The states that the chat knows.
  enum State: String, CaseIterable {
    case noThreads = "no threads exist"
    case threadWithMessages = "a thread with messages"
    case agent = "an agent"
  }

  var action: Action
  var state: State
  var params: JSONObject

  /// Reads the body of a request.
  ///
  /// - Throws: ``ChatStateError`` with a sentence about what is missing or unknown.
  init(_ body: [UInt8]) throws(ChatStateError) {
    guard let value = try? JSONValue.parse(body), let object = value.objectValue else {
      throw ChatStateError("the body is no JSON object")
    }
    guard let name = object["state"]?.stringValue else {
      throw ChatStateError("'state' is missing")
    }
    guard let state = State(rawValue: name) else {
      let known = State.allCases.map(\.rawValue)
      let nearest = nearestName(to: name, in: known).map { "did you mean '\($0)'?" }
      let hint = nearest ?? "known are '\(known.joined(separator: "', '"))'"
      throw ChatStateError("unknown provider state '\(name)'; \(hint)")
    }
    let actionName = object["action"]?.stringValue ?? Action.setUp.rawValue
    guard let action = Action(rawValue: actionName) else {
      throw ChatStateError("unknown action '\(actionName)'; known are 'setup' and 'teardown'")
    }
    self.action = action
    self.state = state
    params = object["params"]?.objectValue ?? [:]
  }

  /// A parameter that the state cannot do without.
  func text(_ name: String) throws(ChatStateError) -> String {
    guard let value = params[name]?.stringValue else {
      throw ChatStateError("'\(state.rawValue)' needs the parameter '\(name)', a string")
    }
    return value
  }

  /// How many messages the thread has; 2 when nothing is said.
  func count() throws(ChatStateError) -> Int {
    guard let value = params["count"] else { return 2 }
    guard let count = value.intValue, (0...ChatLimits.messages).contains(count) else {
      let range = "a whole number from 0 to \(ChatLimits.messages)"
      throw ChatStateError("'count' is \(value.text()); it must be \(range)")
    }
    return count
  }

  /// What the agent is doing; it is idle when nothing is said.
  func status() throws(ChatStateError) -> String {
    guard let value = params["status"] else { return "idle" }
    let known = ["idle", "thinking", "offline"]
    guard let status = value.stringValue, known.contains(status) else {
      throw ChatStateError(
        "'status' is \(value.text()); known are '\(known.joined(separator: "', '"))'"
      )
    }
    return status
  }
}

/// Why a provider state could not be changed, in a sentence.
struct ChatStateError: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}

extension Chat {
  /// Makes a provider state true, or undoes it.
  mutating func apply(_ change: ChatStateChange) throws(ChatStateError) {
    switch (change.state, change.action) {
    case (.noThreads, .setUp):
      threads.removeAll()
    case (.noThreads, .tearDown):
      break
    case (.threadWithMessages, .setUp):
      let thread = try change.text("thread_id")
      let count = try change.count()
      threads.remove(thread)
      for number in 1...max(1, count) where number <= count {
        append(number.isMultiple(of: 2) ? .assistant : .user, "message \(number)", to: thread)
      }
    case (.threadWithMessages, .tearDown):
      threads.remove(try change.text("thread_id"))
    case (.agent, .setUp):
      statuses[try change.text("agent_id")] = try change.status()
    case (.agent, .tearDown):
      statuses[try change.text("agent_id")] = nil
    }
  }
}
