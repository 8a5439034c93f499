import Session
import Testing
import WebSocket

struct SendingPaceTests {
  @Test func `each message has a moment of its own, and what was not used is lost`() {
    let pace = SendingPace(messagesPerSecond: 10)
    let start = MonotonicTime(nanoseconds: 5_000_000_000)
    #expect(pace.take(at: start) == .zero)
    #expect(pace.take(at: start) == .milliseconds(100))
    #expect(pace.take(at: start.advanced(by: .milliseconds(50))) == .milliseconds(150))
    let later = start.advanced(by: .seconds(3))
    #expect(pace.take(at: later) == .zero)
    #expect(pace.take(at: later) == .milliseconds(100))
  }
}
