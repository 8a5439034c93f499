import Generation
import JSON
import JSONSchema
import Testing

struct ChoiceSourceTests {
  @Test func `a seed gives these numbers on every machine`() {
    var random = RandomNumbers(seed: 42)
    #expect((0..<3).map { _ in random.next() } == Self.firstNumbers)
  }

  static let firstNumbers: [UInt64] = [
    1_546_998_764_402_558_742, 6_990_951_692_964_543_102, 12_544_586_762_248_559_009,
  ]

  @Test func `a log that ends early is followed by the simplest choices`() {
    let log = ChoiceLog(choices: [.integer(7, bounds: IntegerBounds(0...9))])
    var source = ChoiceSource(replaying: log)
    #expect(source.integer(in: 0...9) == 7)
    #expect(source.integer(in: -3...9) == 0)
    #expect(source.integer(in: 4...9) == 4)
    #expect(source.boolean() == false)
    #expect(source.index(below: 5) == 0)
    #expect(source.string(StringBounds(lengths: 2...5)) == "aa")
  }

  @Test func `what is not possible any more is made to fit`() {
    let wide = StringBounds(lengths: 0...100)
    let log = ChoiceLog(choices: [
      .integer(500, bounds: IntegerBounds(0...1000)), .index(7, count: 9),
      .string("Straße 9", bounds: wide), .string("x", bounds: wide),
    ])
    var source = ChoiceSource(replaying: log)
    #expect(source.integer(in: 0...99) == 99)
    #expect(source.index(below: 3) == 0)
    let small = ScalarSet([0x61...0x7A])
    #expect(source.string(StringBounds(lengths: 0...6, alphabet: small)) == "atraae")
    #expect(source.string(StringBounds(lengths: 3...6)) == "xaa")
  }

  @Test func `a choice of another kind is left for later`() {
    let log = ChoiceLog(choices: [.boolean(true)])
    var source = ChoiceSource(replaying: log)
    #expect(source.integer(in: 0...9) == 0)
    #expect(source.boolean() == true)
  }

  @Test func `parts are found again by their labels when others were left out`() {
    func play(_ source: inout ChoiceSource, _ names: [String]) -> [Int] {
      names.map { name in source.span(.member(name)) { $0.integer(in: 0...1000) } }
    }
    var source = ChoiceSource(seed: 5)
    let all = play(&source, ["a", "b", "c", "d"])
    var log = source.log
    #expect(log.spans.map(\.range) == [0..<1, 1..<2, 2..<3, 3..<4])
    log.choices.remove(at: 1)
    log.spans = [
      Span(label: .member("a"), range: 0..<1, depth: 0),
      Span(label: .member("c"), range: 1..<2, depth: 0),
      Span(label: .member("d"), range: 2..<3, depth: 0),
    ]
    var again = ChoiceSource(replaying: log)
    #expect(play(&again, ["a", "b", "c", "d"]) == [all[0], 0, all[2], all[3]])
    var fewer = ChoiceSource(replaying: log)
    #expect(play(&fewer, ["b", "d"]) == [0, all[3]])
  }

  @Test func `what a part does not ask for does not reach the next`() {
    var source = ChoiceSource(seed: 1)
    source.span(.item) { source in
      _ = source.integer(in: 1...9)
      _ = source.integer(in: 1...9)
    }
    let last = source.span(.item) { $0.integer(in: 10...99) }
    var again = ChoiceSource(replaying: source.log)
    again.span(.item) { source in _ = source.integer(in: 1...9) }
    #expect(again.span(.item) { $0.integer(in: 10...99) } == last)
  }

  @Test func `shorter logs come first, then simpler ones`() {
    let bounds = IntegerBounds(-10...10)
    func log(_ numbers: Int...) -> ChoiceLog {
      ChoiceLog(choices: numbers.map { .integer($0, bounds: bounds) })
    }
    let sorted = [log(), log(0), log(1), log(-1), log(2), log(0, 0), log(0, 5), log(1, 0)]
    #expect(sorted.reversed().sorted() == sorted)
    let text = StringBounds(lengths: 0...9)
    let texts = ["", "a", "b", "0", "A", "~", " ", "\u{E9}", "aa"].map {
      ChoiceLog(choices: [.string($0, bounds: text)])
    }
    #expect(texts.reversed().sorted() == texts)
  }
}
