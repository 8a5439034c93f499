/// How much an HTTP head may hold.
package struct HTTPHeadLimits: Hashable, Sendable {
  /// The most bytes before the body; 16 KiB.
  package var maximumBytes = 16_384
  /// The most header fields; 128.
  package var maximumFields = 128

  /// The defaults.
  package init() {}
}

/// Collects the head of a request or response until it is complete, then reads it.
///
/// Only the opening handshake goes this way, because nothing may be lost or held back between the
/// handshake and the first frame; other HTTP has its own parser.
///
/// Spec: RFC 9112 §2.1, §2.2 (bare LF ends a line, too), §5; RFC 6455 §4.
struct HTTPHeadParser: Sendable {
  private let limits: HTTPHeadLimits
  private var collected: [UInt8] = []
  /// Where the line begins that is being collected.
  private var lineStart = 0

  init(limits: HTTPHeadLimits = HTTPHeadLimits()) {
    self.limits = limits
  }

  /// Whether nothing has come yet.
  var isEmpty: Bool { collected.isEmpty }

  /// Every byte of the head that has been taken so far.
  var bytes: [UInt8] { collected }

  /// Takes bytes up to the empty line that ends the head, and leaves the others.
  ///
  /// - Parameters:
  ///   - bytes: What was read.
  ///   - position: Where to go on in `bytes`; is moved past what was taken.
  /// - Returns: Whether the head is complete.
  /// - Throws: ``HTTPHeadError/headTooLong(limit:)``.
  mutating func collect(
    _ bytes: RawSpan,
    at position: inout Int
  ) throws(HTTPHeadError) -> Bool {
    while position < bytes.byteCount {
      guard collected.count < limits.maximumBytes else {
        throw .headTooLong(limit: limits.maximumBytes)
      }
      let byte = bytes.byte(position)
      position += 1
      collected.append(byte)
      guard byte == 0x0A else { continue }
      let isEmptyLine =
        collected.count == lineStart + 1
        || (collected.count == lineStart + 2 && collected[lineStart] == 0x0D)
      if isEmptyLine {
        if lineStart > 0 { return true }
        // Empty lines before the first one are to be ignored (RFC 9112 §2.2).
        collected.removeAll(keepingCapacity: true)
      }
      lineStart = collected.count
    }
    return false
  }

  /// Reads the collected bytes as a request.
  func request() throws(HTTPHeadError) -> HTTPRequestHead {
    var lines = self.lines
    let line = lines.removeFirst()
    let parts = line.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[0].isEmpty, parts[0].utf8.allSatisfy(\.isTokenCharacter),
      !parts[1].isEmpty, parts[1].utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
    else { throw .malformedRequestLine(line.shortened()) }
    guard let minor = Self.minorVersion(parts[2]) else {
      guard parts[2].hasPrefix("HTTP/") else { throw .malformedRequestLine(line.shortened()) }
      throw .unsupportedVersion(String(parts[2].dropFirst(5)).shortened())
    }
    return HTTPRequestHead(
      method: String(parts[0]),
      target: String(parts[1]),
      minorVersion: minor,
      headers: try fields(lines)
    )
  }

  /// Reads the collected bytes as a response.
  func response() throws(HTTPHeadError) -> HTTPResponseHead {
    var lines = self.lines
    let line = lines.removeFirst()
    let parts = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count >= 2, parts[0].hasPrefix("HTTP/"), parts[1].utf8.count == 3,
      let status = Int(parts[1]), (100...999).contains(status)
    else { throw .malformedStatusLine(line.shortened()) }
    guard let minor = Self.minorVersion(parts[0]) else {
      throw .unsupportedVersion(String(parts[0].dropFirst(5)).shortened())
    }
    return HTTPResponseHead(
      status: status,
      reason: parts.count == 3 ? String(parts[2]) : "",
      minorVersion: minor,
      headers: try fields(lines)
    )
  }

  /// Finds a client out that does not speak HTTP, such as one that begins with TLS.
  func checkRequestStart() throws(HTTPHeadError) {
    // Empty lines may come before the first one (RFC 9112 §2.2).
    guard let first = collected.first(where: { $0 != 0x0D && $0 != 0x0A }),
      !first.isTokenCharacter
    else { return }
    throw .malformedRequestLine(String(decoding: collected, as: UTF8.self).shortened())
  }

  /// Finds a peer out that does not speak HTTP before its head is complete.
  func checkResponseStart() throws(HTTPHeadError) {
    guard !zip(collected, "HTTP/".utf8).allSatisfy(==) else { return }
    throw .malformedStatusLine(String(decoding: collected, as: UTF8.self).shortened())
  }

  private var lines: [String] {
    var lines: [String] = []
    var rest = collected[...]
    while let end = rest.firstIndex(of: 0x0A) {
      let line = rest[..<end]
      lines.append(String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self))
      rest = rest[(end + 1)...]
    }
    if lines.last == "" { lines.removeLast() }
    return lines.isEmpty ? [""] : lines
  }

  private static func minorVersion(_ text: Substring) -> Int? {
    switch text {
    case "HTTP/1.1": 1
    case "HTTP/1.0": 0
    default: nil
    }
  }

  private func fields(_ lines: [String]) throws(HTTPHeadError) -> [HeaderField] {
    guard lines.count <= limits.maximumFields else {
      throw .tooManyFields(limit: limits.maximumFields)
    }
    var fields: [HeaderField] = []
    fields.reserveCapacity(lines.count)
    for line in lines {
      guard let colon = line.utf8.firstIndex(of: 0x3A) else {
        throw .malformedField(line.shortened())
      }
      let field = HeaderField(
        String(line[..<colon]),
        line[line.utf8.index(after: colon)...].trimmingBlanks()
      )
      // A blank before the colon and a folded line both fail here (RFC 9112 §5.1, §5.2).
      guard field.problem == nil else { throw .malformedField(line.shortened()) }
      fields.append(field)
    }
    return fields
  }
}

extension String {
  /// The text, cut after eighty characters, control characters made visible.
  func shortened() -> String {
    var result = ""
    for scalar in unicodeScalars.prefix(80) {
      if scalar.value < 0x20 || scalar.value == 0x7F {
        result += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return unicodeScalars.count > 80 ? result + "..." : result
  }
}
