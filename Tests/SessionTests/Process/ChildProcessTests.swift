import Foundation
import Session
import Synchronization
import TestSupport
import Testing
import WebSocket

struct ChildProcessTests {
  struct Ending: CustomTestStringConvertible {
    let command: String
    let status: Session.ExitStatus
    var testDescription: String { command }
  }

  static let endings = [
    Ending(command: "exit 0", status: .exited(code: 0)),
    Ending(command: "exit 3", status: .exited(code: 3)),
    Ending(command: "kill -SEGV $$", status: .signalled(11)),
    Ending(command: "kill -KILL $$", status: .signalled(9)),
    Ending(command: "no-such-program-anywhere", status: .exited(code: 127)),
  ]

  @Test(arguments: endings)
  func `the end of a process is told by its code or signal`(ending: Ending) async throws {
    let process = try await ChildProcess.start(.shell(ending.command))
    #expect(await process.waitForExit() == ending.status)
    #expect(process.exitStatus == ending.status)
    await process.stop(grace: .zero)
  }

  @Test func `a program may be named by its path`() async throws {
    let process = try await ChildProcess.start(.arguments(["/bin/sh", "-c", "exit 7"]))
    #expect(await process.waitForExit()?.code == 7)
  }

  @Test func `a program that does not exist cannot be started`() async {
    await #expect(throws: SessionError.self) {
      try await ChildProcess.start(.arguments(["no-such-program-anywhere"]))
    }
  }

  @Test func `the last lines of both outputs are kept, and all of it is in the log`() async throws {
    try await withTemporaryFolder { folder in
      let log = folder + "/deep/provider.log"
      let command = "for i in $(seq 60); do echo line $i; done; echo oops >&2; printf unfinished"
      let process = try await ChildProcess.start(.shell(command), logFile: log)
      _ = await process.waitForExit()
      #expect(process.lastOutput.count == 40)
      #expect(process.lastOutput.suffix(3) == ["line 60", "oops", "unfinished"])
      let text = try String(contentsOfFile: log, encoding: .utf8)
      #expect(text.hasPrefix("line 1\nline 2\n"))
      #expect(text.hasSuffix("line 60\noops\nunfinished"))
    }
  }

  @Test func `the end is noticed although a child keeps the output open`() async throws {
    let process = try await ChildProcess.start(.shell("sleep 60 & exit 4"))
    #expect(await process.waitForExit() == .exited(code: 4))
    await process.stop(grace: .zero)
  }

  @Test func `stopping ends the children too`() async throws {
    let childID = Mutex<Int32?>(nil)
    let (lines, continuation) = AsyncStream.makeStream(of: String.self)
    let process = try await ChildProcess.start(.shell("sleep 600 & echo $!; wait")) { line in
      childID.withLock { $0 = Int32(line) }
      continuation.yield(line)
    }
    for await _ in lines.prefix(1) {}
    await process.stop(grace: .seconds(5))
    let child = try #require(childID.withLock { $0 })
    #expect(process.exitStatus == .signalled(15))
    // A killed child may still wait to be buried; it no longer runs.
    #expect(isGone(child))
  }

  @Test func `a process that ignores SIGTERM is killed`() async throws {
    let (lines, continuation) = AsyncStream.makeStream(of: String.self)
    let command = "trap '' TERM; echo trapped; while :; do sleep 600; done"
    let process = try await ChildProcess.start(.shell(command)) { continuation.yield($0) }
    for await _ in lines.prefix(1) {}
    await process.stop(grace: .milliseconds(50))
    #expect(process.exitStatus == .signalled(9))
  }

  @Test func `variables are set besides the inherited ones`() async throws {
    let process = try await ChildProcess.start(
      .arguments(["sh", "-c", "echo $WSPACT_URL; test -n \"$PATH\" && echo path"]),
      environment: ["WSPACT_URL": "ws://127.0.0.1:1/ws"]
    )
    _ = await process.waitForExit()
    #expect(process.lastOutput == ["ws://127.0.0.1:1/ws", "path"])
  }

  @Test func `waiting for the end gives up at its deadline`() async throws {
    let process = try await ChildProcess.start(.shell("sleep 600"))
    #expect(await process.waitForExit(until: .now()) == nil)
    #expect(process.exitStatus == nil)
    await process.stop(grace: .zero)
    #expect(process.exitStatus == .signalled(9))
  }

  /// Whether a process no longer runs: it is not there, or a zombie.
  private func isGone(_ process: Int32) -> Bool {
    for _ in 0..<2_000 {
      let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
      guard let stat, !stat.contains(") Z ") else { return true }
      sched_yield()
    }
    return false
  }
}
