import Foundation
import Session
import TestSupport
import Testing

struct FileTests {
  @Test func `a whole file replaces the old one and makes its folders`() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/a/b/file.json"
      try WholeFile.write([1, 2, 3], to: path)
      try WholeFile.write([4], to: path)
      #expect(FileManager.default.contents(atPath: path) == Data([4]))
      let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/a/b")
      #expect(names == ["file.json"])
    }
  }

  @Test func `a link stays a link, and a device a device`() async throws {
    try await withTemporaryFolder { folder in
      let files = FileManager.default
      try WholeFile.write([1], to: folder + "/real")
      try files.createSymbolicLink(atPath: folder + "/link", withDestinationPath: "real")
      try WholeFile.write([2], to: folder + "/link")
      #expect(files.contents(atPath: folder + "/real") == Data([2]))
      try files.createSymbolicLink(atPath: folder + "/device", withDestinationPath: "/dev/null")
      try WholeFile.write([3], to: folder + "/device")
      for link in ["link", "device"] {
        #expect((try? files.destinationOfSymbolicLink(atPath: folder + "/" + link)) != nil)
      }
    }
  }

  @Test func `what is in the way of a folder is named`() async throws {
    try await withTemporaryFolder { folder in
      try WholeFile.write([], to: folder + "/plain")
      let error = #expect(throws: SessionError.self) {
        try WholeFile.write([], to: folder + "/plain/file")
      }
      #expect(
        "\(try #require(error))".hasPrefix("cannot write '\(folder)/plain/file."),
        "\(String(describing: error))"
      )
    }
  }

  @Test func `each record of an append-only file is in it at once`() async throws {
    try await withTemporaryFolder { folder in
      let file = try AppendOnlyFile(path: folder + "/journal")
      for byte in UInt8(1)...3 {
        try file.append([byte])
        #expect(FileManager.default.contents(atPath: file.path) == Data(1...byte))
      }
      file.close()
      #expect(throws: SessionError.cannotWrite(file: file.path, reason: "it is closed")) {
        try file.append([9])
      }
    }
  }
}
