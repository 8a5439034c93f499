import Testing

@testable import Generation

struct ContinuationTests {
  /// Steps of a number each.
  private func steps(_ count: Int, _ source: inout ChoiceSource) -> [Int] {
    (0..<count).map { _ in source.span(.step) { $0.integer(in: 0...1_000_000) } }
  }

  @Test func `a log is played first, and chance goes on where it ends`() {
    var first = ChoiceSource(seed: 1)
    let original = steps(5, &first)
    let beginning = first.log.prefix(through: .step, count: 3)
    var second = ChoiceSource(replaying: beginning, then: 7)
    let longer = steps(6, &second)
    #expect(longer.prefix(3) == original.prefix(3))
    var alone = ChoiceSource(seed: 7)
    #expect(Array(longer.dropFirst(3)) == steps(3, &alone))
  }

  @Test func `what came after a beginning is played again like everything else`() {
    var first = ChoiceSource(seed: 1)
    _ = steps(2, &first)
    var second = ChoiceSource(replaying: first.log, then: 9)
    let said = steps(4, &second)
    var third = ChoiceSource(replaying: second.log)
    #expect(steps(4, &third) == said)
  }

  @Test func `a beginning keeps what stands before its steps`() {
    var source = ChoiceSource(seed: 3)
    _ = source.span(.member("connections")) { $0.integer(in: 0...9) }
    _ = steps(3, &source)
    let beginning = source.log.prefix(through: .step, count: 1)
    #expect(beginning.spans.map(\.label) == [.member("connections"), .step])
    #expect(beginning.count == 2)
    #expect(source.log.prefix(through: .step, count: 9) == source.log)
  }
}
