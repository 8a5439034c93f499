import Contract
import Fuzz
import JSON

/// A small API with state for tests: whoever has entered makes boxes, names, opens, looks at and
/// removes them, and may listen to what happens to them.
enum BoxesAPI {
  static func index() throws -> APIIndex { APIIndex(try description()) }

  static func description() throws -> APIDescription {
    let id: JSONObject = ["id": ["type": "integer"]]
    let box: JSONObject = ["id": ["type": "integer"], "box": ["type": "string"]]
    let label: JSONObject = ["label": ["type": "string"]]
    return APIDescription(
      title: "Boxes",
      version: "1",
      file: "boxes.yml",
      messages: try [
        RoomsAPI.message("enter", id),
        RoomsAPI.message("make", id, optional: label),
        RoomsAPI.message("name", JSONObject(box.members + label.members)),
        RoomsAPI.message("unlock", box),
        RoomsAPI.message("look", box),
        RoomsAPI.message("remove", box),
        RoomsAPI.message("listen", id),
        RoomsAPI.message("entered", id),
        RoomsAPI.message("seen", box, optional: label),
        RoomsAPI.message("done", id),
        RoomsAPI.message("error", id),
        RoomsAPI.message(
          "moved",
          ["box": ["type": "string"]],
          optional: ["ears": ["type": "integer"]]
        ),
      ],
      operations: [
        operation("enter", "entered", OperationEffects()),
        operation("make", "seen", effects(.create, values: ["label"], to: "locked")),
        operation("name", "done", effects(.change, values: ["label"])),
        operation("unlock", "done", effects(.change, from: ["locked"], to: "unlocked")),
        operation("look", "seen", effects(.read)),
        operation("remove", "done", effects(.delete)),
        operation(
          "listen",
          "done",
          OperationEffects(subscription: SubscriptionEffect(push: "movements", begins: true))
        ),
        OperationDescription(
          name: "movements",
          direction: .toConsumer,
          channel: "main",
          messages: ["moved"],
          effects: OperationEffects(
            audience: .subscribers,
            triggers: ["make", "unlock", "remove"],
            count: JSONPointer(tokens: ["ears"])
          )
        ),
      ]
    )
  }

  private static func effects(
    _ kind: StateEffect.Kind,
    values: [String] = [],
    from: [String] = [],
    to: String? = nil
  ) -> OperationEffects {
    OperationEffects(
      state: StateEffect(
        resource: "box",
        id: JSONPointer(tokens: ["box"]),
        kind: kind,
        values: values.map { JSONPointer(tokens: [$0]) },
        from: from,
        to: to
      ),
      requires: ["enter"]
    )
  }

  private static func operation(
    _ name: String,
    _ reply: String,
    _ effects: OperationEffects
  ) -> OperationDescription {
    OperationDescription(
      name: name,
      direction: .toProvider,
      channel: "main",
      messages: [name],
      reply: ReplyDescription(messages: [reply, "error"]),
      effects: effects
    )
  }
}
