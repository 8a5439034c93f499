import Contract
import Fuzz
import JSON
import JSONSchema

/// A small API for tests: questions with one answer, streams with several messages, notes without an
/// answer, a count without ids, news that come unasked, and a heartbeat of the provider.
enum RoomsAPI {
  static func description() throws -> APIDescription {
    let id: JSONObject = ["id": ["type": "string", "minLength": 1, "maxLength": 8]]
    let text: JSONObject = ["text": ["type": "string", "maxLength": 40]]
    let room: JSONObject = ["room": ["type": "string", "format": "uuid"]]
    return APIDescription(
      title: "Rooms",
      version: "1",
      file: "rooms.yml",
      messages: try [
        message("ask", id + text),
        message("answer", id + text),
        message("watch", id + room),
        message("begin", id),
        message("item", ["n": ["type": "integer", "minimum": 0]], optional: id),
        message("end", id),
        message("note", text),
        message("count", [:]),
        message("total", ["n": ["type": "integer", "minimum": 0]]),
        message("news", text),
        message("beat", id),
        message("alive", id),
        message("error", ["code": ["enum": ["busy", "lost"]]], optional: id),
      ],
      operations: [
        operation("ask", ReplyDescription(messages: ["answer", "error"])),
        operation(
          "watch",
          ReplyDescription(
            messages: ["begin", "item", "end", "error"],
            sequence: [
              ReplyStep(message: "begin"), ReplyStep(message: "item", minimum: 1, maximum: nil),
              ReplyStep(message: "end"),
            ]
          )
        ),
        operation("note", nil),
        operation("count", ReplyDescription(messages: ["total"])),
        OperationDescription(
          name: "publish",
          direction: .toConsumer,
          channel: "main",
          messages: ["news", "item"]
        ),
        OperationDescription(
          name: "heartbeat",
          direction: .toConsumer,
          channel: "main",
          messages: ["beat"],
          reply: ReplyDescription(messages: ["alive"])
        ),
      ],
      closeCodes: [CloseCodeDescription(code: 4001, summary: "the room is gone")]
    )
  }

  static func index() throws -> APIIndex { APIIndex(try description()) }

  private static func operation(
    _ name: String,
    _ reply: ReplyDescription?
  ) -> OperationDescription {
    OperationDescription(
      name: name,
      direction: .toProvider,
      channel: "main",
      messages: [name],
      reply: reply
    )
  }

  static func message(
    _ name: String,
    _ members: JSONObject,
    optional: JSONObject = [:]
  ) throws -> MessageDefinition {
    let properties: JSONObject = ["type": ["const": .string(name)]] + members + optional
    let required = (["type"] + members.names).map { JSONValue.string($0) }
    let schema: JSONValue = [
      "type": "object", "required": .array(required), "additionalProperties": false,
      "properties": .object(properties),
    ]
    let hasID = properties.names.contains("id")
    return MessageDefinition(
      name: name,
      payload: try SchemaCompiler().compile(schema),
      identity: MessageIdentity(
        pointer: JSONPointer(tokens: ["type"]),
        value: .string(name)
      ),
      correlation: hasID ? JSONPointer(tokens: ["id"]) : nil
    )
  }
}

private func + (left: JSONObject, right: JSONObject) -> JSONObject {
  JSONObject(left.members + right.members)
}
