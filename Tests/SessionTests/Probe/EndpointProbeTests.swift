import JSON
import Session
import Testing
import WebSocket

struct EndpointProbeTests {
  @Test func `pings come back, and the closing is clean`() async throws {
    try await withProvider { url in
      var probe = EndpointProbe(ConnectRequest(url: url))
      probe.count = 5
      probe.interval = .milliseconds(1)
      probe.timeout = .seconds(20)
      let findings = try await probe.run()
      #expect(findings.roundTrips.count == 5)
      #expect(findings.roundTrips.allSatisfy { $0.map { $0 > .zero } == true })
      #expect(findings.handshake.status == 101)
      #expect(findings.closure.code == 1000)
      #expect(findings.isClean)
    }
  }

  @Test func `a refused handshake is an error`() async throws {
    try await withProvider { url in
      let probe = EndpointProbe(ConnectRequest(url: url.appending(query: "token=wrong")))
      await #expect(throws: TransportError.self) { _ = try await probe.run() }
    }
  }
}
