/// Finds the nodes of a text in one pass, without recursion.
///
/// The zeros behind the text end every loop, so that none needs to look for the end. What changes
/// from byte to byte is kept in local variables and handed on by value, so that it stays in
/// registers.
///
/// Spec: RFC 8259 §2-7.
struct JSONScanner {
  /// What the scanner wanted to find where it stopped.
  enum Failure {
    case value, valueOrArrayEnd, key, keyOrObjectEnd, colon
    case commaOrArrayEnd, commaOrObjectEnd, textEnd
    case digit, escape, hexadecimalDigit, loneSurrogate, stringContent, depth
  }

  typealias Position = UnsafePointer<UInt8>

  /// How far a string or number goes and what was noticed; or where it goes wrong and how.
  struct Part {
    var end: Position
    var flags: JSONTape.Flags
    var failure: Failure?
  }

  private let contents: UnsafeMutablePointer<TapeStorage.Contents>
  private let options: JSONReaderOptions
  private let start: Position
  private var stop: Position

  /// Starts at the text that the storage has been loaded with.
  init(_ storage: TapeStorage, options: JSONReaderOptions) {
    contents = storage.contents
    self.options = options
    start = UnsafePointer(contents.pointee.bytes)
    stop = start
  }

  /// Where the scanner stopped, in bytes; after a failure, where that is.
  var offset: Int { stop - start }

  /// Scans the whole text and leaves its nodes in the storage.
  ///
  /// - Returns: What was wanted where the text is wrong, or `nil` when it is right.
  mutating func scan() -> Failure? {
    if options.allowsByteOrderMark, start[0] == 0xEF, start[1] == 0xBB, start[2] == 0xBF {
      stop += 3
    }
    return scanText()
  }

  private mutating func scanText() -> Failure? {
    let start = start
    let refusesLoneSurrogates = options.loneSurrogates == .refused
    var position = Self.skipWhiteSpace(stop)
    var tape = TapeWriter(contents)
    // The bracket that ends the innermost container; zero outside of all.
    var closer: UInt8 = 0
    var depth = 0

    @inline(__always)
    func fail(_ wanted: Failure, at end: Position? = nil) -> Failure {
      stop = end ?? position
      return wanted
    }

    while true {
      tape.makeRoom()

      if closer == UInt8(ascii: "}") {
        guard position[0] == UInt8(ascii: "\"") else {
          return fail(tape.isContainerEmpty ? .keyOrObjectEnd : .key)
        }
        let key = Self.scanString(position + 1, refusesLoneSurrogates)
        if let failure = key.failure { return fail(failure, at: key.end) }
        tape.append(.key, key.flags, offset: position - start, length: key.end - position &- 1)
        position = Self.skipWhiteSpace(key.end + 1)
        guard position[0] == UInt8(ascii: ":") else { return fail(.colon) }
        position = Self.skipWhiteSpace(position + 1)
      }

      // A value begins here.
      switch position[0] {
      case UInt8(ascii: "\""):
        let part = Self.scanString(position + 1, refusesLoneSurrogates)
        if let failure = part.failure { return fail(failure, at: part.end) }
        tape.append(.string, part.flags, offset: position - start, length: part.end - position &- 1)
        position = part.end + 1

      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        let part = Self.scanNumber(position)
        if let failure = part.failure { return fail(failure, at: part.end) }
        tape.append(.number, part.flags, offset: position - start, length: part.end - position)
        position = part.end

      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard depth < options.maximumDepth else { return fail(.depth) }
        depth &+= 1
        // The codes of two brackets differ by two: `[` and `]`, `{` and `}`.
        closer = position[0] &+ 2
        tape.open(closer == UInt8(ascii: "}") ? .object : .array, offset: position - start)
        position = Self.skipWhiteSpace(position + 1)
        if position[0] != closer {
          tape.countChild()
          continue
        }

      case UInt8(ascii: "t"):
        guard Self.word(position) == 0x6575_7274 else { return fail(.value) }
        tape.append(.true, offset: position - start, length: 4)
        position += 4

      case UInt8(ascii: "f"):
        guard Self.word(position + 1) == 0x6573_6C61 else { return fail(.value) }
        tape.append(.false, offset: position - start, length: 5)
        position += 5

      case UInt8(ascii: "n"):
        guard Self.word(position) == 0x6C6C_756E else { return fail(.value) }
        tape.append(.null, offset: position - start, length: 4)
        position += 4

      default:
        let mayEnd = closer == UInt8(ascii: "]") && tape.isContainerEmpty
        return fail(mayEnd ? .valueOrArrayEnd : .value)
      }

      // A value has ended here; containers may end too.
      while true {
        position = Self.skipWhiteSpace(position)
        if position[0] == UInt8(ascii: ","), depth > 0 {
          tape.countChild()
          position = Self.skipWhiteSpace(position + 1)
          break
        }
        if depth == 0 {
          guard position - start == contents.pointee.byteCount else { return fail(.textEnd) }
          contents.pointee.nodeCount = tape.count
          return nil
        }
        guard position[0] == closer else {
          return fail(closer == UInt8(ascii: "}") ? .commaOrObjectEnd : .commaOrArrayEnd)
        }
        tape.makeRoom()
        let isInObject = tape.close(offset: position - start)
        closer = isInObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
        depth &-= 1
        position += 1
      }
    }
  }

  /// The four characters that stand here, the first lowest.
  @inline(__always)
  private static func word(_ position: Position) -> UInt32 {
    UnsafeRawPointer(position).loadUnaligned(as: UInt32.self).littleEndian
  }

  @inline(__always)
  private static func skipWhiteSpace(_ position: Position) -> Position {
    var position = position
    while position[0] <= 0x20 {
      switch position[0] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return position
      }
    }
    return position
  }
}
