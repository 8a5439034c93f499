import Contract
import Fuzz
import JSON
import Pact
import Session

/// Recorded conversations that `fuzz` begins with.
enum SeedSources {
  /// The conversations of contracts and transcripts.
  ///
  /// - Parameter paths: Contracts, folders of contracts, and transcripts, whose names end in `.jsonl`.
  /// - Returns: The conversations, in the order of the files.
  /// - Throws: `DiagnosticsError` with every problem of a file; ``Problem`` when a folder has no contract.
  static func read(_ paths: [String]) throws -> [SeedConversation] {
    try paths.flatMap { path -> [SeedConversation] in
      guard path.hasSuffix(".jsonl") else {
        return try ContractSources.read([path]).flatMap { contract in
          SeedConversation.conversations(of: contract.pact.interactions, origin: contract.file)
        }
      }
      let read = try DocumentFiles.transcript(path)
      return SeedConversation(read.transcript, origin: path).map { [$0] } ?? []
    }
  }
}
