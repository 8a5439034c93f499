import Testing
import WebSocket

struct MonotonicTimeTests {
  @Test func `times are apart by durations`() {
    let time = MonotonicTime(nanoseconds: 1_000)
    #expect(time.advanced(by: .microseconds(3)).nanoseconds == 4_000)
    #expect(time.advanced(by: .nanoseconds(-300)).nanoseconds == 700)
    #expect(time.duration(to: MonotonicTime(nanoseconds: 400)) == .nanoseconds(-600))
    #expect(time < time.advanced(by: .nanoseconds(1)))
  }

  @Test func `times stay in the clock's range`() {
    let time = MonotonicTime(nanoseconds: 1_000)
    #expect(time.advanced(by: .seconds(-1)).nanoseconds == 0)
    #expect(time.advanced(by: .seconds(Int64.max)).nanoseconds == .max)
  }

  @Test func `the clock does not go back`() {
    let first = MonotonicTime.now()
    #expect(first <= MonotonicTime.now())
  }
}
