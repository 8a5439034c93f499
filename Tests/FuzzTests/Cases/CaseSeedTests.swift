import Testing

@testable import Fuzz

struct CaseSeedTests {
  @Test func `each case of each seed has a seed of its own`() {
    let seeds = (UInt64(0)..<50).flatMap { seed in
      (1...50).map { CaseSeed.derive(from: seed, case: $0) }
    }
    #expect(Set(seeds).count == seeds.count)
  }

  @Test func `seeds are the same on every machine`() {
    #expect(CaseSeed.derive(from: 0, case: 1) == 6_728_581_669_027_343_264)
    #expect(CaseSeed.derive(from: 42, case: 7) == 14_669_438_080_895_892_853)
  }
}
