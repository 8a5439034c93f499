import Foundation
import WebSocket

/// Ten thousand connections: how fast they are opened, and how much memory the client needs.
///
/// Server and client are processes of their own, both this program.
enum OpenBenchmark {
  private static let connections = 10_000
  /// How many handshakes each loop of the client has on the way at one time.
  private static let atOnce = 64

  /// Measures in fresh processes, and prints what the client says.
  static func run() async throws {
    print("opening \(Measurement.grouped(Double(connections))) connections on loopback")
    for _ in 0..<3 {
      let server = try Child(["echo-server"])
      defer { server.end() }
      guard let port = server.nextLine() else { return }
      let client = try Child(["open", port])
      if let line = client.nextLine() {
        Measurement.report("opened in, and memory of the client", line)
      }
      client.wait()
    }
  }

  /// Serves until its standard input ends.
  static func serve() async throws {
    let server = try await WebSocketServer.start(ServerConfiguration(host: "0.0.0.0")) {
      EchoService(loop: $0)
    }
    print(server.port)
    fflush(nil)
    while readLine() != nil {}
  }

  /// Opens the connections, prints the figures, and drops the connections.
  static func open(port: Int) async throws {
    guard OpenFileLimit.raise(to: connections + 100) else {
      print("too few files may be open for so many connections; see 'ulimit -n'")
      return
    }
    let begin = ContinuousClock.now
    let workers = ClientLoop.all.flatMap { Array(repeating: $0, count: atOnce) }
    let open = try await withThrowingTaskGroup { group in
      for (number, loop) in workers.enumerated() {
        let before = connections * number / workers.count
        let share = connections * (number + 1) / workers.count - before
        group.addTask(executorPreference: loop.executor) {
          // Each address has ports of its own.
          var request = ConnectRequest(
            url: WebSocketURL(host: "127.0.0.\(1 + number % 8)", port: port)
          )
          request.loop = loop
          var open: [ClientConnection] = []
          open.reserveCapacity(share)
          while open.count < share { open.append(try await ClientConnection.connect(request)) }
          return open
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    let time = begin.duration(to: .now).seconds
    let memory = ResidentMemory.megabytes("VmRSS:") ?? 0
    guard open.count == connections, open.allSatisfy({ $0.closure == nil }) else {
      print("not all are open")
      return
    }
    print("\((time * 100).rounded() / 100) s, \(memory) MB")
    fflush(nil)
    for connection in open { connection.drop() }
  }

  /// This program once more, with other arguments.
  private struct Child {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    init(_ arguments: [String]) throws {
      process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      process.arguments = arguments
      process.standardInput = input
      process.standardOutput = output
      try process.run()
    }

    /// The next line of its output.
    func nextLine() -> String? {
      var line: [UInt8] = []
      while let byte = try? output.fileHandleForReading.read(upToCount: 1)?.first {
        if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
        line.append(byte)
      }
      return nil
    }

    /// Ends its input, which ends it.
    func end() {
      try? input.fileHandleForWriting.close()
      wait()
    }

    func wait() { process.waitUntilExit() }
  }
}
