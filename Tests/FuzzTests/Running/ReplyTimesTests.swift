import Fuzz
import TestSupport
import Testing

struct ReplyTimesTests {
  @Test func `an empty histogram says zero`() {
    #expect(ReplyTimes().quantile(0.5) == .zero)
    #expect(ReplyTimes().maximum == .zero)
  }

  @Test func `quantiles are right to three per cent and the maximum is exact`() {
    var random = SplitMix64(seed: 3)
    var times = ReplyTimes()
    var values: [Int64] = []
    for _ in 0..<5_000 {
      let value = Int64.random(
        in: 0...(1 << Int64.random(in: 1...40, using: &random)),
        using: &random
      )
      values.append(value)
      times.add(nanoseconds: value)
    }
    values.sort()
    #expect(times.count == 5_000)
    #expect(times.maximum == .nanoseconds(values[4_999]))
    for part in [0.01, 0.5, 0.9, 0.99, 1] {
      let exact = Double(values[max(0, Int((part * 5_000).rounded(.up)) - 1)])
      let (seconds, attoseconds) = times.quantile(part).components
      let told = Double(seconds) * 1e9 + Double(attoseconds) / 1e9
      #expect(told >= exact && told <= exact * 1.035 + 1, "\(part): \(told), exactly \(exact)")
    }
  }

  @Test func `a negative time counts as none`() {
    var times = ReplyTimes()
    times.add(nanoseconds: -5)
    #expect(times.maximum == .zero)
    #expect(times.count == 1)
  }
}
