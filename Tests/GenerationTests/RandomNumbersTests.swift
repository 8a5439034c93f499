import Generation
import JSON
import JSONSchema
import Testing

struct RandomNumbersTests {
  @Test(arguments: [
    StringBounds(lengths: 40...40, alphabet: ScalarSet([0x30...0x39, 0x61...0x66])),
    StringBounds(lengths: 40...40, alphabet: ScalarSet([0x30...0x39])),
    StringBounds(lengths: 40...40, alphabet: ScalarSet([0x61...0x62, 0x3B1...0x3C9])),
  ])
  func `every character of an alphabet occurs, and about as often as the others`(
    bounds: StringBounds
  ) {
    var source = ChoiceSource(seed: 11)
    var counts: [Unicode.Scalar: Int] = [:]
    for _ in 0..<500 {
      for scalar in source.string(bounds).unicodeScalars { counts[scalar, default: 0] += 1 }
    }
    #expect(counts.count == bounds.alphabet.count)
    let even = 20_000 / bounds.alphabet.count
    for (scalar, count) in counts {
      #expect((even / 2...even * 2).contains(count), "\(scalar): \(count) of about \(even)")
    }
  }

  @Test(arguments: [1, 3, 8, 64, 127])
  func `numbers below a bound reach every one of them`(bound: Int) {
    var random = RandomNumbers(seed: 5)
    #expect(Set((0..<4_000).map { _ in random.below(bound) }).count == bound)
  }
}
