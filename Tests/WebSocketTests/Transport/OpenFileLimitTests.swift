import Testing

@testable import WebSocket

struct OpenFileLimitTests {
  @Test func `a limit that is high enough stays`() {
    #expect(OpenFileLimit.raise(to: 0))
    #expect(OpenFileLimit.raise(to: 16))
  }

  @Test func `what the system does not allow is said`() {
    #expect(!OpenFileLimit.raise(to: .max))
  }
}
