/// The head of a request on its way through a proxy: passed on byte for byte, except for the
/// fields that name the proxy's own place.
///
/// Spec: RFC 9110 §7.2 (Host), §7.6.1 (Connection); RFC 6454 §7 (Origin).
struct ForwardedHead {
  /// The head as it came, with the empty line that ends it.
  var bytes: [UInt8]

  /// Removes the fields of a name.
  mutating func remove(_ name: String) {
    rewrite { $0.equalsIgnoringASCIICase(name) ? .some(nil) : nil }
  }

  /// Gives the fields of a name another value; adds nothing where there are none.
  mutating func replace(_ name: String, with value: String) {
    rewrite { $0.equalsIgnoringASCIICase(name) ? .some("\($0): \(value)") : nil }
  }

  /// Adds a field behind the others.
  mutating func append(_ name: String, _ value: String) {
    var end = bytes.count
    if end > 0, bytes[end - 1] == 0x0A { end -= 1 }
    if end > 0, bytes[end - 1] == 0x0D { end -= 1 }
    bytes.insert(contentsOf: Array("\(name): \(value)\r\n".utf8), at: end)
  }

  /// Goes through the fields; nil keeps a line, `.some(nil)` takes it out.
  private mutating func rewrite(_ newLine: (String) -> String??) {
    var result: [UInt8] = []
    var rest = bytes[...]
    var isFirst = true
    while let end = rest.firstIndex(of: 0x0A) {
      let line = rest[...end]
      rest = rest[(end + 1)...]
      defer { isFirst = false }
      guard !isFirst, let colon = line.firstIndex(of: 0x3A),
        let changed = newLine(String(decoding: line[..<colon], as: UTF8.self))
      else {
        result.append(contentsOf: line)
        continue
      }
      if let changed { result.append(contentsOf: Array((changed + "\r\n").utf8)) }
    }
    bytes = result + rest
  }
}
