import JSON
import ReferenceProviders
import Testing
import WebSocket

struct DeskBugTests {
  /// The least messages that show a bug, and whether they were answered as the bug has it.
  struct Example: Sendable, CustomTestStringConvertible {
    let bug: DeskBug
    let shows: @Sendable (inout DeskTalk) throws -> Bool
    var testDescription: String { bug.rawValue }

    init(_ bug: DeskBug, _ shows: @escaping @Sendable (inout DeskTalk) throws -> Bool) {
      self.bug = bug
      self.shows = shows
    }
  }

  private static let huge = String(repeating: "7", count: 5_000)
  private static let deep = String(repeating: "[", count: 513) + String(repeating: "]", count: 513)

  static let input = [
    Example(.nullCloses) { talk in talk.say("null").closes(.internalError) },
    Example(.arrayExit) { talk in talk.say("[]").contains(.exit) },
    Example(.emptyTextExit) { talk in talk.say("").contains(.exit) },
    Example(.notJSONExit) { talk in talk.say("hello").contains(.exit) },
    Example(.protoTypeCloses) { talk in
      talk.say(#"{"type":"__proto__","request_id":1}"#).closes(.internalError)
    },
    Example(.objectTypeCloses) { talk in
      talk.say(#"{"type":{},"request_id":1}"#).closes(.internalError)
    },
    Example(.deepNestingExit) { talk in talk.say(deep).contains(.exit) },
    Example(.hugeIntegerCloses) { talk in
      talk.say(#"{"type":"ping","request_id":\#(huge)}"#).closes(.internalError)
    },
    Example(.infiniteNumberDrops) { talk in
      talk.say(#"{"type":"ping","request_id":1e400}"#).contains(.drop(1))
    },
    Example(.loneSurrogateCloses) { talk in
      talk.say(#"{"type":"\ud800"}"#).closes(.internalError)
    },
    Example(.duplicateNameCloses) { talk in
      talk.say(#"{"type":"ping","request_id":1,"request_id":1}"#).closes(.internalError)
    },
    Example(.nulCutsNote) { talk in
      try talk.logIn()
      let created = try talk.answer("create_order", ["customer": "Ann", "note": "a\u{0}b"])
      let order = try talk.answer("get_order", ["order_id": created["order_id"] ?? .null])
      return order["note"] == "a"
    },
    Example(.limitPlusOne) { talk in
      try talk.logIn()
      return talk.answers("list_orders", ["limit": 51]).errorCode == nil
    },
    Example(.missingCustomer) { talk in
      try talk.logIn()
      return talk.answers("create_order").errorCode == nil
    },
    Example(.limitAsText) { talk in
      try talk.logIn()
      return talk.answers("list_orders", ["limit": "5"]).errorCode == nil
    },
    Example(.extraReflected) { talk in
      try talk.logIn()
      let order = try talk.answer("create_order", ["customer": "Ann", "x": 1])
      return order["x"] == 1 && !talk.isDocumented(order)
    },
    Example(.slowText) { talk in
      try talk.logIn()
      let long = JSONValue.string(String(repeating: "x", count: 500))
      return talk.ask("echo_note", ["text": long]).blocked > .milliseconds(150)
    },
    Example(.typeMustComeFirst) { talk in
      talk.say(#"{"request_id":1,"type":"ping"}"#).heard(by: 1).errorCode == "invalid_message"
    },
    Example(.escapesStay) { talk in
      try talk.logIn()
      let echo = talk.say(#"{"type":"echo_note","request_id":7,"text":"\u00e9"}"#).heard(by: 1)
      return echo.first?["text"] == #"\u00e9"#
    },
    Example(.idCutTo32Bits) { talk in
      let pong = talk.say(#"{"type":"ping","request_id":4294967297}"#).heard(by: 1)
      return pong.first?["request_id"] == 1
    },
  ]

  static let output = [
    Example(.cancelledUnitsAsText) { talk in
      try talk.logIn()
      let order = try talk.order()
      let cancelled = try talk.answer("cancel_order", ["order_id": order])
      return cancelled["units"] == "0" && !talk.isDocumented(cancelled)
    },
    Example(.undocumentedError) { talk in
      try talk.logIn()
      return !talk.isDocumented(try talk.answer("get_order", ["order_id": "ord-000009"]))
    },
    Example(.zeroIDDropped) { talk in
      talk.say(#"{"type":"ping","request_id":0}"#).heard(by: 1) == [["type": "pong"]]
    },
    Example(.emptyListSilent) { talk in
      try talk.logIn()
      return talk.ask("list_orders").isEmpty
    },
    Example(.duplicatePaid) { talk in
      try talk.logIn()
      let order = try talk.order()
      return talk.answers("pay_order", ["order_id": order, "method": "cash"]).count == 2
    },
    Example(.pendingReplyLost) { talk in
      try talk.logIn()
      let effects = talk.ask("get_order", ["order_id": "ord-000001"])
      _ = talk.ask("ping")
      guard case .later(_, let later)? = effects.first,
        case .sendIfLatest(_, let connection, let request)? = later.first
      else { return false }
      return !talk.isLatest(request, of: connection)
    },
    Example(.stackTrace) { talk in
      try talk.logIn()
      let error = try talk.answer("cancel_order", ["order_id": "ord-000009"])
      return error["message"]?.stringValue?.contains("/srv/") ?? false
    },
    Example(.lastWatcherForgotten) { talk in
      talk.open(2)
      try talk.logIn()
      _ = talk.ask("watch_orders")
      try talk.logIn(on: 2)
      _ = talk.ask("watch_orders", on: 2)
      let effects = talk.ask("create_order", ["customer": "Ann"])
      return effects.heard(by: 1).count == 2 && effects.heard(by: 2).isEmpty
    },
    Example(.staleRead) { talk in
      try talk.logIn()
      let order = try talk.order()
      _ = talk.ask("get_order", ["order_id": order])
      _ = talk.ask("set_note", ["order_id": order, "note": "new"])
      return try talk.answer("get_order", ["order_id": order])["note"] == nil
    },
  ]

  static let state = [
    Example(.changeAfterDeleteExit) { talk in
      try talk.logIn()
      let order = try talk.order()
      _ = talk.ask("delete_order", ["order_id": order])
      return talk.ask("set_note", ["order_id": order, "note": ""]).contains(.exit)
    },
    Example(.deletedReadable) { talk in
      try talk.logIn()
      let order = try talk.order()
      _ = talk.ask("delete_order", ["order_id": order])
      return talk.answers("get_order", ["order_id": order]).errorCode == nil
    },
    Example(.doubleWatch) { talk in
      try talk.logIn()
      _ = talk.ask("watch_orders")
      _ = talk.ask("watch_orders")
      let heard = talk.answers("create_order", ["customer": "Ann"])
      return heard.ofType("order_changed").count == 2
    },
    Example(.doubleUnwatchCloses) { talk in
      try talk.logIn()
      _ = talk.ask("watch_orders")
      _ = talk.ask("unwatch_orders")
      return talk.ask("unwatch_orders").closes(.internalError)
    },
    Example(.watchAgainSilent) { talk in
      try talk.logIn()
      _ = talk.ask("watch_orders")
      _ = talk.ask("unwatch_orders")
      return talk.ask("watch_orders").isEmpty
    },
    Example(.beforeLogin) { talk in talk.answers("echo_note", ["text": ""]).errorCode == nil },
    Example(.shipUnpaid) { talk in
      try talk.logIn()
      let order = try talk.order()
      return talk.answers("ship_order", ["order_id": order]).errorCode == nil
    },
    Example(.payTwice) { talk in
      try talk.logIn()
      let order = try talk.order()
      _ = talk.ask("pay_order", ["order_id": order])
      return talk.answers("pay_order", ["order_id": order]).errorCode == nil
    },
    Example(.thirdItemCloses) { talk in
      try talk.logIn()
      let item: JSONObject = ["order_id": try talk.order(), "sku": "TE-100", "quantity": 1]
      for _ in 1...2 where talk.answers("add_item", item).errorCode != nil { return false }
      return talk.ask("add_item", item).closes(.internalError)
    },
    Example(.failedDeleteDeletes) { talk in
      try talk.logIn()
      let order = try talk.order()
      _ = talk.ask("pay_order", ["order_id": order])
      guard talk.answers("delete_order", ["order_id": order]).errorCode == "wrong_status" else {
        return false
      }
      return talk.answers("get_order", ["order_id": order]).errorCode == "not_found"
    },
    Example(.zombieWatcher) { talk in
      try talk.logIn()
      _ = talk.ask("watch_orders")
      talk.leave(1)
      talk.open(2)
      try talk.logIn(on: 2)
      return talk.ask("create_order", ["customer": "Ann"], on: 2).closes(.internalError, 2)
    },
  ]

  static let connections = [
    Example(.dropStopsBroadcast) { talk in
      try talk.logIn()
      _ = talk.ask("watch_orders")
      talk.leave(1, isClean: false)
      talk.open(2)
      try talk.logIn(on: 2)
      _ = talk.ask("watch_orders", on: 2)
      return talk.answers("create_order", ["customer": "Ann"], on: 2).count == 1
    },
    Example(.sessionToNewest) { talk in
      talk.open(2)
      let session = try talk.logIn()
      let effects = talk.ask("get_session", ["session_id": session])
      return effects.heard(by: 1).isEmpty && effects.heard(by: 2).count == 1
    },
    Example(.sharedUser) { talk in
      talk.open(2)
      let session = try talk.logIn("ann")
      try talk.logIn("bob", on: 2)
      return try talk.answer("get_session", ["session_id": session])["user"] == "bob"
    },
    Example(.lostUpdate) { talk in
      talk.open(2)
      try talk.logIn()
      let order = try talk.order()
      try talk.logIn(on: 2)
      _ = talk.ask("set_note", ["order_id": order, "note": "new"], on: 2)
      _ = talk.ask("add_item", ["order_id": order, "sku": "TE-100", "quantity": 1])
      return try talk.answer("get_order", ["order_id": order])["note"] == nil
    },
    Example(.listBlocksOthers) { talk in
      try talk.logIn()
      let isBlocked = talk.ask("list_orders").blocked >= .milliseconds(150)
      _ = talk.ask("ping")
      return isBlocked
    },
    Example(.counterDrifts) { talk in
      try talk.logIn()
      _ = talk.ask("unwatch_orders")
      let watching = try talk.answer("watch_orders")
      return watching["watchers"] == 0 && !talk.isDocumented(watching)
    },
  ]

  static let resources = [
    Example(.retainsNotes) { talk in
      try talk.logIn()
      return talk.ask("echo_note", ["text": ""]).contains(.retain(bytes: 65_536))
    },
    Example(.slowsWithHistory) { talk in
      try talk.logIn()
      let first = talk.ask("create_order", ["customer": "Ann"]).blocked
      return talk.ask("create_order", ["customer": "Ann"]).blocked > first
    },
  ]

  static let inProtocol = [
    Example(.wrongCloseCode) { talk in talk.sayBinary("{}").closes(.normalClosure) },
    Example(.binaryAsText) { talk in
      !talk.sayBinary(#"{"type":"ping","request_id":1}"#).heard(by: 1).isEmpty
    },
    Example(.longMessageCut) { talk in
      // Only with this bug the server lets a message so long get here.
      let text = #"{"type":"ping","request_id":1}"# + String(repeating: " ", count: 65_536)
      return !talk.say(text + "x").closes(.invalidPayload)
    },
  ]

  private static let all = input + output + state + connections + resources + inProtocol

  @Test(arguments: all)
  func `a planted bug does what it says, and the correct desk does not`(example: Example) throws {
    var talk = try DeskTalk(bug: example.bug)
    talk.open(1)
    #expect(try example.shows(&talk))
    if let optimum = example.bug.optimum { #expect(talk.messages == optimum) }
    var correct = try DeskTalk()
    correct.open(1)
    #expect(try !example.shows(&correct))
  }

  @Test func `each bug has an example, a name for the command line and a summary`() {
    let elsewhere = DeskBug.allCases.filter(\.isOnWire) + [.leaksDescriptors]
    #expect(Set(Self.all.map(\.bug)).union(elsewhere) == Set(DeskBug.allCases))
    #expect(Self.all.count + elsewhere.count == DeskBug.allCases.count)
    for bug in DeskBug.allCases {
      let isName = bug.rawValue.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" }
      #expect(isName, "\(bug.rawValue)")
      #expect(!bug.summary.isEmpty)
    }
  }

  @Test func `there are bugs of every class`() {
    for kind in BugClass.allCases {
      #expect(DeskBug.allCases.contains { $0.kind == kind }, "\(kind)")
    }
  }
}
