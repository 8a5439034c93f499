import Contract
import Fuzz
import Testing

struct JudgeTests {
  struct Example: CustomTestStringConvertible {
    let why: String
    let signatures: [String]
    let transcript: String
    var testDescription: String { why }

    init(_ why: String, _ signatures: [String], _ transcript: String) {
      self.why = why
      self.signatures = signatures
      self.transcript = transcript
    }
  }

  private static let ask = #"{"type":"ask","id":"1","text":""}"#
  private static let answer = #"{"type":"answer","id":"1","text":""}"#
  private static let watch =
    #"{"type":"watch","id":"2","room":"00000000-0000-4000-8000-000000000000"}"#

  static let correct = [
    Example("an answer in time", [], "0 a open\n1 a > \(ask)\n9 a < \(answer)\n10 a end"),
    Example(
      "an error in place of an answer",
      [],
      "0 a open\n1 a > \(ask)\n9 a < {\"type\":\"error\",\"code\":\"busy\",\"id\":\"1\"}\n10 a end"
    ),
    Example(
      "a whole stream",
      [],
      """
      0 a open
      1 a > \(watch)
      2 a < {"type":"begin","id":"2"}
      3 a < {"type":"item","id":"2","n":0}
      4 a < {"type":"item","id":"2","n":1}
      5 a < {"type":"end","id":"2"}
      """
    ),
    Example(
      "an error in place of a stream",
      [],
      "0 a open\n1 a > \(watch)\n2 a < {\"type\":\"error\",\"id\":\"2\",\"code\":\"lost\"}"
    ),
    Example(
      "answers in another order than the questions, told by their ids",
      [],
      """
      0 a open
      1 a > {"type":"ask","id":"x","text":""}
      1 a > {"type":"ask","id":"y","text":""}
      2 a < {"type":"answer","id":"y","text":""}
      3 a < {"type":"answer","id":"x","text":""}
      """
    ),
    Example(
      "answers without ids, in order",
      [],
      "0 a open\n1 a > {\"type\":\"count\"}\n1 a > {\"type\":\"count\"}\n"
        + "2 a < {\"type\":\"total\",\"n\":1}\n3 a < {\"type\":\"total\",\"n\":2}"
    ),
    Example("news that nobody asked for", [], "0 a open\n1 a < {\"type\":\"news\",\"text\":\"\"}"),
    Example(
      "items of somebody else's stream, without an id",
      [],
      "0 a open\n0 b open\n1 a > \(watch)\n2 b < {\"type\":\"item\",\"n\":0}\n"
        + "3 a < {\"type\":\"error\",\"code\":\"busy\",\"id\":\"2\"}"
    ),
    Example(
      "a heartbeat and its answer",
      [],
      "0 a open\n1 a < {\"type\":\"beat\",\"id\":\"h\"}\n2 a > {\"type\":\"alive\",\"id\":\"h\"}"
    ),
    Example(
      "items of a stream that another asked for, with its id, when the asker got them too",
      [],
      """
      0 a open
      0 b open
      1 a > \(watch)
      2 a < {"type":"begin","id":"2"}
      3 b < {"type":"item","id":"2","n":0}
      3 a < {"type":"item","id":"2","n":0}
      4 a < {"type":"end","id":"2"}
      """
    ),
    Example(
      "a note, which nobody answers",
      [],
      "0 a open\n1 a > {\"type\":\"note\",\"text\":\"\"}\n2000 a end"
    ),
    Example("a documented close", [], "0 a open\n1 a > \(ask)\n2 a close 4001"),
    Example("a normal close with nothing to answer", [], "0 a open\n2 a close 1000"),
    Example(
      "a question that was given up at once",
      [],
      "0 a open\n1 a > \(ask)\n2 a end"
    ),
    Example(
      "a late answer while this program stood still",
      [],
      "0 a open\n1 a > \(ask)\n190 a stall 150\n200 a < \(answer)"
    ),
    Example("an answer in time on a slow network", [], "0 a open\n1 a > \(ask)\n104 a < \(answer)"),
    Example("nothing at all", [], ""),
  ]

  static let wrong = [
    Example(
      "the process ended; what follows from that is not told",
      ["WSP101 ask"],
      "0 a open\n1 a > \(ask)\n2 a drop\n3 - exit 3"
    ),
    Example("a signal ended it", ["WSP101 ask"], "0 a open\n1 a > \(ask)\n2 a drop\n3 - signal 11"),
    Example(
      "a dropped connection",
      ["WSP102 note"],
      "0 a open\n1 a > {\"type\":\"note\",\"text\":\"\"}\n2 a drop"
    ),
    Example("an internal error", ["WSP103 ask"], "0 a open\n1 a > \(ask)\n2 a close 1011"),
    Example(
      "no new connection",
      ["WSP104 ask"],
      "0 a open\n1 a > \(ask)\n2 a < \(answer)\n3 a end\n4 b refused"
    ),
    Example("a broken protocol", ["WSP105 ask"], "0 a open\n1 a > \(ask)\n2 a violation"),
    Example(
      "no answer in a second",
      ["WSP201 ask"],
      "0 a open\n1 a > \(ask)\n1002 a end"
    ),
    Example(
      "no answer without ids",
      ["WSP201 count"],
      "0 a open\n1 a > {\"type\":\"count\"}\n1002 a end"
    ),
    Example("a late answer", ["WSP202 ask"], "0 a open\n1 a > \(ask)\n107 a < \(answer)"),
    Example(
      "a stream without an end",
      ["WSP203 watch item or end"],
      "0 a open\n1 a > \(watch)\n2 a < {\"type\":\"begin\",\"id\":\"2\"}\n"
        + "3 a < {\"type\":\"item\",\"id\":\"2\",\"n\":1}\n1004 a end"
    ),
    Example(
      "an answer twice",
      ["WSP204 ask answer"],
      "0 a open\n1 a > \(ask)\n2 a < \(answer)\n3 a < \(answer)"
    ),
    Example(
      "an answer without an id twice",
      ["WSP204 count total"],
      "0 a open\n1 a > {\"type\":\"count\"}\n2 a < {\"type\":\"total\",\"n\":1}\n"
        + "3 a < {\"type\":\"total\",\"n\":1}"
    ),
    Example(
      "an end before anything",
      ["WSP205 watch start end"],
      "0 a open\n1 a > \(watch)\n2 a < {\"type\":\"end\",\"id\":\"2\"}"
    ),
    Example(
      "an item after the end",
      ["WSP205 watch end item"],
      """
      0 a open
      1 a > \(watch)
      2 a < {"type":"begin","id":"2"}
      3 a < {"type":"item","id":"2","n":0}
      4 a < {"type":"end","id":"2"}
      5 a < {"type":"item","id":"2","n":1}
      """
    ),
    Example(
      "an error in the middle of a stream",
      ["WSP205 watch begin error"],
      "0 a open\n1 a > \(watch)\n2 a < {\"type\":\"begin\",\"id\":\"2\"}\n"
        + "3 a < {\"type\":\"error\",\"id\":\"2\",\"code\":\"busy\"}"
    ),
    Example(
      "an answer that breaks its schema",
      ["WSP301 answer /text type"],
      "0 a open\n1 a > \(ask)\n2 a < {\"type\":\"answer\",\"id\":\"1\",\"text\":7}"
    ),
    Example(
      "a renamed message; the answer is not missed besides",
      [#"WSP302 "answers""#],
      "0 a open\n1 a > \(ask)\n2 a < {\"type\":\"answers\",\"id\":\"1\"}\n3 a end"
    ),
    Example("no JSON", ["WSP302 not-json"], "0 a open\n1 a < oops"),
    Example("a binary message", ["WSP302 binary"], "0 a open\n1 a binary"),
    Example(
      "what only clients say",
      ["WSP302 ask"],
      "0 a open\n1 a < \(ask)"
    ),
    Example(
      "an id that nobody used; the answer is not missed besides",
      ["WSP303 answer unknown"],
      "0 a open\n1 a > \(ask)\n2 a < {\"type\":\"answer\",\"id\":\"9\",\"text\":\"\"}\n1500 a end"
    ),
    Example(
      "an answer without its id",
      ["WSP303 error missing"],
      "0 a open\n1 a > \(ask)\n2 a < {\"type\":\"error\",\"code\":\"busy\"}"
    ),
    Example(
      "an answer to somebody else; it is not missed besides",
      ["WSP304 ask answer"],
      "0 a open\n0 b open\n1 a > \(ask)\n2 b < \(answer)\n1500 a end"
    ),
    Example(
      "the item of a stream to somebody else with the asker's id",
      ["WSP304 watch item"],
      "0 a open\n0 b open\n1 a > \(watch)\n2 b < {\"type\":\"item\",\"id\":\"2\",\"n\":0}\n1500 a end"
    ),
    Example(
      "an answer without a question",
      ["WSP305 total"],
      "0 a open\n1 a < {\"type\":\"total\",\"n\":1}"
    ),
    Example(
      "a valid message rejected",
      ["WSP401 ask 1002"],
      "0 a open\n1 a > \(ask)\n2 a close 1002"
    ),
    Example("an undocumented close", ["WSP402 ask 4999"], "0 a open\n1 a > \(ask)\n2 a close 4999"),
    Example(
      "the end of a stream to somebody else; the stream is not told to be incomplete besides",
      ["WSP304 watch end"],
      """
      0 a open
      0 b open
      1 a > \(watch)
      2 a < {"type":"begin","id":"2"}
      3 a < {"type":"item","id":"2","n":0}
      4 b < {"type":"end","id":"2"}
      1500 a end
      """
    ),
    Example(
      "a close after two questions blames the one that was not answered",
      ["WSP103 watch"],
      """
      0 a open
      1 a > \(watch)
      1 a > \(ask)
      2 a close 1011
      """
    ),
    Example(
      "a normal close in place of an answer",
      ["WSP402 ask 1000"],
      "0 a open\n1 a > \(ask)\n2 a close 1000"
    ),
    Example(
      "a close frame that is not answered",
      ["WSP403 ask"],
      "0 a open\n1 a > \(ask)\n2 a < \(answer)\n3 a unanswered"
    ),
  ]

  private let limits = JudgeLimits(budget: .milliseconds(100), baseline: .milliseconds(5))

  @Test(arguments: correct)
  func `a correct provider is not blamed`(example: Example) throws {
    let findings = Judges.findings(
      in: try TranscriptText.evidence(example.transcript),
      limits: limits
    )
    #expect(findings.map(\.signature) == [])
  }

  @Test(arguments: wrong)
  func `each fault is found by one judge`(example: Example) throws {
    let findings = Judges.findings(
      in: try TranscriptText.evidence(example.transcript),
      limits: limits
    )
    #expect(findings.map(\.signature) == example.signatures)
  }

  @Test(arguments: wrong)
  func `a finding is a sentence with a place`(example: Example) throws {
    let findings = Judges.findings(
      in: try TranscriptText.evidence(example.transcript),
      limits: limits
    )
    for finding in findings {
      #expect(finding.message.first?.isLowercase ?? false, "\(finding.message)")
      #expect(!finding.message.hasSuffix("."))
      #expect(finding.traffic?.connection.isEmpty == false)
    }
  }

  @Test func `rules have codes and names of their own, and say what they mean`() {
    let rules = Judges.all.map { $0.rule }
    #expect(Set(rules.map(\.code)).count == rules.count)
    #expect(Set(rules.map(\.name)).count == rules.count)
    for rule in rules {
      #expect(rule.code.hasPrefix("WSP") && rule.code.count == 6)
      #expect(!rule.explanation.isEmpty)
      #expect(Judges.rule(rule.code.lowercased()) == rule)
      #expect(Judges.rule(rule.name) == rule)
    }
    #expect(Judges.rule("WSP999") == nil)
  }

  @Test func `every rule is broken by an example`() {
    var examples = (Self.wrong + InvalidJudgeTests.wrong).flatMap(\.signatures)
    examples += StateJudgeTests.wrong.flatMap(\.signatures)
    examples += LeakJudgeTests.leaks.map(\.signature)
    examples += SpellingTests.escapes.flatMap(\.signatures)
    examples += GrowthJudgeTests.examples.flatMap(\.signatures) + [GrowthJudgeTests.slower]
    let broken = Set(examples.map { String($0.prefix(6)) })
    #expect(broken == Set(Judges.all.map { $0.rule.code }))
  }

  @Test(arguments: [(0, true), (38, true), (39, false), (200, false)])
  func `a reply is not late because its provider had to wait for a processor`(
    milliseconds: Int,
    isLate: Bool
  ) throws {
    let text = "0 a open\n1 a > \(Self.ask)\n144.5 a < \(Self.answer)"
    var limits = limits
    limits.starvation = .milliseconds(milliseconds)
    let findings = Judges.findings(in: try TranscriptText.evidence(text), limits: limits)
    #expect(findings.isEmpty != isLate)
  }

  @Test func `a late reply tells its time and the budget`() throws {
    let text = "0 a open\n1 a > \(Self.ask)\n144.5 a < \(Self.answer)"
    let finding = try #require(
      Judges.findings(in: try TranscriptText.evidence(text), limits: limits).first
    )
    #expect(finding.message == "the first reply to ask took 143 ms")
    #expect(finding.expected == "a reply within 100 ms")
    #expect(finding.traffic == TrafficLocation(connection: "a", frame: 1))
  }
}
