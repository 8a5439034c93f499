import Contract
import Fuzz
import Testing

struct StateJudgeTests {
  /// Transcripts in short: `TIME CONNECTION > NAME ID [BOX [LABEL]]`, and replies with `<`.
  struct Example: CustomTestStringConvertible {
    let why: String
    let signatures: [String]
    let lines: String
    var testDescription: String { why }

    init(_ why: String, _ signatures: [String], _ lines: String) {
      self.why = why
      self.signatures = signatures
      self.lines = lines
    }

    func findings(isAlone: Bool = true) throws -> [Finding] {
      let text = lines.split(separator: "\n").map(Self.line).joined(separator: "\n")
      var limits = JudgeLimits(budget: .milliseconds(100))
      limits.isAlone = isAlone
      let evidence = Evidence(
        try BoxesAPI.index(),
        transcript: TranscriptText.transcript(text)
      )
      return Judges.findings(in: evidence, limits: limits)
    }

    private static func line(_ line: Substring) -> String {
      let words = line.split(separator: " ").map(String.init)
      guard words.count > 3, words[2] == ">" || words[2] == "<" else { return String(line) }
      var members = [#""type":"\#(words[3])""#]
      if words[3] == "moved" {
        members.append(#""box":"\#(words[4])""#)
        if words.count > 5 { members.append(#""ears":\#(words[5])"#) }
      } else {
        members.append(#""id":\#(words[4])"#)
        if words.count > 5 { members.append(#""box":"\#(words[5])""#) }
        if words.count > 6 { members.append(#""label":"\#(words[6])""#) }
      }
      return words[..<3].joined(separator: " ") + " {" + members.joined(separator: ",") + "}"
    }
  }

  /// A connection that has entered and made the box b1.
  private static let made = """
    0 a open
    1 a > enter 1
    2 a < entered 1
    3 a > make 2
    4 a < seen 2 b1

    """

  static let correct = [
    Example(
      "an ear whose connection the provider is about to end is not counted any more",
      [],
      made + """
        4.2 a > look 9 b1
        4.4 a < seen 9 b1
        5 a > listen 8
        6 a < done 8
        6 b open
        6 b > listen 1
        7 b < done 1
        8 a > unlock 3 b1
        9 a < done 3
        9.5 a < moved b1 1
        10 b close 1000
        1500 a end
        """
    ),
    Example(
      "a life of a box",
      [],
      made + """
        5 a > unlock 3 b1
        6 a < done 3
        7 a > look 4 b1
        8 a < seen 4 b1
        9 a > remove 5 b1
        10 a < done 5
        11 a > look 6 b1
        12 a < error 6
        """
    ),
    Example(
      "a box of somebody else is nobody knows how",
      [],
      """
      0 a open
      1 a > enter 1
      2 a < entered 1
      3 a > look 2 b7
      4 a < error 2
      5 a > unlock 3 b7
      6 a < done 3
      """
    ),
    Example(
      "requests at the same time come in whatever order",
      [],
      made + """
        5 a > remove 3 b1
        5 a > look 4 b1
        6 a < seen 4 b1
        7 a < done 3
        """
    ),
    Example(
      "after a request that was never answered nobody knows",
      [],
      made + """
        5 a > remove 3 b1
        6 a end
        7 c open
        8 c > enter 1
        9 c < entered 1
        10 c > look 4 b1
        11 c < error 4
        """
    ),
    Example(
      "a change that failed leaves everything as it was",
      [],
      made + """
        5 a > name 3 b1 x
        6 a < done 3
        7 a > name 4 b1 y
        8 a < error 4
        9 a > look 5 b1
        10 a < seen 5 b1 x
        """
    ),
    Example(
      "a listener hears each movement once",
      [],
      made + """
        5 b open
        6 b > listen 1
        7 b < done 1
        8 a > unlock 3 b1
        9 a < done 3
        10 b < moved b1 1
        1500 b end
        """
    ),
    Example(
      "who has only just asked to listen may hear or not",
      [],
      made + """
        5 b open
        6 b > listen 1
        6 a > unlock 3 b1
        7 a < done 3
        8 b < done 1
        1500 b end
        """
    ),
  ]

  @Test(arguments: correct)
  func `what is right or uncertain is not told`(example: Example) throws {
    #expect(try example.findings().map(\.signature) == [])
  }

  static let wrong = [
    Example(
      "nobody has entered",
      ["WSP501 make enter"],
      """
      0 a open
      3 a > make 2
      4 a < seen 2 b1
      """
    ),
    Example(
      "another connection has entered",
      ["WSP501 look enter"],
      made + """
        5 b open
        6 b > look 1 b1
        7 b < seen 1 b1
        """
    ),
    Example(
      "unlocked twice",
      ["WSP502 unlock unlocked"],
      made + """
        5 a > unlock 3 b1
        6 a < done 3
        7 a > unlock 4 b1
        8 a < done 4
        """
    ),
    Example(
      "seen after it was removed",
      ["WSP503 look"],
      made + """
        5 a > remove 3 b1
        6 a < done 3
        7 a > look 4 b1
        8 a < seen 4 b1
        """
    ),
    Example(
      "gone though nobody removed it",
      ["WSP504 look"],
      made + """
        5 a > remove 3 b1
        6 a < error 3
        7 a > look 4 b1
        8 a < error 4
        """
    ),
    Example(
      "an old label",
      ["WSP505 look /label"],
      made + """
        5 a > name 3 b1 x
        6 a < done 3
        7 a > name 4 b1 y
        8 a < done 4
        9 a > look 5 b1
        10 a < seen 5 b1 x
        """
    ),
    Example(
      "a listener hears nothing",
      ["WSP601 movements unlock"],
      made + """
        5 b open
        6 b > listen 1
        7 b < done 1
        8 a > unlock 3 b1
        9 a < done 3
        1500 b end
        """
    ),
    Example(
      "a listener hears it twice",
      ["WSP602 movements count"],
      made + """
        4.2 a > look 9 b1
        4.4 a < seen 9 b1
        5 b open
        6 b > listen 1
        7 b < done 1
        8 a > unlock 3 b1
        9 a < done 3
        10 b < moved b1
        11 b < moved b1
        1500 b end
        """
    ),
    Example(
      "somebody hears it who never listened",
      ["WSP602 movements audience"],
      made + """
        8 a > unlock 3 b1
        9 a < done 3
        10 a < moved b1
        1500 a end
        """
    ),
    Example(
      "two ears are counted where one is",
      ["WSP603 movements too many"],
      made + """
        4.2 a > look 9 b1
        4.4 a < seen 9 b1
        5 b open
        6 b > listen 1
        7 b < done 1
        8 a > unlock 3 b1
        9 a < done 3
        10 b < moved b1 2
        1500 b end
        """
    ),
  ]

  @Test(arguments: wrong)
  func `what is surely wrong is told by one judge`(example: Example) throws {
    let findings = try example.findings()
    #expect(findings.map(\.signature) == example.signatures)
    for finding in findings {
      #expect(!finding.message.hasSuffix("."))
      #expect(finding.traffic?.connection.isEmpty == false)
      #expect(finding.expected != nil)
    }
  }

  @Test func `how many listen is not judged while others may talk to the provider`() throws {
    let example = try #require(Self.wrong.last)
    #expect(try example.findings(isAlone: false).isEmpty)
  }

  @Test(arguments: [("ab", []), ("a", ["WSP505 make /label"])])
  func `the reply to a write gives back what was written, where reads are answered so`(
    shown: String,
    signatures: [String]
  ) throws {
    let text = """
      0 a open
      1 a > {"type":"enter","id":1}
      2 a < {"type":"entered","id":1}
      3 a > {"type":"make","id":2,"label":"ab"}
      4 a < {"type":"seen","id":2,"box":"b1","label":"\(shown)"}
      5 a end
      """
    let evidence = Evidence(
      try BoxesAPI.index(),
      transcript: TranscriptText.transcript(text)
    )
    let findings = Judges.findings(in: evidence, limits: JudgeLimits())
    #expect(findings.map(\.signature) == signatures)
  }
}
