import Contract
import Pact
import Session
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The contract on disk, which several tests add to.
struct ContractStore {
  let file: String

  /// What this process has written, by file.
  private static let written = Mutex<[String: Set<InteractionIdentity>]>([:])

  /// Puts interactions into the file, in the place of those of the same names.
  ///
  /// The file stays as it is when it says the same already.
  ///
  /// - Parameters:
  ///   - interactions: What is added.
  ///   - consumer: The consumer's name.
  ///   - provider: The provider's name.
  /// - Throws: ``ContractTestFailure`` when the file is no contract of these two, or cannot be written.
  func add(
    _ interactions: [Interaction],
    consumer: String,
    provider: String
  ) throws(ContractTestFailure) {
    do {
      try WholeFile.locked(file) {
        let old = FileManager.default.contents(atPath: file).map { Array($0) }
        var pact = PactFile(consumer: consumer, provider: provider)
        if let old {
          pact = try PactFile.read(old, file: file).pact
          guard pact.consumer.name == consumer, pact.provider.name == provider else {
            throw ContractTestFailure(
              mistakes: [
                "\(file) is a contract of \(pact.consumer.name) with \(pact.provider.name), "
                  + "not of \(consumer) with \(provider)"
              ]
            )
          }
        }
        for interaction in interactions {
          let identity = InteractionIdentity(interaction)
          let place = pact.interactions.firstIndex { InteractionIdentity($0) == identity }
          if let place {
            pact.interactions[place] = interaction
          } else {
            pact.interactions.append(interaction)
          }
        }
        let new = pact.bytes
        if new != old { try WholeFile.write(new, to: file) }
      }
    } catch let failure as ContractTestFailure {
      throw failure
    } catch {
      throw ContractTestFailure(mistakes: ["\(error)"])
    }
    Self.written.withLock {
      $0[file, default: []].formUnion(interactions.map { InteractionIdentity($0) })
    }
  }

  /// Drops what this process has not written; nothing when it has written nothing.
  ///
  /// - Returns: The descriptions of what was dropped.
  /// - Throws: ``ContractTestFailure`` when the file cannot be read or written.
  func prune() throws(ContractTestFailure) -> [String] {
    let kept = Self.written.withLock { $0[file] ?? [] }
    guard !kept.isEmpty else { return [] }
    var dropped: [String] = []
    do {
      try WholeFile.locked(file) {
        guard let old = FileManager.default.contents(atPath: file) else { return }
        var pact = try PactFile.read(Array(old), file: file).pact
        dropped = pact.interactions.filter { !kept.contains(InteractionIdentity($0)) }
          .map(\.description)
        guard !dropped.isEmpty else { return }
        pact.interactions.removeAll { !kept.contains(InteractionIdentity($0)) }
        try WholeFile.write(pact.bytes, to: file)
      }
    } catch {
      throw ContractTestFailure(mistakes: ["\(error)"])
    }
    return dropped
  }
}
