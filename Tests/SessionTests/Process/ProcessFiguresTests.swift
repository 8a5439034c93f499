import Session
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

struct ProcessFiguresTests {
  #if os(Linux)
    @Test func `the figures of this process are read, its open files among them`() throws {
      let before = try #require(ProcessFigures(of: getpid()))
      #expect(before.threads >= 1)
      #expect(before.memoryBytes > 1_000_000)
      #expect(before.descriptors >= 3)
      #expect(before.programs.count >= 1)
    }

    @Test func `the processes that a command starts are counted with it`() async throws {
      let process = try await ChildProcess.start(.shell("sleep 60 & sleep 60 & wait"))
      // The shell says nothing when its children are there.
      var figures = ProcessFigures(of: process.processID)
      for _ in 0..<1_000 where figures?.programs.count(where: { $0 == "sleep" }) ?? 0 < 2 {
        await Task.yield()
        figures = ProcessFigures(of: process.processID)
      }
      await process.stop(grace: .zero)
      #expect(figures?.programs.sorted() == ["sh", "sleep", "sleep"])
    }

    @Test func `the longest wait for a processor is that of one thread, since a moment`() {
      let before = ProcessorWaits(of: getpid())
      #expect(before.longest(since: before) == .zero)
      #expect(ProcessorWaits(of: getpid()).longest(since: before) >= .zero)
    }
  #endif

  @Test func `of a process that is not there nothing is told`() {
    #expect(ProcessFigures(of: Int32.max) == nil)
  }

  @Test func `a note in a transcript tells the figures`() {
    let figures = ProcessFigures(descriptors: 12, threads: 3, memoryBytes: 4_096)
    #expect(SessionNote.figures(in: SessionNote.figures(figures)) == figures)
    #expect(SessionNote.figures(in: SessionNote.halfClosed) == nil)
  }
}
