import Foundation
import TestSupport
import Testing

struct FuzzBaselineTests {
  @Test func `what is accepted is told of and not reported`() async throws {
    try await withTemporaryFolder { folder in
      let spec = Fixtures.path("chat/asyncapi.yml")
      let fuzz = [
        "fuzz", "--spec", spec, "--seed", "1", "--cases", "20", "--baseline", "accepted.txt",
        "--provider-cmd",
        "wspact-provider chat --port 0 --spec \(spec) --bug error-without-code",
      ]
      let first = try await ProgramRun.of("wspact", fuzz + ["--update-baseline"], in: folder)
      #expect(first.exitCode == 0, "\(first.problems)")
      #expect(first.output.contains("1 finding"))
      #expect(first.problems.contains("added to accepted.txt: 1"))

      let file = folder + "/accepted.txt"
      let lines = try String(contentsOfFile: file, encoding: .utf8)
      try TestFile.write("# what we live with\n\n" + lines, to: file)
      let second = try await ProgramRun.of("wspact", fuzz, in: folder)
      #expect(second.exitCode == 0, "\(second.problems)")
      #expect(second.output.contains("accepted, so not reported: WSP"))
      #expect(second.output.contains("no finding"))

      let third = try await ProgramRun.of("wspact", fuzz + ["--update-baseline"], in: folder)
      #expect(third.problems.contains("added to accepted.txt: 0"))
      let kept = try String(contentsOfFile: file, encoding: .utf8)
      #expect(kept == "# what we live with\n\n" + lines)
    }
  }
}
