import Contract
import Testing

@testable import Fuzz

struct ReplyProgressTests {
  private static let stream = ReplyDescription(
    messages: ["start", "chunk", "note", "end", "error"],
    sequence: [
      ReplyStep(message: "start"), ReplyStep(message: "chunk", minimum: 1, maximum: 3),
      ReplyStep(message: "note", minimum: 0), ReplyStep(message: "end"),
    ]
  )

  struct Example: CustomTestStringConvertible {
    let messages: String
    let steps: [ReplyProgress.Step]
    let isSatisfied: Bool
    var testDescription: String { messages }
  }

  static let examples = [
    Example(
      messages: "start chunk end",
      steps: [.accepted, .accepted, .accepted],
      isSatisfied: true
    ),
    Example(
      messages: "start chunk chunk chunk note end",
      steps: [.accepted, .accepted, .accepted, .accepted, .accepted, .accepted],
      isSatisfied: true
    ),
    Example(messages: "error", steps: [.accepted], isSatisfied: true),
    Example(messages: "start chunk", steps: [.accepted, .accepted], isSatisfied: false),
    Example(
      messages: "start end",
      steps: [.accepted, .outOfOrder(expected: ["chunk"])],
      isSatisfied: false
    ),
    Example(
      messages: "start chunk chunk chunk chunk",
      steps: [.accepted, .accepted, .accepted, .accepted, .outOfOrder(expected: ["note", "end"])],
      isSatisfied: false
    ),
    Example(
      messages: "start error",
      steps: [.accepted, .outOfOrder(expected: ["chunk"])],
      isSatisfied: false
    ),
    Example(
      messages: "start chunk end chunk",
      steps: [.accepted, .accepted, .accepted, .outOfOrder(expected: [])],
      isSatisfied: true
    ),
    Example(
      messages: "start chunk end end",
      steps: [.accepted, .accepted, .accepted, .superfluous],
      isSatisfied: true
    ),
    Example(messages: "error start", steps: [.accepted, .superfluous], isSatisfied: true),
    Example(messages: "other", steps: [.foreign], isSatisfied: false),
  ]

  @Test(arguments: examples)
  func `an answer is walked through in the documented order`(example: Example) {
    var progress = ReplyProgress(Self.stream)
    let steps = example.messages.split(separator: " ").map { progress.take(String($0)) }
    #expect(steps == example.steps)
    #expect(progress.isSatisfied == example.isSatisfied)
  }

  @Test func `any one of the messages answers where there is no order`() {
    var progress = ReplyProgress(ReplyDescription(messages: ["yes", "no"]))
    #expect(progress.expected == ["yes", "no"])
    #expect(progress.take("no") == .accepted)
    #expect(progress.isSatisfied && progress.isOver)
    #expect(progress.take("yes") == .superfluous)
  }

  @Test func `an open end is enough once the least has come, and may go on`() {
    var progress = ReplyProgress(
      ReplyDescription(
        messages: ["item"],
        sequence: [ReplyStep(message: "item", minimum: 2, maximum: nil)]
      )
    )
    #expect(progress.take("item") == .accepted)
    #expect(!progress.isSatisfied)
    #expect(progress.take("item") == .accepted)
    #expect(progress.isSatisfied && !progress.isOver)
    #expect(progress.take("item") == .accepted)
  }
}
