import ArgumentParser
import AsyncAPI
import Contract
import Session
import WebSocket

/// `wspact connect`: lines out, frames in.
struct ConnectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "connect",
    abstract: "Send lines to an endpoint and see every frame.",
    discussion: """
      wspact connect ws://127.0.0.1:8000/ws --spec asyncapi.yml

      Each line of standard input is sent as a text message; '/help' lists the lines that do something \
      else. Frames are shown with the seconds since the connection was opened; with --spec also with the \
      message's name and what its schema has against it.

      Exits with 0 when the connection was closed cleanly, with 1 when not, and with 2 when there was none.
      """
  )

  @OptionGroup
  var endpoint: EndpointOptions

  @Option(help: ArgumentHelp("The AsyncAPI document to judge messages by.", valueName: "file"))
  var spec: String?

  @Option(help: "When the input has ended: close when no message has come for so long.")
  var wait = DurationArgument(.seconds(1))

  func run() async throws {
    let api = try spec.map { path throws(DiagnosticsError) in
      try AsyncAPIDocument.load(path: path)
    }
    let request = try endpoint.request()
    let connection = try await RefusalText.shown { () throws(TransportError) in
      try await ClientConnection.connect(request)
    }
    let console = Console(connection, FrameText(api), wait: wait.duration)
    let closure = try await console.run()
    if !closure.isClean { throw ExitStatus.findings }
  }
}
