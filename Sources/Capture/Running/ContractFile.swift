import Contract
import JSON
import Pact
import Session

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The contract on disk.
struct ContractFile {
  let path: String

  /// The bytes of the file, or `nil` when there is none.
  var bytes: [UInt8]? { FileManager.default.contents(atPath: path).map { Array($0) } }

  /// The contract in the file, or `nil` when there is none.
  ///
  /// - Throws: Every problem of the file.
  func read() throws(DiagnosticsError) -> PactFile? {
    guard let bytes else { return nil }
    return try PactFile.read(bytes, file: path).pact
  }

  /// Runs a body that reads and replaces the file while no other capture does.
  ///
  /// The lock is on the file's folder, so nothing is left behind. Where it cannot be had (some
  /// network file systems), the body runs without it.
  func locked<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_CLOEXEC)
    defer { if descriptor >= 0 { _ = close(descriptor) } }
    if descriptor >= 0 { _ = flock(descriptor, LOCK_EX) }
    return try body()
  }
}
