/// Finds the nodes of a text in one pass, without recursion.
///
/// While a container is open its node keeps the number of its children so far and a link to the
/// container around it, so the tape itself is the stack. The zeros behind the text end every loop,
/// so that none needs to look for the end.
///
/// Spec: RFC 8259 §2-7.
struct JSONScanner {
  /// What the scanner wanted to find where it stopped.
  enum Failure {
    case value, valueOrArrayEnd, key, keyOrObjectEnd, colon
    case commaOrArrayEnd, commaOrObjectEnd, textEnd
    case digit, escape, hexadecimalDigit, loneSurrogate, stringContent, depth
  }

  private let storage: TapeStorage
  private let options: JSONReaderOptions
  private let start: UnsafePointer<UInt8>
  private var position: UnsafePointer<UInt8>
  private var nodes: UnsafeMutablePointer<JSONTape.Node>
  private var count = 0
  private var capacity: Int

  /// Starts at the text that the storage has been loaded with.
  init(_ storage: TapeStorage, options: JSONReaderOptions) {
    self.storage = storage
    self.options = options
    start = UnsafePointer(storage.bytes)
    position = start
    nodes = storage.nodes
    // Each turn of the loop appends at most a key, a value and an end.
    capacity = storage.nodeCapacity - 4
  }

  /// Where the scanner stands, in bytes; after a failure, where that is.
  var offset: Int { position - start }

  /// Scans the whole text and leaves its nodes in the storage.
  ///
  /// - Returns: What was wanted where the text is wrong, or `nil` when it is right.
  mutating func scan() -> Failure? {
    if options.allowsByteOrderMark, position[0] == 0xEF, position[1] == 0xBB, position[2] == 0xBF {
      position += 3
    }
    let failure = scanText()
    storage.nodeCount = failure == nil ? count : 0
    return failure
  }

  private mutating func scanText() -> Failure? {
    var container = -1
    var depth = 0
    skipWhiteSpace()
    while true {
      if count >= capacity { grow() }
      // A value begins here.
      switch position[0] {
      case UInt8(ascii: "\""):
        if let failure = scanString(.string) { return failure }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if depth == options.maximumDepth { return .depth }
        depth += 1
        let isObject = position[0] == UInt8(ascii: "{")
        append(isObject ? .object : .array, length: 0, link: container)
        container = count - 1
        position += 1
        skipWhiteSpace()
        if isObject {
          if position[0] == UInt8(ascii: "\"") {
            if let failure = scanKey() { return failure }
            nodes[container].length = 1
            continue
          }
          if position[0] != UInt8(ascii: "}") { return .keyOrObjectEnd }
        } else if position[0] != UInt8(ascii: "]") {
          nodes[container].length = 1
          continue
        }
        container = close(container)
        depth -= 1
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        if let failure = scanNumber() { return failure }
      case UInt8(ascii: "t"):
        guard matches(0x6575_7274) else { return valueFailure(container) }
        append(.true, length: 4)
        position += 4
      case UInt8(ascii: "f"):
        guard matches(0x736C_6166), position[4] == UInt8(ascii: "e") else {
          return valueFailure(container)
        }
        append(.false, length: 5)
        position += 5
      case UInt8(ascii: "n"):
        guard matches(0x6C6C_756E) else { return valueFailure(container) }
        append(.null, length: 4)
        position += 4
      default:
        return valueFailure(container)
      }
      // A value has ended here; containers may end too.
      while true {
        skipWhiteSpace()
        if container < 0 {
          return offset == storage.byteCount ? nil : .textEnd
        }
        let isObject = nodes[container].kind == .object
        if position[0] == UInt8(ascii: ",") {
          position += 1
          skipWhiteSpace()
          nodes[container].length &+= 1
          if isObject {
            guard position[0] == UInt8(ascii: "\"") else { return .key }
            if let failure = scanKey() { return failure }
          }
          break
        }
        guard position[0] == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
          return isObject ? .commaOrObjectEnd : .commaOrArrayEnd
        }
        if count >= capacity { grow() }
        container = close(container)
        depth -= 1
      }
    }
  }

  /// What was wanted where no value begins.
  private func valueFailure(_ container: Int) -> Failure {
    container >= 0 && container == count - 1 && nodes[container].kind == .array
      ? .valueOrArrayEnd : .value
  }

  /// Whether these four characters stand here.
  @inline(__always)
  private func matches(_ word: UInt32) -> Bool {
    UnsafeRawPointer(position).loadUnaligned(as: UInt32.self) == UInt32(littleEndian: word)
  }

  @inline(__always)
  private mutating func skipWhiteSpace() {
    while position[0] <= 0x20 {
      switch position[0] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  @inline(__always)
  private mutating func append(_ kind: JSONTape.Kind, length: Int, link: Int) {
    nodes[count] = JSONTape.Node(
      kind: kind,
      offset: UInt32(truncatingIfNeeded: offset),
      length: UInt32(truncatingIfNeeded: length),
      link: UInt32(truncatingIfNeeded: link)
    )
    count &+= 1
  }

  @inline(__always)
  private mutating func append(_ kind: JSONTape.Kind, length: Int) {
    append(kind, length: length, link: count &+ 1)
  }

  /// Ends a container at its closing bracket and answers the one around it.
  @inline(__always)
  private mutating func close(_ container: Int) -> Int {
    let outer = Int(Int32(bitPattern: nodes[container].link))
    append(.end, length: 0, link: container)
    nodes[container].link = UInt32(truncatingIfNeeded: count)
    position += 1
    return outer
  }

  @inline(never)
  private mutating func grow() {
    storage.growNodes(used: count)
    nodes = storage.nodes
    capacity = storage.nodeCapacity - 4
  }

  /// Scans a key, the colon and the white space around that.
  @inline(__always)
  private mutating func scanKey() -> Failure? {
    if let failure = scanString(.key) { return failure }
    skipWhiteSpace()
    guard position[0] == UInt8(ascii: ":") else { return .colon }
    position += 1
    skipWhiteSpace()
    return nil
  }
}

extension JSONScanner {
  /// Scans a number.
  ///
  /// Spec: RFC 8259 §6.
  @inline(__always)
  private mutating func scanNumber() -> Failure? {
    let first = position
    var flags: JSONTape.Flags = []
    if position[0] == UInt8(ascii: "-") {
      flags = .isNegative
      position += 1
    }
    if position[0] == UInt8(ascii: "0") {
      position += 1
      if isDigit { return .digit }
    } else if !skipDigits() {
      return .digit
    }
    if position[0] == UInt8(ascii: ".") {
      flags.insert(.isFractional)
      position += 1
      if !skipDigits() { return .digit }
    }
    if position[0] | 0x20 == UInt8(ascii: "e") {
      flags.insert(.isFractional)
      position += 1
      if position[0] == UInt8(ascii: "-") || position[0] == UInt8(ascii: "+") { position += 1 }
      if !skipDigits() { return .digit }
    }
    nodes[count] = JSONTape.Node(
      kind: .number,
      flags: flags,
      offset: UInt32(truncatingIfNeeded: first - start),
      length: UInt32(truncatingIfNeeded: position - first),
      link: UInt32(truncatingIfNeeded: count &+ 1)
    )
    count &+= 1
    return nil
  }

  private var isDigit: Bool { position[0] &- UInt8(ascii: "0") <= 9 }

  @inline(__always)
  private mutating func skipDigits() -> Bool {
    let first = position
    while isDigit { position += 1 }
    return position > first
  }
}

extension JSONScanner {
  /// Scans a string or key, eight bytes at a time where they need no second look.
  ///
  /// Spec: RFC 8259 §7.
  @inline(__always)
  private mutating func scanString(_ kind: JSONTape.Kind) -> Failure? {
    let quote = position
    var flags: JSONTape.Flags = []
    position += 1
    while true {
      let word = UnsafeRawPointer(position).loadUnaligned(as: UInt64.self).littleEndian
      let special = Self.specialBytes(word)
      guard special != 0 else {
        position += 8
        continue
      }
      position += special.trailingZeroBitCount >> 3
      if position[0] == UInt8(ascii: "\"") { break }
      if let failure = scanSpecial(&flags) { return failure }
    }
    nodes[count] = JSONTape.Node(
      kind: kind,
      flags: flags,
      offset: UInt32(truncatingIfNeeded: quote - start),
      length: UInt32(truncatingIfNeeded: position - quote - 1),
      link: UInt32(truncatingIfNeeded: count &+ 1)
    )
    count &+= 1
    position += 1
    return nil
  }

  /// The high bit of each byte that is a quote, a backslash, a control character or not ASCII.
  ///
  /// A borrow may mark bytes above the lowest marked one by mistake; only the lowest counts.
  @inline(__always)
  private static func specialBytes(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotes = word ^ (ones &* 0x22)
    let backslashes = word ^ (ones &* 0x5C)
    let marks =
      ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes)
      | ((word &- ones &* 0x20) & ~word) | word
    return marks & (ones &* 0x80)
  }

  /// Scans an escape or characters beyond ASCII.
  @inline(never)
  private mutating func scanSpecial(_ flags: inout JSONTape.Flags) -> Failure? {
    if position[0] == UInt8(ascii: "\\") {
      flags.insert(.hasEscapes)
      return scanEscape()
    }
    guard position[0] >= 0x80 else { return .stringContent }
    flags.insert(.hasNonASCII)
    while position[0] >= 0x80 {
      let length = UTF8Sequence.length(at: position)
      if length == 0 { return .stringContent }
      position += length
    }
    return nil
  }

  private mutating func scanEscape() -> Failure? {
    switch position[1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 2
      return nil
    case UInt8(ascii: "u"):
      return scanUnicodeEscape()
    default:
      return .escape
    }
  }

  private mutating func scanUnicodeEscape() -> Failure? {
    let escape = position
    guard let unit = scanHexadecimal() else { return .hexadecimalDigit }
    guard unit & 0xF800 == 0xD800 else { return nil }
    let next = position
    if unit < 0xDC00, position[0] == UInt8(ascii: "\\"), position[1] == UInt8(ascii: "u") {
      guard let low = scanHexadecimal() else { return .hexadecimalDigit }
      if low & 0xFC00 == 0xDC00 { return nil }
    }
    if options.loneSurrogates == .replaced {
      position = next
      return nil
    }
    position = escape
    return .loneSurrogate
  }

  /// Scans `\u` and four digits; on failure it stands at what is no digit.
  private mutating func scanHexadecimal() -> UInt32? {
    position += 2
    var value: UInt32 = 0
    for _ in 0..<4 {
      let digit: UInt8
      switch position[0] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = position[0] & 0x0F
      case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
        digit = (position[0] & 0x0F) + 9
      default: return nil
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }
}
