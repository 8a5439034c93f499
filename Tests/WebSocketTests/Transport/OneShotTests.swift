import Testing

@testable import WebSocket

@Suite(.timeLimit(.minutes(1)))
struct OneShotTests {
  @Test func `only the first value counts`() async {
    let shot = OneShot<Int>()
    #expect(shot.valueIfDone == nil)
    #expect(shot.fulfil(1))
    #expect(!shot.fulfil(2))
    #expect(shot.valueIfDone == 1)
    #expect(await shot.value(ifCancelled: 3) == 1)
  }

  @Test func `a cancelled wait gives the fallback`() async {
    let shot = OneShot<Int>()
    let task = Task { await shot.value(ifCancelled: 3) }
    task.cancel()
    #expect(await task.value == 3)
    #expect(!shot.fulfil(1))
  }

  @Test func `one of many that give a value at the same time is heard`() async {
    for _ in 0..<500 {
      let shot = OneShot<Int>()
      let heard = await withTaskGroup { group in
        for number in 0..<4 { group.addTask { shot.fulfil(number) ? number : nil } }
        let waited = await shot.value(ifCancelled: -1)
        let first = await group.reduce(into: [Int]()) { $0 += $1.map { [$0] } ?? [] }
        return first == [waited]
      }
      #expect(heard)
    }
  }
}
