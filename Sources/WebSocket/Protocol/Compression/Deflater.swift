internal import CZlib

/// Compresses the messages of one direction.
///
/// zlib gets its memory with the first message.
///
/// Spec: RFC 7692 §7.2.1, RFC 1951.
final class Deflater {
  private let windowBits: Int
  private let keepsContext: Bool
  private let level: Int
  /// zlib remembers the address, so it must not move.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private var isStarted = false

  /// Makes a deflater.
  ///
  /// - Parameters:
  ///   - windowBits: The window, as a power of two: 9 to 15.
  ///   - keepsContext: Whether messages may refer to those before them.
  ///   - level: How hard to compress, from 1 to 9.
  init(windowBits: Int, keepsContext: Bool, level: Int) {
    self.windowBits = windowBits
    self.keepsContext = keepsContext
    self.level = level
    stream.initialize(to: z_stream())
  }

  deinit {
    if isStarted { deflateEnd(stream) }
    stream.deallocate()
  }

  /// Compresses a message and cuts the last four bytes off.
  ///
  /// - Returns: nil when the message has to go as it is: it is empty, longer than zlib takes at
  ///   once, or there is no memory.
  func deflate(_ payload: [UInt8]) -> [UInt8]? {
    guard !payload.isEmpty, payload.count <= Int(Int32.max), start() else { return nil }
    defer { if !keepsContext { deflateReset(stream) } }
    return payload.withUnsafeBufferPointer { input in
      stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      stream.pointee.avail_in = uInt(input.count)
      var output: [UInt8] = []
      var room = Int(deflateBound(stream, uLong(input.count))) + 16
      repeat {
        output += [UInt8](unsafeUninitializedCapacity: room) { target, count in
          stream.pointee.next_out = target.baseAddress
          stream.pointee.avail_out = uInt(room)
          _ = CZlib.deflate(stream, Z_SYNC_FLUSH)
          count = room - Int(stream.pointee.avail_out)
        }
        // A full buffer may mean that more is to come.
        room = stream.pointee.avail_out == 0 ? 64 : 0
      } while room > 0
      output.removeLast(4)
      return output
    }
  }

  private func start() -> Bool {
    guard !isStarted else { return true }
    isStarted =
      deflateInit2_(
        stream,
        CInt(level),
        Z_DEFLATED,
        CInt(-windowBits),
        8,
        Z_DEFAULT_STRATEGY,
        ZLIB_VERSION,
        CInt(MemoryLayout<z_stream>.size)
      ) == Z_OK
    return isStarted
  }
}
