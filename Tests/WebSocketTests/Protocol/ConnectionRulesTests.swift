import Testing

@testable import WebSocket

struct ConnectionRulesTests {
  @Test func `nothing counts after the peer's close frame`() {
    var rules = ConnectionRules(role: .server, limits: MessageLimits())
    let bytes =
      Frame.text("a").masked + Frame.close(1000).masked + Frame.text("b").masked + [0xFF, 0xFF]
    #expect(
      rules.events(in: bytes) == [
        .message(.text("a")), .closing(.sendThenEnd(ClosePayload(code: 1000))),
      ]
    )
  }

  @Test func `messages that were on their way when this side closed still count`() {
    var rules = ConnectionRules(role: .client, limits: MessageLimits())
    _ = rules.close(ClosePayload(code: 1000))
    let bytes = Frame.text("late").plain + Frame.close(1000).plain
    #expect(rules.events(in: bytes) == [.message(.text("late")), .closing(.end)])
  }

  @Test func `a close frame with a bad code fails the connection`() {
    var rules = ConnectionRules(role: .client, limits: MessageLimits())
    let violation = ProtocolViolation.closeCodeNotAllowed(1006)
    let bytes = Frame.close(1006).plain + Frame.text("after").plain
    #expect(rules.events(in: bytes) == [.violation(violation)])
    let payload = ClosePayload(code: 1002, reason: violation.description)
    #expect(rules.fail(violation) == .sendThenEnd(payload))
  }

  @Test func `a client masks what it sends, a server does not`() {
    var client = ConnectionRules(role: .client, limits: MessageLimits())
    var server = ConnectionRules(role: .server, limits: MessageLimits())
    #expect(client.header(.text, payloadByteCount: 3).maskingKey != nil)
    #expect(server.header(.text, payloadByteCount: 3).maskingKey == nil)
  }

  @Test func `what has begun is told from what is complete, at every byte`() {
    let message = Frame(opcode: 1, payload: [0x61], isFinal: false).plain
    let rest = Frame(.continuation, payload: [0x62]).plain
    let ping = Frame(.ping, payload: [1]).plain
    for (bytes, within) in [
      (ping, [false, false, false]),
      (message + ping + rest, [false, true, true, true, true, true, true, true, false]),
    ] {
      var rules = ConnectionRules(role: .client, limits: MessageLimits())
      var seen: [Bool] = []
      var midway: [Bool] = []
      for byte in bytes {
        _ = rules.events(in: [byte])
        seen.append(rules.isWithinMessage)
        midway.append(rules.isMidway)
      }
      #expect(seen == within)
      #expect(midway == Array(repeating: true, count: bytes.count - 1) + [false])
    }
  }

  @Test func `pings and pongs are told apart`() {
    var rules = ConnectionRules(role: .client, limits: MessageLimits())
    let bytes = Frame(.ping, payload: [1]).plain + Frame(.pong, payload: [2]).plain
    #expect(rules.events(in: bytes) == [.ping([1]), .pong([2])])
  }
}
