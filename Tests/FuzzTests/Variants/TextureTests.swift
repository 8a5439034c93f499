import Contract
import JSON
import JSONSchema
import Testing

@testable import Fuzz

struct TextureTests {
  @Test(arguments: Texture.allCases)
  func `every text gets the mark where the schema has room for it, and only once`(
    texture: Texture
  ) throws {
    let note = try RoomsAPI.message("note", ["text": ["type": "string", "maxLength": 20]])
    let value: JSONValue = ["type": "note", "text": "ab"]
    let changed = texture.applied(to: value, note)
    #expect(changed["type"] == "note")
    #expect((changed == value) == (texture == .none))
    #expect(note.payload.isValid(changed))
    #expect(texture.applied(to: changed, note) == changed)
    let full: JSONValue = ["type": "note", "text": .string(String(repeating: "x", count: 20))]
    #expect(texture.applied(to: full, note) == full)
  }

  @Test func `names of things stay as they are`() throws {
    let watch = try RoomsAPI.message(
      "watch",
      ["id": ["type": "string"], "room_id": ["type": "string"]]
    )
    let value: JSONValue = ["type": "watch", "id": "1", "room_id": "a"]
    #expect(Texture.zero.applied(to: value, watch) == value)
  }
}
