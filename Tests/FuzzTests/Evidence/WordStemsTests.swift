import Testing

@testable import Fuzz

struct WordStemsTests {
  private static let stems = WordStems(["error", "fail", "notfound"])

  @Test(arguments: [
    "error", "ERROR", "validation_error", "errors", "not-found", "NotFound", "NOT_FOUND",
    "it failed", "é error", "an_error_é", "x404 not 4 found",
  ])
  func `a stem is found whatever stands between its letters and around it`(text: String) {
    #expect(Self.stems.occur(in: text))
  }

  @Test(arguments: ["", "e", "erro", "er\u{E9}ror", "found", "fai", "\u{1F600}", "notfoun", "eror"])
  func `a text without a whole stem has none`(text: String) {
    #expect(!Self.stems.occur(in: text))
  }
}
