import Contract
import JSON
import TestSupport
import Testing

@testable import Pact

/// The case files of the Pact specification that concern bodies.
struct OfficialCasesTests {
  /// One case file.
  struct Case: CustomTestStringConvertible {
    let path: String
    var testDescription: String { path }
  }

  private static let folders = [
    "version-3/message/body", "version-4/message/body", "version-3/response/body",
    "version-4/response/body", "version-3/request/body", "version-4/request/body",
  ]

  private static let files = folders.flatMap { folder in
    TestData.files(below: "pact-specification/" + folder, withSuffix: ".json")
  }

  static let cases: [Case] = files.map { Case(path: $0) }

  @Test(
    .enabled(if: TestData.isPresent("pact-specification"), "needs pact-specification"),
    arguments: cases
  )
  func `the verdict is the one that the case file gives`(sample: Case) throws {
    let value = try JSONValue.parse(try #require(TestData.bytes(sample.path)))
    let expected = try message(try #require(value["expected"]), isV3: sample.isV3)
    let actual = try message(try #require(value["actual"]), isV3: sample.isV3)
    var received = ReceivedMessage(actual.contents)
    received.metadata = sample.path.contains("/message/") ? actual.metadata : nil
    let matcher = MessageMatcher(
      expected,
      allowsUnexpectedMembers: !sample.path.contains("/request/")
    )
    let mismatches = matcher.mismatches(with: received)
    #expect(mismatches.isEmpty == value["match"]?.boolValue, "\(mismatches)")
  }

  @Test(.enabled(if: TestData.isPresent("pact-specification"), "needs pact-specification"))
  func `all cases about bodies are there`() {
    // 62 of messages and 298 of requests and responses, 106 of them about XML.
    #expect(Self.cases.count == 360)
    #expect(Self.cases.filter { $0.path.contains("/message/") }.count == 62)
    #expect(
      Self.cases.filter { $0.path.contains(" xml") || $0.path.contains("xml namespace") }.count
        == 106
    )
  }

  /// A request, response or message of a case file as a message of a contract.
  private func message(_ part: JSONValue, isV3: Bool) throws -> InteractionMessage {
    var object = JSONObject()
    let body = part["contents"] ?? part["body"]
    let type = part["metaData"]?["contentType"] ?? part["headers"]?["Content-Type"]
    // One version 4 case has its body without the object around it, as version 3 has.
    if isV3 || body?.kind == .array {
      object["contents"] = body.map { body in
        var contents: JSONObject = ["content": body]
        contents["contentType"] = type
        return .object(contents)
      }
    } else {
      object["contents"] = body
    }
    object["metadata"] = part["metaData"]
    object["matchingRules"] = part["matchingRules"]
    return try Sample.message(object: .object(object))
  }
}

extension OfficialCasesTests.Case {
  fileprivate var isV3: Bool { path.contains("version-3") }
}
