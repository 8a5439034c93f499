import ReferenceProviders
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The most memory that a planted bug keeps, in bytes.
private let maximumRetainedBytes = 512 * 1_048_576

/// The most files that a planted bug leaves open.
private let maximumOpenFiles = 10_000

/// What planted bugs really do to this process, within bounds that keep the machine usable.
func plantedSurroundings() -> DeskSurroundings {
  let retained = Retained()
  return DeskSurroundings(
    exit: { endProcess(1) },
    block: { time in
      let nanoseconds = UInt64(time / .nanoseconds(1))
      var left = timespec(
        tv_sec: Int(nanoseconds / 1_000_000_000),
        tv_nsec: Int(nanoseconds % 1_000_000_000)
      )
      nanosleep(&left, nil)
    },
    retain: { retained.keep($0) },
    openFile: { retained.openFile() }
  )
}

/// Memory and files that are never given back.
private final class Retained: Sendable {
  private let state = Mutex<(blocks: [[UInt8]], bytes: Int, files: Int)>(([], 0, 0))

  func keep(_ bytes: Int) {
    state.withLock { state in
      guard state.bytes + bytes <= maximumRetainedBytes else { return }
      state.bytes += bytes
      state.blocks.append([UInt8](repeating: 1, count: bytes))
    }
  }

  func openFile() {
    state.withLock { state in
      guard state.files < maximumOpenFiles else { return }
      state.files += 1
      _ = open("/dev/null", O_RDONLY)
    }
  }
}
