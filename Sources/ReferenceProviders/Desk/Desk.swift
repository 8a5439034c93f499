import JSON
package import JSONSchema
package import WebSocket

/// Orders, sessions and who watches: told what a client says, it answers what to do.
///
/// It knows no socket and no clock. The planted bugs stand where they bite.
package struct Desk {
  /// The fault that is planted.
  let bug: DeskBug?
  let document: DeskDocument
  var orders = Orders()
  var sessions = DeskSessions()
  /// The connections that are listened to, by number.
  var members: [Int: DeskMember] = [:]
  /// Who is told of changes, in the order of watching.
  var watchers: [Int] = []
  /// How many changes there were.
  var changes = 0
  /// What planted bugs remember.
  var traces = DeskTraces()

  /// Starts with no orders.
  ///
  /// - Parameters:
  ///   - schemas: The payload schema of each message that clients may send, by its name.
  ///   - bug: The fault that is planted; `nil` is the correct desk.
  package init(schemas: [String: CompiledSchema], bug: DeskBug? = nil) {
    self.bug = bug
    document = DeskDocument(schemas: schemas, bug: bug)
  }

  /// A connection was opened.
  package mutating func joined(_ connection: Int) { members[connection] = DeskMember() }

  /// A connection is gone, or is no longer listened to.
  ///
  /// - Parameters:
  ///   - connection: Its number.
  ///   - isClean: Whether it ended with a close frame.
  package mutating func left(_ connection: Int, isClean: Bool = true) {
    guard members.removeValue(forKey: connection) != nil else { return }
    if !isClean, bug == .dropStopsBroadcast, watchers.contains(connection) {
      traces.isBroadcastDead = true
    }
    if bug != .zombieWatcher { watchers.removeAll { $0 == connection } }
  }

  /// Whether a request of a connection is the last that it made.
  package func isLatest(_ request: Int, of connection: Int) -> Bool {
    members[connection]?.requests == request
  }

  /// Answers a message of a connection that has joined.
  package mutating func received(_ message: Message, from asker: Int) -> [DeskEffect] {
    guard members[asker] != nil else { return [] }
    members[asker]?.requests += 1
    var payload = message.payload
    if message.kind == .binary, bug != .binaryAsText {
      let code = bug == .wrongCloseCode ? CloseCode.normalClosure : .unsupportedData
      return [.close(asker, code, reason: "only text messages are understood")]
    }
    if bug == .longMessageCut { payload = Array(payload.prefix(DeskLimits.messageBytes)) }
    if let effects = failedInput(payload, asker) { return effects }
    switch document.read(payload) {
    case .notJSON:
      return [.close(asker, .invalidPayload, reason: "no JSON")]
    case .invalid(let reason):
      return [.send(DeskReply.error(nil, .invalidMessage, reason), to: [asker])]
    case .request(let request):
      traces.isEscaped = bug == .escapesStay && payload.containsEscapes
      return altered(answer(request, asker), request, asker)
    }
  }

  private mutating func answer(_ request: DeskRequest, _ asker: Int) -> [DeskEffect] {
    let id = request.id
    switch request.content {
    case .ping:
      return [.send(DeskReply.message("pong", id), to: [asker])]
    case .authenticate(let user):
      return authenticate(id, user, asker)
    case .echoNote(let text) where bug == .beforeLogin:
      return echo(id, text, asker)
    default:
      break
    }
    guard members[asker]?.session != nil else {
      return [error(id, .unauthenticated, "log in first", asker)]
    }
    switch request.content {
    case .ping, .authenticate: return []
    case .getSession(let session): return getSession(id, session, asker)
    case .logOut(let session): return logOut(id, session, asker)
    case .echoNote(let text): return echo(id, text, asker)
    case .createOrder(let customer, let note): return createOrder(request, customer, note, asker)
    case .setNote(let order, let note): return setNote(id, order, note, asker)
    case .addItem(let order, let item): return addItem(id, order, item, asker)
    case .getOrder(let order): return getOrder(id, order, asker)
    case .payOrder(let order): return payOrder(request, order, asker)
    case .shipOrder(let order): return shipOrder(id, order, asker)
    case .cancelOrder(let order): return cancelOrder(id, order, asker)
    case .deleteOrder(let order): return deleteOrder(id, order, asker)
    case .listOrders(let status, let limit): return listOrders(id, status, limit, asker)
    case .watchOrders: return watch(id, asker)
    case .unwatchOrders: return unwatch(id, asker)
    }
  }

  func error(
    _ id: JSONNumber,
    _ code: DeskErrorCode,
    _ text: String,
    _ asker: Int
  ) -> DeskEffect {
    .send(DeskReply.error(id, code, text), to: [asker])
  }
}
