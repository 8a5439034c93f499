/// Cases of the official suite that are judged otherwise here, each with its reason.
///
/// A case that is listed and passes fails the run.
enum ExpectedFailures {
  static let reasons: [String: String] = [:]
}
