import AsyncAPI
import Contract
import JSON
import TestSupport
import Testing

@Suite(.enabled(if: TestData.isPresent("asyncapi"), "needs the AsyncAPI documents"))
struct OfficialDocumentsTests {
  /// Documents that are not AsyncAPI of a supported version, or refer to the network.
  static let unusable: [(path: String, problem: String)] = [
    ("/1.1.0/", "AsyncAPI 1.1.0 is not supported; expected 2.0 to 2.6, 3.0 or 3.1"),
    ("/1.2.0/", "AsyncAPI 1.2.0 is not supported; expected 2.0 to 2.6, 3.0 or 3.1"),
    ("/common/", "this is a document without 'asyncapi'; expected an AsyncAPI document"),
    ("/commons/", "this is a document without 'asyncapi'; expected an AsyncAPI document"),
    ("adeo-kafka-request-reply", "is on the network, and nothing is fetched"),
  ]

  static let examples =
    documents(below: "asyncapi/spec-examples")
    + documents(below: "asyncapi/ws-fixtures")

  private static func documents(below path: String) -> [String] {
    TestData.files(below: path).filter { name in
      [".yml", ".yaml", ".json"].contains { name.hasSuffix($0) }
    }
  }

  @Test(arguments: examples)
  func `an official example loads, or says where it cannot`(path: String) throws {
    let expected = Self.unusable.first { path.contains($0.path) }?.problem
    do {
      let loaded = try AsyncAPIDocument.read(path: TestData.folder + "/" + path)
      #expect(expected == nil)
      #expect(!loaded.api.messages.isEmpty)
      for diagnostic in loaded.diagnostics { #expect(diagnostic.location != nil) }
    } catch {
      let problem = try #require(expected, "\(error)")
      #expect(error.diagnostics.contains { $0.message.contains(problem) })
      for diagnostic in error.diagnostics { #expect(diagnostic.location != nil) }
    }
  }

  static let others =
    documents(below: "asyncapi/tck") + documents(below: "asyncapi/parser-js")
    + documents(below: "asyncapi/converter") + documents(below: "asyncapi/diff")

  @Test func `no document of the other collections crashes the loader`() {
    #expect(Self.others.count > 450)
    for path in Self.others {
      do {
        _ = try AsyncAPIDocument.load(path: TestData.folder + "/" + path)
      } catch {
        #expect(!error.diagnostics.isEmpty)
        for diagnostic in error.diagnostics { #expect(diagnostic.location != nil, "\(path)") }
      }
    }
  }

  @Test func `every valid document of the compatibility kit loads`() {
    let valid = Self.documents(below: "asyncapi/tck").filter { path in
      path.split(separator: "/").last?.hasPrefix("valid") == true
    }
    #expect(valid.count > 110)
    for path in valid {
      do {
        _ = try AsyncAPIDocument.load(path: TestData.folder + "/" + path)
      } catch {
        // Languages other than JSON Schema are optional for tools.
        #expect(path.contains("/valid-optional-"), "\(error)")
        #expect(error.diagnostics.allSatisfy { $0.message.contains("which cannot be checked") })
      }
    }
  }

  @Test(arguments: ["parser-js", "spectral"])
  func `no document of the rule cases crashes the loader`(collection: String) throws {
    let bytes = try #require(TestData.bytes("asyncapi/\(collection)/rule-cases.json"))
    let cases = try #require(JSONValue.parse(bytes).arrayValue)
    #expect(cases.count > 150)
    for item in cases {
      let document = try #require(item["document"])
      do {
        _ = try AsyncAPIDocument.load(text: document.text(.pretty), file: "case.json")
      } catch {
        #expect(!error.diagnostics.isEmpty)
        for diagnostic in error.diagnostics { #expect(diagnostic.location != nil) }
      }
    }
  }

  @Test func `a document in several files is read with the places in each`() throws {
    let path = TestData.folder + "/asyncapi/spec-examples/3.0.0/social-media/backend/asyncapi.yaml"
    let api = try AsyncAPIDocument.load(path: path)
    #expect(api.messages.map(\.name) == ["likeComment", "updateCommentLikes"])
    #expect(
      api.messages[0].location?.description.hasSuffix("social-media/common/messages.yaml:5:1")
        == true
    )
    #expect(api.channels.map(\.socketPath) == ["/ws", "/ws"])
  }

  @Test(arguments: ["message-filter-in-reply", "multiple-channels"])
  func `the requests of Kraken have replies, and its events tell messages apart`(
    variant: String
  ) throws {
    let folder = TestData.folder + "/asyncapi/spec-examples/3.0.0/"
    let path = folder + "kraken-websocket-request-reply-\(variant)-asyncapi.yml"
    let api = try AsyncAPIDocument.load(path: path)
    let ping = try #require(api.operations.first { $0.messages == ["ping"] })
    #expect(ping.reply?.messages == ["pong"])
    let subscribe = try #require(api.operations.first { $0.messages == ["subscribe"] })
    #expect(subscribe.reply?.messages == ["subscriptionStatus", "dummyCurrencyInfo"])
    #expect(api.messages.allSatisfy { $0.identity?.pointer.description == "/event" })
    #expect(api.message(named: "ping")?.correlation?.description == "/reqid")
  }
}
