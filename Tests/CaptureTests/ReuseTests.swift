import AsyncAPI
import Contract
import JSON
import Pact
import Testing

@testable import Capture

/// Conversations in which the consumer gives back what the provider made up.
struct ReuseTests {
  private static let document = """
    asyncapi: 3.0.0
    info: {title: Files, version: 1.0.0}
    servers: {local: {host: localhost, protocol: ws, pathname: /}}
    channels:
      files:
        address: /
        messages:
          log_in: {$ref: '#/components/messages/log_in'}
          logged_in: {$ref: '#/components/messages/logged_in'}
          upload: {$ref: '#/components/messages/upload'}
          uploaded: {$ref: '#/components/messages/uploaded'}
          chunk: {$ref: '#/components/messages/chunk'}
    operations:
      log_in:
        action: receive
        channel: {$ref: '#/channels/files'}
        messages: [{$ref: '#/channels/files/messages/log_in'}]
        reply: {messages: [{$ref: '#/channels/files/messages/logged_in'}]}
      upload:
        action: receive
        channel: {$ref: '#/channels/files'}
        messages: [{$ref: '#/channels/files/messages/upload'}]
        reply: {messages: [{$ref: '#/channels/files/messages/uploaded'}]}
      chunk:
        action: receive
        channel: {$ref: '#/channels/files'}
        messages: [{$ref: '#/channels/files/messages/chunk'}]
    components:
      messages:
        log_in:
          payload: {type: object, required: [op, name], properties: {op: {const: log_in}, name: {type: string}}}
        logged_in:
          payload: {type: object, required: [op, session], properties: {op: {const: logged_in}, session: {type: string}}}
        upload:
          payload:
            type: object
            required: [op, session]
            properties: {op: {const: upload}, session: {type: string}, name: {type: string}}
        uploaded:
          payload: {type: object, required: [op], properties: {op: {const: uploaded}}}
        chunk:
          contentType: application/octet-stream
          payload: {}
    """

  @Test func `values that the provider made up are facts of the requests that repeat them`() throws
  {
    let api = try AsyncAPIDocument.load(text: Self.document, file: "files.yml")
    var traffic = Traffic(open: "/")
    traffic.consumer(["op": "log_in", "name": "somebody"])
    traffic.provider(["op": "logged_in", "session": "s3ss10n-k3y"])
    traffic.consumer(["op": "upload", "session": "s3ss10n-k3y", "name": "somebody"])
    traffic.provider(["op": "uploaded"])
    traffic.frame(TranscriptFrame(.binary, payload: [1, 2, 3]), fromProvider: false)
    let distillate = Distiller(api: api, consumer: "c", provider: "p").distil(traffic.transcript)
    #expect(distillate.findings == [])
    #expect(
      distillate.contract.interactions.map(\.description) == [
        "log_in is answered with logged_in", "upload is answered with uploaded", "chunk is sent",
      ]
    )
    let session = try #require(JSONPointer("/session"))
    #expect(
      distillate.contract.interactions.map(\.facts.reuses) == [
        [],
        [
          ReusedValue(
            target: session,
            interaction: "log_in is answered with logged_in",
            response: 0,
            source: session
          )
        ],
        [],
      ]
    )
    guard case .exchange(let chunk, let replies) = distillate.contract.interactions[2].content
    else {
      Issue.record("an exchange was expected")
      return
    }
    #expect(chunk.contents == .binary([1, 2, 3], contentType: "application/octet-stream"))
    #expect(replies == [])
  }
}
