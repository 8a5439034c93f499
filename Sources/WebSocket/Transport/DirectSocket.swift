import NIOCore
import NIOPosix
internal import NIOSSL

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The socket below a channel, for bytes that need not wait for anything in between.
///
/// To be used on the channel's event loop, while the channel is active and holds nothing itself.
struct DirectSocket {
  private let descriptor: CInt

  #if canImport(Darwin)
    // SwiftNIO has asked for no signal when it made the socket.
    private static let flags: CInt = 0
  #else
    private static let flags = CInt(MSG_NOSIGNAL)
  #endif

  /// Finds a channel's socket; nil where TLS has to see the bytes, or there is no socket.
  init?(_ channel: any Channel) {
    let pipeline = channel.pipeline.syncOperations
    guard (try? pipeline.handler(type: NIOSSLHandler.self)) == nil,
      let descriptor = try? pipeline.withUnsafeTransportIfAvailable(of: CInt.self, { $0 })
    else { return nil }
    self.descriptor = descriptor
  }

  /// Hands bytes to the system.
  ///
  /// - Returns: How many it took. What it did not take is for the channel, which meets the same
  ///   full socket or the same error again, and deals with it.
  func send(_ bytes: UnsafeRawBufferPointer) -> Int {
    while true {
      #if canImport(Glibc)
        let count = Glibc.send(descriptor, bytes.baseAddress, bytes.count, Self.flags)
      #elseif canImport(Musl)
        let count = Musl.send(descriptor, bytes.baseAddress, bytes.count, Self.flags)
      #else
        let count = Darwin.send(descriptor, bytes.baseAddress, bytes.count, Self.flags)
      #endif
      if count >= 0 { return count }
      guard errno == EINTR else { return 0 }
    }
  }
}
