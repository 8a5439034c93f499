import Testing

@testable import WebSocket

struct KeepAliveTests {
  private let rule = KeepAlive(interval: .seconds(30), timeout: .seconds(70))
  private let start = MonotonicTime(nanoseconds: 1_000_000_000_000)

  @Test func `a peer is pinged once in each interval and given up at the timeout`() {
    let first = rule.action(at: start.advanced(by: .seconds(30)), lastHeard: start)
    #expect(first == .ping(askAgainAt: start.advanced(by: .seconds(60))))
    let second = rule.action(at: start.advanced(by: .seconds(60)), lastHeard: start)
    #expect(second == .ping(askAgainAt: start.advanced(by: .seconds(70))))
    #expect(rule.action(at: start.advanced(by: .seconds(70)), lastHeard: start) == .expired)
  }

  @Test func `any sign of life starts the count again`() {
    let heard = start.advanced(by: .seconds(31))
    let action = rule.action(at: start.advanced(by: .seconds(90)), lastHeard: heard)
    #expect(action == .ping(askAgainAt: start.advanced(by: .seconds(101))))
  }
}
