import Synchronization

/// The machine that matches a pattern, made when it is first needed.
final class PatternMatcher: Sendable {
  /// Most places of the non-deterministic automaton; beyond it repetitions are counted instead.
  static let maximumAutomatonSize = 50_000
  /// Most states of an automaton that is built whole.
  static let maximumCompleteStates = 256
  /// Most work for building an automaton whole, in places looked at.
  static let maximumCompleteWork = 50_000
  /// Most instructions of a backtracking program without counters.
  static let maximumStatelessProgram = 5_000

  private let tree: PatternNode
  private let engine = AtomicLazyReference<Engine>()

  init(_ tree: PatternNode) { self.tree = tree }

  /// Searches a text.
  func verdict(onUTF8 bytes: UnsafeBufferPointer<UInt8>) -> MatchVerdict {
    let engine = engine.load() ?? self.engine.storeIfNil(Engine(tree))
    return engine.verdict(onUTF8: bytes)
  }

  /// The fastest machine that can hold the pattern.
  private final class Engine: Sendable {
    private let complete: CompleteAutomaton?
    private let growing: Mutex<DeterministicAutomaton?>
    private let stateless: PatternProgram?
    private let counting: PatternProgram?

    init(_ tree: PatternNode) {
      if let bytes = try? ByteAutomaton(tree, limit: PatternMatcher.maximumAutomatonSize) {
        var automaton = DeterministicAutomaton(bytes)
        complete = automaton.completed(
          maximumStates: PatternMatcher.maximumCompleteStates,
          maximumWork: PatternMatcher.maximumCompleteWork
        )
        growing = Mutex(complete == nil ? automaton : nil)
        stateless = nil
        counting = nil
      } else {
        complete = nil
        growing = Mutex(nil)
        stateless = try? PatternProgram(
          tree,
          isStateless: true,
          limit: PatternMatcher.maximumStatelessProgram
        )
        counting = try? PatternProgram(
          tree,
          isStateless: false,
          limit: PatternMatcher.maximumAutomatonSize
        )
      }
    }

    func verdict(onUTF8 bytes: UnsafeBufferPointer<UInt8>) -> MatchVerdict {
      if let complete { return complete.verdict(onUTF8: bytes) }
      if let counting {
        return Backtracker.verdict(onUTF8: bytes, stateless: stateless, counting: counting)
      }
      return growing.withLock { $0?.verdict(onUTF8: bytes) } ?? .tooCostly
    }
  }
}
