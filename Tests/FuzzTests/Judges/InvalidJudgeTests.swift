import Contract
import Fuzz
import Testing

struct InvalidJudgeTests {
  typealias Example = JudgeTests.Example

  private static let long = String(repeating: "x", count: 41)
  private static let tooLong = #"{"type":"ask","id":"1","text":"\#(long)"}"#
  private static let ask = #"{"type":"ask","id":"2","text":""}"#
  private static let answer = #"{"type":"answer","id":"2","text":""}"#
  private static let count = #"{"type":"count"}"#
  private static let total = #"{"type":"total","n":1}"#
  private static let error = #"{"type":"error","code":"lost"}"#
  private static let ownError = #"{"type":"error","id":"1","code":"lost"}"#
  /// A text frame without a mask.
  private static let unmasked = "8100"

  static let correct = [
    Example("an error with the id", [], "0 a open\n1 a > \(tooLong)\n2 a < \(ownError)"),
    Example("an error without an id", [], "0 a open\n1 a > \(tooLong)\n2 a < \(error)"),
    Example(
      "an error, and then the connection goes on",
      [],
      "0 a open\n1 a > \(tooLong)\n2 a < \(error)\n3 a > \(ask)\n4 a < \(answer)\n5 a end"
    ),
    Example(
      "an error and a close",
      [],
      "0 a open\n1 a > \(tooLong)\n2 a < \(error)\n3 a > \(ask)\n4 a close 1008"
    ),
    Example(
      "a divided message that is answered and ends the connection",
      [],
      "0 a open\n1 a part {\"type\":\n1 a last \"count\"}\n2 a < \(total)\n3 a close 1000"
    ),
    Example("a close with 1003", [], "0 a open\n1 a > null\n2 a close 1003"),
    Example("a close with 1007", [], "0 a open\n1 a > oops\n2 a close 1007"),
    Example("a documented close", [], "0 a open\n1 a > []\n2 a close 4001"),
    Example(
      "a close that crosses the next question",
      [],
      "0 a open\n1 a > null\n2 a > \(ask)\n3 a close 1008"
    ),
    Example(
      "silence about a text that is no message",
      [],
      "0 a open\n1 a > hello\n60 a > \(ask)\n61 a < \(answer)\n2000 a end"
    ),
    Example(
      "silence about a message that nobody answers",
      [],
      "0 a open\n1 a > {\"type\":\"note\",\"text\":7}\n60 a > \(ask)\n61 a < \(answer)\n2000 a end"
    ),
    Example(
      "a refusal that comes after the next answer",
      [],
      "0 a open\n1 a > \(tooLong)\n60 a > \(ask)\n61 a < \(answer)\n90 a < \(ownError)\n2000 a end"
    ),
    Example(
      "a name twice, answered",
      [],
      #"0 a open\#n1 a > {"type":"ask","id":"1","text":"","text":""}"#
        + "\n2 a < {\"type\":\"answer\",\"id\":\"1\",\"text\":\"\"}"
    ),
    Example(
      "a name twice, refused",
      [],
      #"0 a open\#n1 a > {"type":"ask","id":"1","text":"","text":""}"# + "\n2 a close 1007"
    ),
    Example(
      "a broken rule and a close that blames the client",
      [],
      "0 a open\n1 a raw \(unmasked)\n2 a close 1002"
    ),
    Example("a text that is not UTF-8 and the end of TCP", [], "0 a open\n1 a bad\n2 a drop"),
    Example(
      "a broken rule and the end of TCP",
      [],
      "0 a open\n1 a raw \(unmasked)\n2 a drop"
    ),
    Example(
      "a length in a longer form, accepted",
      [],
      "0 a open\n1 a raw 81fe0002000000007b7d\n60 a > \(ask)\n61 a < \(answer)"
    ),
    Example(
      "the end of TCP after this side stopped sending",
      [],
      "0 a open\n1 a half x\n2 a drop"
    ),
    Example(
      "a divided message, answered",
      [],
      "0 a open\n1 a part {\"type\":\n1 a +ping x\n1 a last \"count\"}\n2 a pong x\n3 a < \(total)"
        + "\n4 a > \(ask)\n5 a < \(answer)"
    ),
  ]

  static let wrong = [
    Example(
      "an invalid request is answered",
      ["WSP404 ask /text maxLength"],
      "0 a open\n1 a > \(tooLong)\n2 a < {\"type\":\"answer\",\"id\":\"1\",\"text\":\"\"}"
    ),
    Example(
      "an invalid request without an id is answered",
      ["WSP404 count additionalProperties"],
      "0 a open\n1 a > {\"type\":\"count\",\"more\":1}\n2 a < \(total)"
    ),
    Example(
      "half a message is answered",
      ["WSP404 JSON that is cut off"],
      "0 a open\n1 a > {\"type\":\"count\"\n2 a < \(total)"
    ),
    Example(
      "another letter case is answered",
      ["WSP404 a 'type' in another letter case"],
      "0 a open\n1 a > {\"type\":\"COUNT\"}\n2 a < \(total)"
    ),
    Example(
      "the answer to a valid request comes twice, the second time after an invalid one",
      ["WSP204 ask answer"],
      "0 a open\n1 a > \(ask)\n2 a < \(answer)\n3 a > \(tooLong)\n4 a < \(answer)"
        + "\n5 a < \(ownError)"
    ),
    Example(
      "an invalid request is passed over",
      ["WSP405 ask /text maxLength"],
      "0 a open\n1 a > \(tooLong)\n60 a > \(ask)\n61 a < \(answer)\n2000 a end"
    ),
    Example(
      "a frame without a mask is passed over",
      ["WSP406 frame without a mask"],
      "0 a open\n1 a raw \(unmasked)\n200 a > \(ask)\n201 a < \(answer)"
    ),
    Example(
      "a text that is not UTF-8 is passed over",
      ["WSP406 text that is not UTF-8"],
      "0 a open\n1 a bad\n200 a > \(ask)\n201 a < \(answer)"
    ),
    Example(
      "a second message within a first",
      ["WSP406 message inside a fragmented one"],
      "0 a open\n1 a part {\n1 a > \(ask)\n200 a > \(count)\n201 a < \(total)"
    ),
    Example(
      "a broken rule closed as if it were none",
      ["WSP407 close frame with the code 1005 1000"],
      "0 a open\n1 a raw 88820000000003ed\n2 a close 1000"
    ),
    Example(
      "a divided message is not answered",
      ["WSP408 divided into frames"],
      "0 a open\n1 a part {\"type\":\n1 a last \"count\"}\n1002 a end"
    ),
    Example(
      "a divided message is refused",
      ["WSP408 with an empty frame"],
      "0 a open\n1 a part {\"type\":\"count\"}\n1 a last\n2 a close 1002"
    ),
    Example(
      "a ping between frames is not answered",
      ["WSP408 ping between frames"],
      "0 a open\n1 a part {\"type\":\n1 a +ping x\n1 a last \"count\"}\n3 a < \(total)"
        + "\n4 a > \(ask)\n5 a < \(answer)"
    ),
    Example(
      "nothing is answered after null",
      ["WSP409 null in place of a message"],
      "0 a open\n1 a > null\n60 a > \(ask)\n1100 a end"
    ),
    Example(
      "nothing is answered on a new connection after null",
      ["WSP409 null in place of a message"],
      "0 a open\n1 a > null\n2 a close 1008\n3 b open\n4 b > \(ask)\n1100 b end"
    ),
    Example(
      "a crash at null",
      ["WSP101 null in place of a message"],
      "0 a open\n1 a > null\n2 a drop\n3 - exit 1"
    ),
    Example(
      "an exception at null",
      ["WSP103 null in place of a message"],
      "0 a open\n1 a > null\n2 a close 1011"
    ),
    Example(
      "a drop at an empty text",
      ["WSP102 an empty text"],
      "0 a open\n1 a > \n2 a drop"
    ),
    Example(
      "a normal close",
      ["WSP402 an array in place of a message 1000"],
      "0 a open\n1 a > []\n2 a close 1000"
    ),
    Example(
      "an undocumented close",
      ["WSP402 an array in place of a message 4999"],
      "0 a open\n1 a > []\n2 a close 4999"
    ),
    Example(
      "an error that the document does not know",
      [#"WSP302 "oops""#],
      "0 a open\n1 a > []\n2 a < {\"type\":\"oops\"}"
    ),
    Example(
      "an error that breaks its schema",
      ["WSP301 error /code enum"],
      "0 a open\n1 a > []\n2 a < {\"type\":\"error\",\"code\":\"no such code\"}"
    ),
  ]

  @Test(arguments: correct)
  func `a provider that may do so is not blamed`(example: Example) throws {
    let evidence = try TranscriptText.evidence(example.transcript)
    #expect(Judges.findings(in: evidence, limits: JudgeLimits()).map(\.signature) == [])
  }

  @Test(arguments: wrong)
  func `each fault is found by one judge`(example: Example) throws {
    let evidence = try TranscriptText.evidence(example.transcript)
    let findings = Judges.findings(in: evidence, limits: JudgeLimits())
    #expect(findings.map(\.signature) == example.signatures)
    for finding in findings {
      #expect(finding.message.first?.isLowercase ?? false, "\(finding.message)")
      #expect(!finding.message.hasSuffix("."))
      #expect(finding.traffic?.connection.isEmpty == false)
    }
  }

  @Test func `a late refusal counts also where errors may come unasked`() throws {
    var api = try RoomsAPI.description()
    api.operations.append(
      OperationDescription(
        name: "trouble",
        direction: .toConsumer,
        channel: "main",
        messages: ["error"]
      )
    )
    func findings(_ text: String) -> [String] {
      let evidence = Evidence(APIIndex(api), transcript: TranscriptText.transcript(text))
      return Judges.findings(in: evidence, limits: JudgeLimits()).map(\.signature)
    }
    let asked = "0 a open\n1 a > \(Self.tooLong)\n50 a > \(Self.ask)\n51 a < \(Self.answer)\n"
    #expect(findings(asked + "2000 a end") == ["WSP405 ask /text maxLength"])
    #expect(findings(asked + "60 a < \(Self.error)\n2000 a end") == [])
  }
}
