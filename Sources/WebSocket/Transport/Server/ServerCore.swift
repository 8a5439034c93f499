import NIOCore

/// What the channels of one server share; lives on its event loop.
final class ServerCore {
  let configuration: ServerConfiguration
  let loop: any EventLoop
  let service: LoopService
  let memory = OutputMemory()
  /// The open WebSocket connections.
  var connections: [Int: ServerConnection] = [:]
  private var channels: [ObjectIdentifier: any Channel] = [:]
  private var lastID = 0
  private(set) var isShuttingDown = false
  private var whenEmpty: [@Sendable () -> Void] = []

  init(configuration: ServerConfiguration, loop: any EventLoop, service: LoopService) {
    self.configuration = configuration
    self.loop = loop
    self.service = service
  }

  /// The number for the next connection.
  func nextID() -> Int {
    lastID += 1
    return lastID
  }

  /// Whether there are more TCP connections than the server takes.
  var isOverfull: Bool { channels.count > configuration.maximumConnections }

  /// Counts a channel until it is closed.
  func track(_ channel: any Channel) {
    let identity = ObjectIdentifier(channel)
    channels[identity] = channel
    channel.closeFuture.assumeIsolated().whenComplete { _ in
      self.channels[identity] = nil
      self.notifyIfEmpty()
    }
  }

  /// Closes every connection with 1001, and those that do not follow after the close timeout.
  func shutDown(whenEmpty done: @escaping @Sendable () -> Void) {
    whenEmpty.append(done)
    if !isShuttingDown {
      isShuttingDown = true
      for id in connections.keys.sorted() { connections[id]?.close(.goingAway, reason: "") }
      for channel in channels.values where !isWebSocket(channel) { channel.close(promise: nil) }
      loop.assumeIsolated().scheduleTask(in: configuration.closeTimeout.timeAmount) {
        for channel in self.channels.values { channel.close(promise: nil) }
      }
    }
    notifyIfEmpty()
  }

  private func isWebSocket(_ channel: any Channel) -> Bool {
    (try? channel.pipeline.syncOperations.handler(type: WebSocketHandler.self))
      != nil
  }

  private func notifyIfEmpty() {
    guard isShuttingDown, channels.isEmpty else { return }
    let done = whenEmpty
    whenEmpty = []
    for body in done { body() }
  }
}
