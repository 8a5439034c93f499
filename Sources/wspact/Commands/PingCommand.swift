import ArgumentParser
import Session
import WebSocket

/// `wspact ping`: what a person wants to know first about an endpoint.
struct PingCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ping",
    abstract: "Connect to an endpoint, ping it, close, and say how that went.",
    discussion: """
      wspact ping ws://127.0.0.1:8000/ws

      Exits with 0 when every ping was answered and the closing was clean, with 1 when not, and with 2 \
      when there is no connection.
      """
  )

  @OptionGroup
  var endpoint: EndpointOptions

  @Option(help: "How many pings to send.")
  var count = 10

  @Option(help: "How much time to leave between one ping and the next.")
  var interval = DurationArgument(.milliseconds(100))

  @Option(help: "How long a pong may take.")
  var timeout = DurationArgument(.seconds(2))

  func validate() throws {
    guard (0...1_000_000).contains(count) else {
      throw ValidationError("--count is \(count); 0 to 1000000 pings can be sent")
    }
  }

  func run() async throws {
    var request = try endpoint.request()
    // Whether an endpoint would compress is one of the things to know about it.
    request.compression = request.compression ?? CompressionSettings()
    var probe = EndpointProbe(request)
    probe.count = count
    probe.interval = interval.duration
    probe.timeout = timeout.duration
    let findings = try await probe.run()
    Terminal.say(PingText(request.url, findings).text)
    if !findings.isClean { throw ExitStatus.findings }
  }
}
