import NIOCore
import NIOPosix
import Synchronization

/// One of the event loops that clients' connections run on.
///
/// A connection whose request names no loop takes the next one. Who opens many connections and uses
/// them from tasks with ``executor`` on the same loop pays for no change of thread.
package struct ClientLoop: Sendable {
  let loop: any EventLoop

  /// Runs tasks on the loop.
  ///
  /// A task with `withTaskExecutorPreference(loop.executor)` sends and receives without a change of
  /// thread. Meanwhile nothing else happens on the loop's connections, so such a task must not
  /// compute for long.
  package var executor: any TaskExecutor { tasks }

  let tasks: LoopTaskExecutor
  let memory = OutputMemory()

  private init(_ loop: any EventLoop) {
    self.loop = loop
    tasks = LoopTaskExecutor(loop)
  }

  /// Every loop of the process, one for each core.
  package static let all = MultiThreadedEventLoopGroup.singleton.makeIterator().map(ClientLoop.init)

  private static let count = Atomic<Int>(0)

  /// The loops in turn.
  package static func next() -> ClientLoop {
    let number = count.wrappingAdd(1, ordering: .relaxed).oldValue
    return all[Int(UInt(bitPattern: number) % UInt(all.count))]
  }

  /// As many different loops as there are, up to a number, this one first.
  package func andOthers(upTo count: Int) -> [ClientLoop] {
    [self] + Self.all.filter { $0.loop !== loop }.prefix(max(0, count - 1))
  }

  /// A loop that a server does not use, where there are several.
  package static func next(besides server: ServerLoop) -> ClientLoop {
    all.first { $0.loop !== server.loop } ?? next()
  }
}
