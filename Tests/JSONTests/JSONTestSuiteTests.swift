import JSON
import TestSupport
import Testing

/// The files of JSONTestSuite, each judged as its name says: `y_` accepted, `n_` refused, `i_` either.
@Suite(.enabled(if: TestData.isPresent("json-test-suite/test_parsing"), "needs json-test-suite"))
struct JSONTestSuiteTests {
  static let folder = "json-test-suite/test_parsing"

  static func files(_ prefix: String) -> [String] {
    TestData.names(in: folder).filter { $0.hasPrefix(prefix) && $0.hasSuffix(".json") }
  }

  private func parse(_ file: String) throws -> JSONDocument {
    let bytes = try #require(TestData.bytes("\(Self.folder)/\(file)"))
    return try JSONDocument(parsing: bytes, file: file)
  }

  @Test(arguments: files("y_"))
  func `a text that must be accepted is, and comes out as it went in`(file: String) throws {
    let document = try parse(file)
    #expect(document.bytes == TestData.bytes("\(Self.folder)/\(file)"))
    let value = document.value
    #expect(try JSONValue.parse(value.bytes(.compact)) == value)
    #expect(try JSONValue.parse(value.bytes(.pretty)) == value)
  }

  @Test(arguments: files("n_"))
  func `a text that must be refused is, with a place in it`(file: String) throws {
    let error = #expect(throws: JSONSyntaxError.self) { try parse(file) }
    #expect(error?.description.hasPrefix("\(file):") == true)
    #expect(error?.description.contains(": error: ") == true)
  }

  @Test(arguments: files("i_"))
  func `a text that may be either gets an answer`(file: String) throws {
    do {
      _ = try parse(file).value
    } catch let error as JSONSyntaxError {
      #expect(error.byteOffset >= 0)
    }
  }

  @Test func `all 283 files with a verdict are there and judged rightly`() {
    func accepted(_ prefix: String) -> Int {
      Self.files(prefix).filter { (try? parse($0)) != nil }.count
    }
    let (good, bad, either) = (Self.files("y_"), Self.files("n_"), Self.files("i_"))
    let (goodCount, badCount) = (accepted("y_"), bad.count - accepted("n_"))
    print(
      """
      JSONTestSuite
        y, to be accepted: \(goodCount)/\(good.count)
        n, to be refused: \(badCount)/\(bad.count)
        i, either: \(accepted("i_")) of \(either.count) accepted, none crashes
      """
    )
    #expect(good.count + bad.count == 283)
    #expect(goodCount + badCount == 283)
  }
}
