import Testing

@testable import Capture

struct StabilizerTests {
  @Test(
    arguments: [
      ("5b8c7b8e-0f6d-4c1a-9a55-3f0f6a1d2c01", true),
      ("5B8C7B8E-0F6D-4C1A-9A55-3F0F6A1D2C01", true),
      ("5b8c7b8e-0f6d-4c1a-9a55-3f0f6a1d2c0", false),
      ("5b8c7b8e-0f6d-4c1a-9a55-3f0f6a1d2c0g", false),
      ("5b8c7b8e00f6d-4c1a-9a55-3f0f6a1d2c01", false),
    ]
  )
  func `UUIDs are known by their form`(text: String, isUUID: Bool) {
    #expect(UUIDText.isUUID(text) == isUUID)
  }

  @Test func `UUIDs are found in texts, but not in longer numbers`() {
    let id = "5b8c7b8e-0f6d-4c1a-9a55-3f0f6a1d2c01"
    let text = "thread:\(id)/\(id) a\(id)0"
    #expect(UUIDText.ranges(in: text).map { String(text[$0]) } == [id, id])
  }

  @Test func `numbered UUIDs keep version and case`() {
    #expect(
      UUIDText.numbered(255, like: "5b8c7b8e-0f6d-7c1a-9a55-3f0f6a1d2c01")
        == "00000000-0000-7000-8000-0000000000ff"
    )
    #expect(
      UUIDText.numbered(255, like: "5B8C7B8E-0F6D-4C1A-9A55-3F0F6A1D2C01")
        == "00000000-0000-4000-8000-0000000000FF"
    )
  }

  @Test(
    arguments: [
      ("2024-01-31T10:20:30Z", true), ("2024-01-31t10:20:30z", true),
      ("2024-01-31T10:20:30.123+01:00", true), ("2024-01-31T10:20:30", false),
      ("2024-01-31 10:20:30Z", false), ("2024-01-31T10:20:30.Z", false),
      ("2024-01-31T10:20:30+0100", false), ("2024-01-31", false),
    ]
  )
  func `points in time are known by their form`(text: String, isTimestamp: Bool) {
    #expect(Timestamp.isTimestamp(text) == isTimestamp)
  }
}
