import Contract
import JSON
import TestSupport
import Testing

@testable import Pact

struct PactReaderTests {
  struct Bad: CustomTestStringConvertible {
    let why: String
    let text: String
    let problems: [String]
    var testDescription: String { why }
  }

  private static func pact(_ interactions: String, version: String = #""4.0""#) -> String {
    """
    {"consumer": {"name": "c"}, "provider": {"name": "p"},
    "metadata": {"pactSpecification": {"version": \(version)}},
    "interactions": [
    \(interactions)
    ]}
    """
  }

  private static func push(_ members: String) -> String {
    pact(#"{"type": "Asynchronous/Messages", "description": "d", \#(members)}"#)
  }

  static let bad = [
    Bad(
      why: "a cut-off file",
      text: #"{"consumer": {"name": "c""#,
      problems: ["1:26: error: the file is cut off: found the end of the text, expected ',' or '}'"]
    ),
    Bad(
      why: "another version",
      text: pact("", version: #""3.0.0""#),
      problems: [
        "2:47: error: of version '3.0.0' only contracts with 'messages' are read; 4.0 has all"
      ]
    ),
    Bad(
      why: "a version that is not known",
      text: pact("", version: "5"),
      problems: ["2:47: error: version '5' of the Pact specification is not read; 4.0 is"]
    ),
    Bad(
      why: "no version",
      text: #"{"consumer": {"name": "c"}, "provider": {}, "interactions": []}"#,
      problems: [
        #"1:1: error: the contract names no version; "metadata" needs "pactSpecification": {"version": "4.0"}"#,
        "1:41: error: 'provider' needs 'name'",
      ]
    ),
    Bad(
      why: "no interactions",
      text: #"{"metadata": {"pactSpecification": {"version": "4.0"}}}"#,
      problems: [
        "1:1: error: a contract needs 'consumer'", "1:1: error: a contract needs 'provider'",
        "1:1: error: a contract needs 'interactions'",
      ]
    ),
    Bad(
      why: "not an object",
      text: "[]",
      problems: ["1:1: error: a contract is a JSON object, found a list"]
    ),
    Bad(
      why: "an interaction without type and description",
      text: pact(#"{}, {"type": 1}"#),
      problems: [
        "4:1: error: an interaction needs 'type'", "4:14: error: 'type' must be text, found 1",
      ]
    ),
    Bad(
      why: "an exchange without response",
      text: pact(
        #"{"type": "Synchronous/Messages", "description": "d", "request": {"contents": 1}}"#
      ),
      problems: [
        "4:1: error: a 'Synchronous/Messages' interaction needs 'response'",
        "4:78: error: 'contents' must be an object with 'content', found 1",
      ]
    ),
    Bad(
      why: "a bad path",
      text: push(#""matchingRules": {"body": {"$..a": {"matchers": []}}}"#),
      problems: [
        "4:82: error: '$..a' is no path at character 3: '..' is not supported; name each step"
      ]
    ),
    Bad(
      why: "a bad pattern",
      text: push(
        #""matchingRules": {"body": {"$.a": {"matchers": [{"match": "regex", "regex": "("}]}}}"#
      ),
      problems: [
        "4:131: error: '(' is no usable regular expression: '(' is never closed"
      ]
    ),
    Bad(
      why: "a bad date format",
      text: push(
        #""matchingRules": {"body": {"$.a": {"matchers": [{"match": "date", "format": "ddd"}]}}}"#
      ),
      problems: ["4:131: error: 'ddd' is no date format: 'd' stands 3 times; 2 at most"]
    ),
    Bad(
      why: "matchers that lack what they need",
      text: push(
        #""matchingRules": {"body": {"$": {"matchers": [{"match": "include"}, {}]}}, "metadata": 1}"#
      ),
      problems: [
        "4:101: error: an 'include' matcher needs 'value'",
        #"4:123: error: a matcher needs 'match', as in {"match": "type"}"#,
        "4:142: error: 'metadata' must be a mapping, found 1",
      ]
    ),
    Bad(
      why: "bad base64",
      text: push(
        #""contents": {"content": "a!", "contentType": "image/png", "encoded": "base64"}"#
      ),
      problems: ["4:79: error: 'content' must be base64 with padding, found 'a!'"]
    ),
    Bad(
      why: "an unknown encoding",
      text: push(#""contents": {"content": "a", "encoded": "hex"}"#),
      problems: [#"4:95: error: 'encoded' must be false, "base64" or "JSON", found 'hex'"#]
    ),
    Bad(
      why: "embedded JSON that is none",
      text: push(
        #""contents": {"content": "{", "contentType": "application/json", "encoded": "JSON"}"#
      ),
      problems: [
        "4:79: error: the text is no JSON: found the end of the text, expected a name in double quotes or '}'"
      ]
    ),
    Bad(
      why: "two interactions with one key",
      text: pact(
        """
        {"type": "Asynchronous/Messages", "description": "a", "key": "k"},
        {"type": "Synchronous/HTTP", "description": "b", "key": "k"}
        """
      ),
      problems: ["5:57: error: the key 'k' is taken by the interaction at c.json:4:62"]
    ),
    Bad(
      why: "a misspelt fact",
      text: push(#""comments": {"wspact": {"trigers": "connect", "audience": "sendr"}}"#),
      problems: [
        "4:79: error: 'wspact' has no member 'trigers'; did you mean 'trigger'?",
        "4:113: error: 'audience' must be 'sender', 'others' or 'all', found 'sendr'",
      ]
    ),
    Bad(
      why: "facts of the wrong kind",
      text: push(
        #""comments": {"wspact": {"audience": "me", "closeCode": 99, "identity": "type", "trigger": 1}}"#
      ),
      problems: [
        "4:91: error: 'audience' must be 'sender', 'others' or 'all', found 'me'",
        "4:110: error: 'closeCode' must be a whole number from 1000 to 4999, found 99",
        "4:126: error: 'type' is no JSON Pointer; did you mean '/type'?",
        #"4:145: error: 'trigger' must be "connect" or {"interaction": "..."}, found 1"#,
      ]
    ),
    Bad(
      why: "facts that do not fit the interaction",
      text: push(
        #""comments": {"wspact": {"responses": [{}, {}], "correlation": {"request": "/a", "response": "/a"}}}"#
      ),
      problems: [
        "4:92: error: 'responses' has 2 entries, but the interaction has 1 provider message",
        "4:117: error: a push answers nothing, so no id ties it to a request",
      ]
    ),
    Bad(
      why: "bounds that leave nothing",
      text: push(#""comments": {"wspact": {"responses": [{"min": 3, "max": 2}]}}"#),
      problems: ["4:111: error: 'max' is below 'min', which is 3"]
    ),
  ]

  @Test(arguments: bad)
  func `every problem is told with its place`(example: Bad) {
    let error = #expect(throws: DiagnosticsError.self) {
      try PactFile.read(Array(example.text.utf8), file: "c.json")
    }
    let errors = (error?.diagnostics ?? []).filter { $0.severity == .error }
    #expect(errors.map { "\($0)".dropFirst("c.json:".count) } == example.problems.map { $0[...] })
  }

  @Test func `what can be read but looks wrong is a warning`() throws {
    let text = Self.pact(
      """
      {"type": "Synchronus/Messages", "description": "a"},
      {"type": "Asynchronous/Messages", "description": "b",
       "matchingRules": {"contents": {}, "body": {"$": {"matchers": [{"match": "regx"}]}}}},
      {"type": "Asynchronous/Messages", "description": "b",
       "comments": {"wspact": {"trigger": {"interaction": "aa"}}}}
      """
    )
    let read = try PactFile.read(Array(text.utf8), file: "c.json")
    #expect(
      read.diagnostics.map { "\($0)" } == [
        "c.json:4:10: warning: the interaction type 'Synchronus/Messages' is not known and is left out; did you mean 'Synchronous/Messages'?",
        "c.json:6:20: warning: rules for 'contents' mean nothing for a message; 'body' and 'metadata' do",
        "c.json:6:74: warning: the matcher 'regx' is not known; nothing can match it; did you mean 'regex'?",
        "c.json:7:1: warning: 'b' is also the interaction at c.json:5:1",
        "c.json:8:53: warning: no interaction is described as 'aa'",
      ]
    )
    #expect(read.pact.interactions.count == 2)
    #expect(read.pact.otherInteractions.count == 1)
  }

  struct Contents: CustomTestStringConvertible {
    let why: String
    let value: JSONValue?
    let contents: MessageContents
    var testDescription: String { why }
  }

  static let contents = [
    Contents(why: "no contents", value: nil, contents: .missing),
    Contents(why: "null", value: .null, contents: .json(nil, contentType: "application/json")),
    Contents(why: "no content", value: ["contentType": "text/plain"], contents: .missing),
    Contents(
      why: "JSON",
      value: ["content": ["a": 1], "contentType": "application/json"],
      contents: .json(["a": 1], contentType: "application/json")
    ),
    Contents(
      why: "JSON of a kind of its own",
      value: ["content": "x", "contentType": "application/hal+json"],
      contents: .json("x", contentType: "application/hal+json")
    ),
    Contents(
      why: "JSON without a type",
      value: ["content": [1]],
      contents: .json([1], contentType: "application/json")
    ),
    Contents(
      why: "JSON as text",
      value: ["content": "{\"a\":1}", "contentType": "application/json", "encoded": "JSON"],
      contents: .json(["a": 1], contentType: "application/json")
    ),
    Contents(
      why: "JSON in base64",
      value: ["content": "eyJhIjoxfQ==", "contentType": "application/json", "encoded": "base64"],
      contents: .json(["a": 1], contentType: "application/json")
    ),
    Contents(
      why: "text",
      value: ["content": "x", "contentType": "text/plain", "encoded": false],
      contents: .text("x", contentType: "text/plain")
    ),
    Contents(
      why: "text in base64",
      value: ["content": "eA==", "contentType": "text/plain", "encoded": "base64"],
      contents: .text("x", contentType: "text/plain")
    ),
    Contents(
      why: "bytes",
      value: ["content": "AQI=", "contentType": "image/png", "encoded": "base64"],
      contents: .binary([1, 2], contentType: "image/png")
    ),
    Contents(
      why: "an empty text",
      value: ["content": ""],
      contents: .text("", contentType: "text/plain")
    ),
  ]

  @Test(arguments: contents)
  func `contents in every encoding are read`(example: Contents) throws {
    var object = JSONObject()
    object["contents"] = example.value
    #expect(try Sample.message(object: .object(object)).contents == example.contents)
  }

  static let matchers: [(name: JSONValue, matcher: Matcher)] = [
    (["match": "real"], .decimal), (["match": "not-empty"], .notEmpty),
    (["match": "timestamp"], .dateTime(format: nil)),
    (["match": "timestamp", "timestamp": "yyyy"], .dateTime(format: "yyyy")),
    (["match": "min-type", "min": 2], .type(minimum: 2, maximum: nil)),
    (["match": "max", "max": "3"], .type(minimum: nil, maximum: 3)),
    (["min": 1], .type(minimum: 1, maximum: nil)), (["regex": "a"], .regex("a")),
    (["date": "yyyy"], .date(format: "yyyy")), (["time": "HH"], .time(format: "HH")),
    (["match": "status-code"], .statusCode("success")),
    (["match": "each-key"], .eachKey(EachRule([]))),
    (["match": "array-contains", "variants": []], .arrayContains([])),
    (["match": "include", "value": 1], .include("1")),
  ]

  @Test(arguments: matchers)
  func `older names of matchers are read`(name: JSONValue, matcher: Matcher) throws {
    let message = try Sample.message("x", rules: ["body": ["$": ["matchers": [name]]]])
    #expect(message.matchingRules.body.map(\.matchers) == [[matcher]])
  }
}

/// Contracts that were damaged on the way.
struct DamagedContractTests {
  @Test func `a damaged contract is read or refused, and never ends the program`() {
    let whole = Array(PactWriterTests.whole.utf8)
    var generator = SplitMix64(seed: 7)
    var refused = 0
    for _ in 0..<1_500 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0x20..<0x7F, using: &generator)
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(bytes[Int.random(in: 0..<bytes.count, using: &generator)], at: place)
        default: bytes.removeSubrange(place..<min(place + 40, bytes.count))
        }
      }
      do {
        let read = try PactFile.read(bytes, file: "c.json")
        // What could be read can be written and read again.
        _ = try PactFile.read(read.pact.bytes, file: "c.json")
      } catch {
        refused += 1
        #expect(!error.diagnostics.isEmpty)
        #expect(error.diagnostics.allSatisfy { $0.location?.file == "c.json" })
      }
    }
    #expect(refused > 500)
  }

  @Test(arguments: stride(from: 0, to: PactWriterTests.whole.utf8.count - 2, by: 97).map { $0 })
  func `a contract that is cut off is refused with its last place`(count: Int) {
    let bytes = Array(PactWriterTests.whole.utf8.prefix(count))
    let error = #expect(throws: DiagnosticsError.self) {
      try PactFile.read(bytes, file: "c.json")
    }
    #expect(error?.diagnostics.count == 1)
    let words = count == 0 ? "the text is empty" : "the file is cut off: "
    #expect(error?.diagnostics.first?.message.hasPrefix(words) == true)
  }
}
