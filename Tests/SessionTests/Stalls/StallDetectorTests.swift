import Session
import Testing

struct StallDetectorTests {
  @Test func `with no patience at all every beat is a stall, and the last ones are kept`() async {
    let detector = StallDetector(threshold: .nanoseconds(0))
    while detector.count < 3 { await Task.yield() }
    let stalls = detector.stalls(after: 1)
    #expect(stalls.count >= 2)
    #expect(stalls.allSatisfy { $0.begin < $0.end && $0.duration > .zero })
    #expect(detector.stalls(after: detector.count + 1_000).isEmpty)
  }

  @Test func `with endless patience nothing is a stall`() async {
    let detector = StallDetector(threshold: .seconds(1_000_000))
    let start = detector.lastBeat
    while detector.lastBeat == start { await Task.yield() }
    #expect(detector.count == 0)
  }
}
