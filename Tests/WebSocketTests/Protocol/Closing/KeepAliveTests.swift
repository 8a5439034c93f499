import Testing

@testable import WebSocket

struct KeepAliveTests {
  private let rule = KeepAlive(interval: .seconds(30), timeout: .seconds(70))
  private let start = MonotonicTime(nanoseconds: 1_000_000_000_000)

  private func after(_ seconds: Int) -> MonotonicTime { start.advanced(by: .seconds(seconds)) }

  @Test func `a peer is pinged once in each interval and given up at the timeout`() {
    let first = rule.action(at: after(30), lastHeard: start, firstPing: nil)
    #expect(first == .ping(askAgainAt: after(60)))
    let second = rule.action(at: after(60), lastHeard: start, firstPing: after(30))
    #expect(second == .ping(askAgainAt: after(70)))
    #expect(rule.action(at: after(70), lastHeard: start, firstPing: after(30)) == .expired)
  }

  @Test func `any sign of life starts the count again`() {
    let action = rule.action(at: after(90), lastHeard: after(31), firstPing: nil)
    #expect(action == .ping(askAgainAt: after(120)))
  }

  @Test func `a peer gets time to answer, also when this side was held up`() {
    let late = rule.action(at: after(500), lastHeard: start, firstPing: nil)
    #expect(late == .ping(askAgainAt: after(530)))
    let next = rule.action(at: after(530), lastHeard: start, firstPing: after(500))
    #expect(next == .ping(askAgainAt: after(540)))
    #expect(rule.action(at: after(540), lastHeard: start, firstPing: after(500)) == .expired)
  }
}
