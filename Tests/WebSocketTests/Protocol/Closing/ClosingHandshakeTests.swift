import Testing

@testable import WebSocket

struct ClosingHandshakeTests {
  private let time = MonotonicTime(nanoseconds: 5)

  @Test func `this side closes and the peer answers`() {
    var handshake = ClosingHandshake()
    #expect(handshake.maySend)
    #expect(handshake.close(ClosePayload(code: 1000)) == .send(ClosePayload(code: 1000)))
    #expect(!handshake.maySend)
    #expect(handshake.mayReceive)
    #expect(handshake.receivedClose(ClosePayload(code: 1000, reason: "ok")) == .end)
    #expect(!handshake.mayReceive)
    let closure = handshake.closure(failure: .ended, endedBy: .remote, at: time)
    #expect(
      closure
        == Closure(code: 1000, reason: "ok", initiator: .local, isClean: true, at: time)
    )
  }

  @Test func `the peer closes and gets its code back`() {
    var handshake = ClosingHandshake()
    let action = handshake.receivedClose(ClosePayload(code: 4401, reason: "token"))
    #expect(action == .sendThenEnd(ClosePayload(code: 4401)))
    #expect(!handshake.maySend)
    #expect(handshake.close(ClosePayload(code: 1000)) == .nothing)
    let closure = handshake.closure(failure: nil, endedBy: .local, at: time)
    #expect(
      closure
        == Closure(code: 4401, reason: "token", initiator: .remote, isClean: true, at: time)
    )
  }

  @Test func `an empty close frame is answered with one and counts as 1005`() {
    var handshake = ClosingHandshake()
    #expect(
      handshake.receivedClose(ClosePayload(code: nil)) == .sendThenEnd(ClosePayload(code: nil))
    )
    let closure = handshake.closure(failure: nil, endedBy: .local, at: time)
    #expect(closure.code == .noStatusReceived)
    #expect(closure.isClean)
  }

  @Test func `both close at once`() {
    var handshake = ClosingHandshake()
    _ = handshake.close(ClosePayload(code: 1000))
    #expect(handshake.receivedClose(ClosePayload(code: 1001)) == .end)
    #expect(handshake.receivedClose(ClosePayload(code: 1001)) == .nothing)
    let closure = handshake.closure(failure: nil, endedBy: .local, at: time)
    #expect(closure.code == 1001)
    #expect(closure.initiator == .local)
  }

  @Test func `a violation is answered with its code and is not clean`() {
    var handshake = ClosingHandshake()
    let violation = ProtocolViolation.invalidUTF8(byteOffset: 3)
    let payload = ClosePayload(code: 1007, reason: "text is not UTF-8 at byte 3")
    #expect(handshake.failed(violation) == .sendThenEnd(payload))
    #expect(handshake.failed(violation) == .nothing)
    let closure = handshake.closure(failure: .ended, endedBy: .remote, at: time)
    #expect(
      closure
        == Closure(
          code: nil,
          initiator: .local,
          isClean: false,
          violation: violation,
          failure: .ended,
          at: time
        )
    )
  }

  @Test func `a violation after our close frame sends no second one`() {
    var handshake = ClosingHandshake()
    _ = handshake.close(ClosePayload(code: 1000))
    #expect(handshake.failed(.continuationWithoutStart) == .end)
  }

  @Test func `without any close frame there is no code`() {
    let handshake = ClosingHandshake()
    let closure = handshake.closure(failure: .reset, endedBy: .remote, at: time)
    #expect(
      closure
        == Closure(code: nil, initiator: .remote, isClean: false, failure: .reset, at: time)
    )
    #expect("\(closure)" == "reset by the peer")
  }
}
