import JSON
import ReferenceProviders
import Testing
import WebSocket

struct DeskDecoyTests {
  private static let message: JSONValue = [
    "type": "order", "request_id": 12, "note": "a \"é\" \u{10000}\n", "items": [["quantity": 3]],
  ]

  @Test(arguments: DeskDecoy.allCases)
  func `what a decoy writes means the same`(decoy: DeskDecoy) throws {
    var writer = DeskWriter(decoy: decoy)
    for _ in 1...6 {
      let frames = writer.frames(of: Self.message)
      #expect(try JSONValue.parse(frames.flatMap(\.payload)) == Self.message)
      #expect(frames.last?.isFinal == true && frames.dropLast().allSatisfy { !$0.isFinal })
    }
  }

  static let forms: [DeskDecoy] = [.keyOrder, .whiteSpace, .escapes, .numberForms]

  @Test(arguments: forms)
  func `what such a decoy writes looks different`(decoy: DeskDecoy) {
    var writer = DeskWriter(decoy: decoy)
    let texts = (1...6).map { _ in writer.text(of: Self.message) }
    #expect(texts.contains { $0 != Self.message.bytes() })
  }

  @Test(arguments: DeskDecoy.allCases)
  func `what a decoy says is documented`(decoy: DeskDecoy) throws {
    var talk = try DeskTalk()
    var oddities = DeskOddities(decoy: decoy)
    talk.open(1)
    var heard: [JSONValue] = []
    let session = try talk.logIn()
    let order = try talk.order()
    for _ in 1...10 {
      for (type, members) in [
        ("get_order", ["order_id": order]), ("get_session", ["session_id": session]),
        ("list_orders", [:] as JSONObject),
      ] {
        heard += oddities.applied(to: talk.ask(type, members), 1).heard(by: 1)
      }
    }
    #expect(heard.count >= 30)
    for message in heard { #expect(talk.isDocumented(message), "\(message.text())") }
  }
}
