import WebSocket

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A WebSocket to an echo service that costs next to nothing itself: a blocking socket and one frame
/// that is always the same.
final class EchoSocket {
  /// Why a service cannot be measured.
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// What is echoed: 64 bytes as they are common.
  private static let payload = Array(
    #"{"type":"send_message","id":17,"text":"is there a train at 9? "}"#.utf8
  )
  /// How many bytes an echo has on the wire.
  static let echoBytes = payload.count + 2

  /// The frame that is sent: a masked text.
  private static let frame = Frame(.text, payload: payload)
    .serialized(maskedWith: MaskingKey(1, 2, 3, 4))

  let descriptor: Int32

  /// Connects and opens the WebSocket.
  ///
  /// - Throws: ``Failure``.
  init(_ url: WebSocketURL) throws {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(url.port).bigEndian
    guard inet_pton(AF_INET, url.host, &address.sin_addr) == 1 else {
      throw Failure(description: "\(url) has no IPv4 address")
    }
    descriptor = openSocket()
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connectSocket(descriptor, $0, size)
      }
    }
    guard connected == 0 else { throw Failure(description: "nobody listens at \(url)") }
    var yes: Int32 = 1
    setsockopt(
      descriptor,
      Int32(IPPROTO_TCP),
      TCP_NODELAY,
      &yes,
      socklen_t(MemoryLayout<Int32>.size)
    )
    let path = url.path.isEmpty ? "/" : url.path
    let request =
      "GET \(path) HTTP/1.1\r\nHost: \(url.host):\(url.port)\r\nUpgrade: websocket\r\n"
      + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
      + "Sec-WebSocket-Version: 13\r\n\r\n"
    Self.send(Array(request.utf8), descriptor)
    var head: [UInt8] = []
    var byte: UInt8 = 0
    while !head.suffix(4).elementsEqual("\r\n\r\n".utf8), receive(descriptor, &byte, 1) == 1 {
      head.append(byte)
    }
    guard head.starts(with: "HTTP/1.1 101".utf8) else {
      throw Failure(
        description:
          "\(url) answered '\(String(decoding: head.prefix { $0 != 13 }, as: UTF8.self))'"
      )
    }
  }

  deinit { closeSocket(descriptor) }

  /// Sends the frame.
  func send() { Self.send(Self.frame, descriptor) }

  /// Sends the frame so many times at once.
  func send(count: Int) {
    Self.send(Array(repeatElement(Self.frame, count: count).joined()), descriptor)
  }

  /// Reads what is there, at most `limit` bytes.
  ///
  /// - Returns: How many bytes were read.
  /// - Throws: ``Failure`` when the connection has ended.
  func read(limit: Int = 65_536) throws -> Int {
    let count = withUnsafeTemporaryAllocation(byteCount: limit, alignment: 1) {
      receive(descriptor, $0.baseAddress, $0.count)
    }
    guard count > 0 else { throw Failure(description: "the connection was ended") }
    return count
  }

  /// Sends the frame and waits for its echo.
  func exchange() throws {
    send()
    var missing = Self.echoBytes
    while missing > 0 { missing -= try read(limit: missing) }
  }

  private static func send(_ bytes: [UInt8], _ descriptor: Int32) {
    bytes.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let part = UnsafeRawBufferPointer(rebasing: rest)
        let count = transmit(descriptor, part.baseAddress, part.count)
        guard count > 0 else { return }
        rest = rest.dropFirst(count)
      }
    }
  }
}

private func openSocket() -> Int32 {
  #if canImport(Glibc)
    socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  #else
    socket(AF_INET, SOCK_STREAM, 0)
  #endif
}

private func connectSocket(
  _ descriptor: Int32,
  _ address: UnsafePointer<sockaddr>,
  _ size: socklen_t
) -> Int32 { connect(descriptor, address, size) }

private func receive(_ descriptor: Int32, _ target: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  recv(descriptor, target, count, 0)
}

private func transmit(_ descriptor: Int32, _ source: UnsafeRawPointer?, _ count: Int) -> Int {
  #if canImport(Darwin)
    send(descriptor, source, count, 0)
  #else
    send(descriptor, source, count, Int32(MSG_NOSIGNAL))
  #endif
}

private func closeSocket(_ descriptor: Int32) { _ = close(descriptor) }
