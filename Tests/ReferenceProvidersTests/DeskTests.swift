import JSON
import ReferenceProviders
import Testing
import WebSocket

struct DeskTests {
  struct Step: CustomTestStringConvertible {
    let before: [String]
    let step: String
    let isAllowed: Bool
    var testDescription: String { (before + [step]).joined(separator: ", ") }

    init(_ before: [String], _ step: String, _ isAllowed: Bool) {
      self.before = before
      self.step = step
      self.isAllowed = isAllowed
    }
  }

  static let steps = [
    Step([], "pay_order", true), Step([], "ship_order", false), Step([], "cancel_order", true),
    Step([], "delete_order", true), Step(["pay_order"], "pay_order", false),
    Step(["pay_order"], "ship_order", true), Step(["pay_order"], "cancel_order", true),
    Step(["pay_order"], "delete_order", false),
    Step(["pay_order", "ship_order"], "cancel_order", false),
    Step(["pay_order", "ship_order"], "ship_order", false),
    Step(["pay_order", "ship_order"], "delete_order", true),
    Step(["cancel_order"], "pay_order", false), Step(["cancel_order"], "delete_order", true),
  ]

  @Test(arguments: steps)
  func `an order takes only the steps that fit its status`(example: Step) throws {
    var talk = try DeskTalk()
    talk.open(1)
    try talk.logIn()
    let order: JSONObject = ["order_id": try talk.order()]
    for step in example.before { #expect(talk.answers(step, order).errorCode == nil) }
    let before = try talk.answer("get_order", order)
    let code = talk.answers(example.step, order).errorCode
    #expect(code == (example.isAllowed ? nil : "wrong_status"))
    guard !example.isAllowed else { return }
    let after = try talk.answer("get_order", order)
    #expect(after["revision"] == before["revision"], "a refused step changes nothing")
  }

  @Test func `everything but ping waits for the login`() throws {
    var talk = try DeskTalk()
    talk.open(1)
    #expect(talk.answers("ping").ofType("pong").count == 1)
    #expect(talk.answers("watch_orders").errorCode == "unauthenticated")
    let session = try talk.logIn()
    #expect(talk.answers("watch_orders").errorCode == nil)
    #expect(talk.answers("log_out", ["session_id": session]).errorCode == nil)
    #expect(talk.answers("list_orders").errorCode == "unauthenticated")
  }

  @Test func `everything that is said about an order is documented`() throws {
    var talk = try DeskTalk()
    talk.open(1)
    try talk.logIn()
    var heard = talk.answers("watch_orders")
    let order = try talk.order()
    let members: JSONObject = ["order_id": order]
    heard += talk.answers(
      "add_item",
      ["order_id": order, "sku": "TE-100", "quantity": 1_000]
    )
    for type in ["pay_order", "ship_order", "get_order", "list_orders", "delete_order"] {
      heard += talk.answers(type, type == "list_orders" ? [:] : members)
    }
    heard += talk.answers("unwatch_orders")
    for message in heard { #expect(talk.isDocumented(message), "\(message.text())") }
    #expect(heard.ofType("order_changed").count == 4)
  }

  @Test func `orders stay when the connection that made them ends`() throws {
    var talk = try DeskTalk()
    talk.open(1)
    try talk.logIn()
    let order = try talk.order()
    talk.leave(1)
    talk.open(2)
    try talk.logIn(on: 2)
    #expect(talk.answers("get_order", ["order_id": order], on: 2).errorCode == nil)
  }

  @Test func `four connections may watch, and one that leaves makes room`() throws {
    var talk = try DeskTalk()
    talk.open(1, 2, 3, 4, 5)
    for connection in 1...5 { try talk.logIn(on: connection) }
    for connection in 1...4 {
      let watching = try talk.answer("watch_orders", on: connection)
      #expect(watching["watchers"]?.intValue == connection)
    }
    #expect(talk.answers("watch_orders", on: 5).errorCode == "too_many_watchers")
    talk.leave(2, isClean: false)
    #expect(talk.answers("watch_orders", on: 5).errorCode == nil)
  }

  struct BadText: CustomTestStringConvertible {
    let text: String
    let closes: Bool
    var testDescription: String { String(text.prefix(40)) }

    init(_ text: String, closes: Bool) {
      self.text = text
      self.closes = closes
    }
  }

  static let badTexts = [
    BadText("", closes: true), BadText("hello", closes: true), BadText("NaN", closes: true),
    BadText(#"{"type":"\ud800"}"#, closes: true),
    BadText(String(repeating: "[", count: 600), closes: true),
    BadText("null", closes: false), BadText("[]", closes: false), BadText("{}", closes: false),
    BadText(#"{"type":{}}"#, closes: false), BadText(#"{"type":"__proto__"}"#, closes: false),
    BadText(#"{"type":"pong","request_id":1}"#, closes: false),
    BadText(#"{"type":"ping","request_id":-1}"#, closes: false),
    BadText(#"{"type":"ping","request_id":1e400}"#, closes: false),
    BadText(#"{"type":"ping","request_id":1,"request_id":1}"#, closes: false),
    BadText(#"{"type":"ping","request_id":1,"x":1}"#, closes: false),
  ]

  @Test(arguments: badTexts)
  func `no JSON closes with 1007, invalid JSON is answered with an error`(bad: BadText) throws {
    var talk = try DeskTalk()
    talk.open(1)
    let effects = talk.say(bad.text)
    #expect(effects.closes(.invalidPayload) == bad.closes)
    guard !bad.closes else { return }
    let error = try #require(effects.heard(by: 1).first)
    #expect(error["code"] == "invalid_message" && error["request_id"] == nil)
    #expect(talk.isDocumented(error))
  }

  @Test func `a binary message closes with 1003`() throws {
    var talk = try DeskTalk()
    talk.open(1)
    #expect(talk.sayBinary("{}").closes(.unsupportedData))
  }
}
