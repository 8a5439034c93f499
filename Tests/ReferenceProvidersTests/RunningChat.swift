import AsyncAPI
import Contract
import JSON
import ReferenceProviders
import Synchronization
import TestSupport
import Testing
import WebSocket

/// A chat provider on a free port of this machine.
struct RunningChat {
  let api: APIDescription
  let configuration: ChatProvider.Configuration
  let server: WebSocketServer
  let exit: ExitRecorder

  /// Where it is.
  var url: WebSocketURL { WebSocketURL(host: "127.0.0.1", port: server.port, path: "/ws") }

  /// Opens a connection, which is dropped when nobody holds it any more.
  func connect(query: String? = nil) async throws -> ChatClient {
    let request = ConnectRequest(url: url.appending(query: query))
    let connection = try await ClientConnection.connect(request)
    return ChatClient(connection, api: api, isJudged: configuration.bug == nil)
  }

  /// POSTs to `/_states` and answers with status and body.
  func changeState(_ body: JSONValue) async throws -> (status: Int, body: JSONValue) {
    try await http("POST", "/_states", body: body.bytes())
  }

  /// Sends plain HTTP and answers with status and body.
  func http(
    _ method: String,
    _ target: String,
    body: [UInt8] = []
  ) async throws -> (status: Int, body: JSONValue) {
    let request = PlainHTTPRequest(method: method, target: target, body: body)
    let place = "http://127.0.0.1:\(server.port)"
    let response = try await PlainHTTPClient.send(request, to: place, timeout: .seconds(10))
    return (response.status, (try? JSONValue.parse(response.body)) ?? .null)
  }
}

/// The document, read once for all tests.
private let chatDescription = Result {
  try AsyncAPIDocument.load(path: Fixtures.path("chat/asyncapi.yml"))
}

/// Runs a test with a chat provider of its own.
func withChat<Outcome>(
  _ configuration: ChatProvider.Configuration = ChatProvider.Configuration(),
  _ body: (RunningChat) async throws -> Outcome
) async throws -> Outcome {
  let api = try chatDescription.get()
  let schemas = Dictionary(
    uniqueKeysWithValues: api.messages(travelling: .toProvider).map { ($0.name, $0.payload) }
  )
  let exit = ExitRecorder()
  let server = try await WebSocketServer.start {
    ChatProvider(configuration, schemas: schemas, loop: $0, exit: { exit.record() })
  }
  let chat = RunningChat(api: api, configuration: configuration, server: server, exit: exit)
  do {
    let outcome = try await body(chat)
    await server.shutdown()
    return outcome
  } catch {
    await server.shutdown()
    throw error
  }
}

/// Remembers that the provider wanted to end the process.
final class ExitRecorder: Sendable {
  private let count = Mutex(0)

  /// Whether it did.
  var hasExited: Bool { count.withLock { $0 > 0 } }

  /// It did.
  func record() { count.withLock { $0 += 1 } }
}
