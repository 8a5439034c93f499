/// Collects the start of the body of a refused handshake, so that people can see why.
///
/// Spec: RFC 9112 §6.3 (where a body ends).
struct RefusalBody: Sendable {
  private enum Length: Equatable {
    case known(Int)
    case chunked
    case untilEnd
  }

  private let length: Length
  private var received: [UInt8] = []

  init(headers: [HeaderField]) {
    if headers.hasToken("chunked", named: "Transfer-Encoding") {
      length = .chunked
    } else if let text = headers.first(named: "Content-Length"), let count = Int(text), count >= 0 {
      length = .known(count)
    } else {
      length = .untilEnd
    }
  }

  /// Takes what was read.
  mutating func append(_ bytes: some Sequence<UInt8>) {
    received.append(contentsOf: bytes)
  }

  /// Whether nothing more is to be waited for.
  var isComplete: Bool {
    if received.count >= HandshakeResponse.maximumBodyStartBytes { return true }
    return switch length {
    case .known(let count): received.count >= count
    case .chunked: dechunked.isComplete
    case .untilEnd: false
    }
  }

  /// The body as far as it is kept.
  var start: [UInt8] {
    let whole =
      switch length {
      case .known(let count): Array(received.prefix(count))
      case .chunked: dechunked.bytes
      case .untilEnd: received
      }
    return Array(whole.prefix(HandshakeResponse.maximumBodyStartBytes))
  }

  /// Spec: RFC 9112 §7.1.
  private var dechunked: (bytes: [UInt8], isComplete: Bool) {
    var bytes: [UInt8] = []
    var rest = received[...]
    while let lineEnd = rest.firstIndex(of: 0x0A) {
      let digits = rest[..<lineEnd].prefix { $0 != 0x0D && $0 != 0x3B }
      guard let size = Int(String(decoding: digits, as: UTF8.self), radix: 16), size >= 0 else {
        return (bytes, true)
      }
      if size == 0 { return (bytes, true) }
      rest = rest[(lineEnd + 1)...]
      bytes.append(contentsOf: rest.prefix(size))
      guard rest.count > size + 1 else { return (bytes, false) }
      rest = rest.dropFirst(size + 2)
    }
    return (bytes, false)
  }
}
