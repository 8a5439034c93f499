import Foundation
import TestSupport
import Testing

@testable import Session

struct JournalFileTests {
  @Test func `a record is in the file at once, with empty lines after it until the end`()
    async throws
  {
    try await withTemporaryFolder { folder in
      let path = folder + "/a/journal.jsonl"
      var file = try JournalFile(path: path)
      for count in 1...3 {
        try file.append("line \(count)\n")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.split(separator: "\n") == (1...count).map { "line \($0)" })
        #expect(text.drop { $0 != "\n" }.allSatisfy { "line 123\n".contains($0) })
      }
      file.finish()
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "line 1\nline 2\nline 3\n")
    }
  }

  @Test func `records of any size come one after the other`() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/journal.jsonl"
      var file = try JournalFile(path: path)
      var expected: [UInt8] = []
      for size in [1, 65_535, 65_536, 65_537, 100, 9_000_000, 3, 0, 500_000] {
        let record = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ size) }
        try record.withUnsafeBytes { try file.append($0) }
        expected += record
      }
      #expect(file.byteCount == expected.count)
      #expect(try file.read(at: 65_530, limit: 20) == Array(expected[65_530..<65_550]))
      file.finish()
      #expect(FileManager.default.contents(atPath: path) == Data(expected))
      #expect(try file.read(at: expected.count - 1, limit: 20) == [expected.last])
      #expect(throws: SessionError.cannotWrite(file: path, reason: "it is closed")) {
        try file.append("more")
      }
    }
  }

  @Test func `a file that another program cuts off ends the journal, not this program`()
    async throws
  {
    try await withTemporaryFolder { folder in
      let path = folder + "/journal.jsonl"
      var file = try JournalFile(path: path)
      try file.append("one\n")
      #expect(truncate(path, 0) == 0)
      let failure = try #require(
        #expect(throws: SessionError.self) {
          for _ in 0..<100_000 { try file.append("more of it\n") }
        }
      )
      #expect("\(failure)".contains("another program has cut it off"))
      #expect(throws: failure) { try file.append("again\n") }
    }
  }

  @Test func `two journals of one name do not get into each other's way`() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/journal.jsonl"
      var first = try JournalFile(path: path)
      try first.append("first\n")
      var second = try JournalFile(path: path)
      try first.append("more\n")
      try second.append("second\n")
      first.finish()
      second.finish()
      #expect(try first.read(at: 0, limit: 100) == Array("first\nmore\n".utf8))
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "second\n")
    }
  }

  @Test func `what is no plain file gets each record, and cannot be read`() throws {
    var file = try JournalFile(path: "/dev/null")
    try file.append("one\n")
    #expect(throws: SessionError.self) { try file.read(at: 0, limit: 1) }
    file.finish()
    #expect(throws: SessionError.cannotWrite(file: "/dev/null", reason: "it is closed")) {
      try file.append("two\n")
    }
  }

  @Test func `a disk that is full is told, not felt as a crash`() throws {
    var file = try JournalFile(path: "/dev/full")
    #expect(
      throws: SessionError.cannotWrite(file: "/dev/full", reason: "no space left on device")
    ) { try file.append("one\n") }
  }

  @Test func `a folder that is in the way is named`() async throws {
    try await withTemporaryFolder { folder in
      _ = #expect(throws: SessionError.cannotWrite(file: folder, reason: "is a directory")) {
        _ = try JournalFile(path: folder)
      }
    }
  }
}

extension JournalFile {
  fileprivate mutating func append(_ text: String) throws(SessionError) {
    try Array(text.utf8).withUnsafeBufferPointer { (bytes) throws(SessionError) in
      try append(UnsafeRawBufferPointer(bytes))
    }
  }
}
