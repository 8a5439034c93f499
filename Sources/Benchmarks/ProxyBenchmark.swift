import Contract
import Session
import WebSocket

/// Round trips to an echo server, directly and through the recording proxy with its journal, in turn.
func measureProxy() async throws {
  let server = try await WebSocketServer.start(ServerConfiguration()) { EchoService(loop: $0) }
  let direct = try WebSocketURL("ws://127.0.0.1:\(server.port)/")
  let journal = try JournalRecorder(file: ".wspact/bench/journal.jsonl")
  let proxy = try await RecordingProxy.start(
    upstream: direct,
    recorder: journal
  )
  var directTimes: [Double] = []
  var proxyTimes: [Double] = []
  for _ in 0..<Measurement.rounds {
    directTimes.append(try await roundTrip(to: direct))
    proxyTimes.append(try await roundTrip(to: proxy.url))
  }
  let own = Measurement.median(directTimes)
  let recorded = Measurement.median(proxyTimes)
  Measurement.report("round trip, direct", "\(micro(own)) us")
  Measurement.report("round trip, recorded by the proxy", "\(micro(recorded)) us")
  Measurement.report("the proxy adds", "\(micro(recorded - own)) us")
  await proxy.shutdown()
  await server.shutdown()
}

private func micro(_ seconds: Double) -> String { Measurement.grouped(seconds * 1e6) }

/// The median time of 2,000 round trips, in seconds.
private func roundTrip(to url: WebSocketURL) async throws -> Double {
  try await withConnection(ConnectRequest(url: url)) { connection in
    let message = Message(kind: .text, payload: Array(repeating: UInt8(ascii: "x"), count: 64))
    var times: [Double] = []
    for _ in 0..<2_000 {
      let sent = try await connection.send(message)
      guard case .message(_, let received) = try await connection.nextEvent(until: nil) else {
        break
      }
      times.append(sent.duration(to: received).seconds)
    }
    return Measurement.median(times)
  }
}
