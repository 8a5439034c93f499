import ArgumentParser
import JSON
import Session
import WebSocket

/// `wspact ping`: what a person wants to know first about an endpoint.
struct PingCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ping",
    abstract: "Connect to an endpoint, ping it, close, and say how that went.",
    discussion: """
      wspact ping ws://127.0.0.1:8000/ws

      Tells how long the handshakes took, what they agreed on, TLS version and certificate, the round \
      trips of pings, whether the server pings by itself (give it time with --listen), and how it \
      closes. A refusal is shown with its status, headers and the start of its body.

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

  @Option(help: "How long to listen after the pings, as for the server's own pings.")
  var listen = DurationArgument(.zero)

  @Option(help: "The form of the report.")
  var format = PingFormat.text

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
    probe.listening = listen.duration
    let findings = try await RefusalText.shown { [probe] () throws(TransportError) in
      try await probe.run()
    }
    switch format {
    case .text: Terminal.say(PingText(request.url, findings, now: Surroundings.now).text)
    case .json: Terminal.say(PingReport(request.url, findings).value.text(.pretty) + "\n")
    }
    if !findings.isClean { throw ExitStatus.findings }
  }
}
