import Subprocess
import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Ends what this program has started when it is killed and can no longer do that itself.
///
/// A shell beside this program reads from a socket which process groups there are. The end of the
/// socket is the end of this program, however it came; what is still there then is killed.
struct ProcessGuard {
  /// Reads `+ GROUP` and `- GROUP`; at the end of its input it kills the groups that are left.
  private static let script = """
    groups=
    while read -r sign group; do
      others=
      for other in $groups; do [ "$other" = "$group" ] || others="$others $other"; done
      case $sign in
        +) groups="$others $group" ;;
        -) groups=$others ;;
      esac
    done
    for group in $groups; do kill -s KILL -- "-$group" 2>/dev/null; done
    """

  private let socket: Int32
  private let isRunning = FirstOutcome<Bool>()

  /// Starts the shell; `nil` when the system has no socket left for it.
  init?() {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Self.streamType, 0, &ends) == 0 else { return nil }
    // No child may hold this end, or the other would never see it closed.
    guard ends.allSatisfy({ fcntl($0, F_SETFD, FD_CLOEXEC) == 0 }) else { return nil }
    socket = ends[0]
    let input = FileDescriptor(rawValue: ends[1])
    var options = PlatformOptions()
    options.processGroupID = 0  // Ctrl-C in a terminal must not end it before this program.
    let shell = Configuration(
      executable: .path("/bin/sh"),
      arguments: ["-c", Self.script],
      platformOptions: options
    )
    Task { [isRunning] in
      _ = try? await run(
        shell,
        input: .fileDescriptor(input, closeAfterSpawningProcess: true),
        output: .discarded,
        error: .discarded
      ) { _ in isRunning.fulfil(true) }
      isRunning.fulfil(false)
    }
  }

  /// Waits until the shell is there: what is started after that ends with this program.
  nonisolated(nonsending) func whenRunning() async {
    _ = await isRunning.value(within: .seconds(1))
  }

  /// Has a process group killed when this program is gone.
  func watch(_ group: Int32) { send("+ \(group)\n") }

  /// Leaves a process group alone from now on.
  func forget(_ group: Int32) { send("- \(group)\n") }

  /// Tells the shell; when it is gone, nobody is told and nothing else happens.
  private func send(_ line: String) {
    let bytes = Array(line.utf8)
    _ = bytes.withUnsafeBytes { systemSend(socket, $0) }
  }

  private static var streamType: Int32 {
    #if canImport(Glibc)
      Int32(SOCK_STREAM.rawValue)
    #else
      SOCK_STREAM
    #endif
  }
}

/// Sends without a signal when nobody reads any more.
private func systemSend(_ socket: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  #if canImport(Darwin)
    let flags: Int32 = 0
  #else
    let flags = Int32(MSG_NOSIGNAL)
  #endif
  return send(socket, bytes.baseAddress, bytes.count, flags)
}
