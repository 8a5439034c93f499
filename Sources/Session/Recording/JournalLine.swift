import Contract

/// Writes the lines of a journal, each as ``TranscriptEvent/jsonLine`` would, but a frame's without
/// making values first.
///
/// The proxy waits for each line, so this is the shortest way from a payload to its text.
struct JournalLine: ~Copyable {
  /// Room for a line that is kept for the next one.
  private static let keptBytes = 65_536

  private var room = UnsafeMutableRawBufferPointer.allocate(byteCount: keptBytes, alignment: 8)
  private var count = 0

  deinit { room.deallocate() }

  /// The line.
  var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(room)[..<count])
  }

  /// Makes the line of an event.
  mutating func write(_ event: TranscriptEvent) {
    let line = event.jsonLine
    begin(roomFor: line.count)
    line.withUnsafeBytes { append($0) }
  }

  /// Makes the line of a frame.
  ///
  /// - Parameters:
  ///   - frame: What passed.
  ///   - kind: `sent` or `received`.
  ///   - connection: The connection's number.
  ///   - number: The event's number.
  ///   - nanoseconds: When, from the journal's begin on.
  mutating func write(
    _ frame: TranscriptFrame,
    _ kind: StaticString,
    connection: Int,
    number: Int,
    nanoseconds: Int64
  ) {
    frame.payload.withUnsafeBytes { payload in
      let text = frame.opcode.isText ? EscapedText(payload) : nil
      begin(roomFor: 256 + (text?.byteCount ?? (payload.count + 2) / 3 * 4))
      append(#"{"number":"#)
      append(UInt64(number))
      append(#","nanoseconds":"#)
      append(UInt64(max(0, nanoseconds)))
      append(#","connection":"connection-"#)
      append(UInt64(connection))
      append(#"",""#)
      append(kind)
      append(#"":{"opcode":""#)
      append(frame.opcode.name)
      append(frame.isFinal ? #"""# : #"","final":false"#)
      if let text {
        append(#","text":""#)
        append(text)
      } else {
        append(#","base64":""#)
        appendBase64(payload)
      }
      append("\"}}\n")
    }
  }

  private mutating func begin(roomFor byteCount: Int) {
    count = 0
    // Room for an uncommonly long line is not kept.
    guard byteCount > room.count || room.count > Self.keptBytes else { return }
    room.deallocate()
    room = .allocate(byteCount: max(byteCount, Self.keptBytes), alignment: 8)
  }

  private mutating func append(_ text: StaticString) {
    append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func append(_ bytes: UnsafeRawBufferPointer) {
    UnsafeMutableRawBufferPointer(rebasing: room[count...]).copyMemory(from: bytes)
    count += bytes.count
  }

  private mutating func append(_ number: UInt64) {
    var length = 1
    var rest = number
    while rest >= 10 {
      rest /= 10
      length += 1
    }
    rest = number
    for place in stride(from: count + length - 1, through: count, by: -1) {
      room[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    count += length
  }

  private mutating func append(_ text: EscapedText) {
    guard text.byteCount > text.bytes.count else {
      append(text.bytes)
      return
    }
    for byte in text.bytes {
      guard EscapedText.needsEscape(byte) else {
        room[count] = byte
        count += 1
        continue
      }
      room[count] = UInt8(ascii: "\\")
      if let letter = EscapedText.letter(byte) {
        room[count + 1] = letter
        count += 2
      } else {
        let digits: StaticString = "0123456789abcdef"
        room[count + 1] = UInt8(ascii: "u")
        room[count + 2] = UInt8(ascii: "0")
        room[count + 3] = UInt8(ascii: "0")
        room[count + 4] = digits.utf8Start[Int(byte >> 4)]
        room[count + 5] = digits.utf8Start[Int(byte & 15)]
        count += 6
      }
    }
  }

  /// Spec: RFC 4648 §4, with padding.
  private mutating func appendBase64(_ bytes: UnsafeRawBufferPointer) {
    let letters: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let length = min(3, bytes.count - start)
      var bits = UInt32(bytes[start]) << 16
      if length > 1 { bits |= UInt32(bytes[start + 1]) << 8 }
      if length > 2 { bits |= UInt32(bytes[start + 2]) }
      for place in 0..<4 {
        let letter = letters.utf8Start[Int(bits >> UInt32(18 - 6 * place) & 0x3F)]
        room[count + place] = place > length ? UInt8(ascii: "=") : letter
      }
      count += 4
    }
  }
}

/// Bytes that are UTF-8, and how long they are with the escapes of JSON.
private struct EscapedText {
  let bytes: UnsafeRawBufferPointer
  /// The length with escapes.
  let byteCount: Int

  /// Measures bytes; `nil` when they are no UTF-8.
  init?(_ bytes: UnsafeRawBufferPointer) {
    var all: UInt8 = 0
    var extra = 0
    for byte in bytes {
      all |= byte
      guard Self.needsEscape(byte) else { continue }
      extra += Self.letter(byte) == nil ? 5 : 1
    }
    guard all < 0x80 || String(validating: bytes, as: UTF8.self) != nil else { return nil }
    self.bytes = bytes
    byteCount = bytes.count + extra
  }

  /// Spec: RFC 8259 §7.
  static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  /// The letter of a short escape.
  static func letter(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
    case 0x08: UInt8(ascii: "b")
    case 0x09: UInt8(ascii: "t")
    case 0x0A: UInt8(ascii: "n")
    case 0x0C: UInt8(ascii: "f")
    case 0x0D: UInt8(ascii: "r")
    default: nil
    }
  }
}

extension TranscriptFrame.Opcode {
  /// Whether the payload is written as text where it can be.
  fileprivate var isText: Bool {
    switch self {
    case .text, .continuation, .ping, .pong: true
    case .binary, .close, .reserved, .raw: false
    }
  }

  fileprivate var name: StaticString {
    switch self {
    case .continuation: "continuation"
    case .text: "text"
    case .binary: "binary"
    case .close: "close"
    case .ping: "ping"
    case .pong: "pong"
    case .reserved: "reserved"
    case .raw: "raw"
    }
  }
}
