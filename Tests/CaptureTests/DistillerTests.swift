import Contract
import JSON
import Pact
import TestSupport
import Testing

@testable import Capture

struct DistillerTests {
  private func distil(
    _ traffic: Traffic,
    existing: PactFile? = nil
  ) throws -> Distiller.Distillate {
    let api = try #require(Chat.api)
    return Distiller(api: api, consumer: "frontend-v1", provider: "chat")
      .distil(traffic.transcript, existing: existing)
  }

  @Test func `the conversation of the chat front end becomes this contract`() throws {
    let distillate = try distil(Chat.conversation())
    #expect(distillate.findings == [])
    expectSnapshot(
      String(decoding: distillate.contract.bytes, as: UTF8.self),
      named: "chat-contract.json"
    )
  }
}
