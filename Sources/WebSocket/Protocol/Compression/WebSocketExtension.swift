/// One element of a `Sec-WebSocket-Extensions` field: a name and its parameters.
///
/// Spec: RFC 6455 §9.1.
struct WebSocketExtension: Hashable, Sendable {
  /// One parameter; the value is `nil` where only the name stands.
  struct Parameter: Hashable, Sendable {
    var name: String
    var value: String?
  }

  /// The extension's token.
  var name: String
  /// The parameters in the order of the wire.
  var parameters: [Parameter] = []

  /// A field value that does not follow the grammar.
  struct SyntaxError: Error, Hashable, Sendable {
    /// The value, shortened.
    var value: String
  }

  /// Reads the elements of every such field, in order.
  ///
  /// - Throws: ``SyntaxError``, upon which a peer has to fail the connection (§9.1).
  static func parse(_ headers: [HeaderField]) throws(SyntaxError) -> [WebSocketExtension] {
    var found: [WebSocketExtension] = []
    for value in headers.all(named: "Sec-WebSocket-Extensions") {
      var scanner = Scanner(bytes: Array(value.utf8))
      guard let elements = scanner.elements() else {
        throw SyntaxError(value: value.shortened())
      }
      found += elements
    }
    return found
  }
}

extension WebSocketExtension: CustomStringConvertible {
  /// The element as it stands in a header field.
  var description: String {
    parameters.reduce(name) { text, parameter in
      "\(text); \(parameter.name)" + (parameter.value.map { "=\($0)" } ?? "")
    }
  }
}

/// Reads one field value.
private struct Scanner {
  let bytes: [UInt8]
  private var position = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// `extension-list = 1#extension`; empty elements are passed over (RFC 9110 §5.6.1.2).
  mutating func elements() -> [WebSocketExtension]? {
    var elements: [WebSocketExtension] = []
    repeat {
      skipBlanks()
      if position == bytes.count || bytes[position] == UInt8(ascii: ",") { continue }
      guard let name = token() else { return nil }
      var element = WebSocketExtension(name: name)
      while take(";") {
        guard let parameter = parameter() else { return nil }
        element.parameters.append(parameter)
      }
      elements.append(element)
    } while take(",")
    return position == bytes.count ? elements : nil
  }

  private mutating func parameter() -> WebSocketExtension.Parameter? {
    skipBlanks()
    guard let name = token() else { return nil }
    guard take("=") else { return .init(name: name) }
    skipBlanks()
    guard let value = take("\"") ? quoted() : token() else { return nil }
    return .init(name: name, value: value)
  }

  /// What stands in quotes has to be a token, too (§9.1).
  private mutating func quoted() -> String? {
    var value: [UInt8] = []
    while position < bytes.count {
      var byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") {
        return value.isEmpty ? nil : String(decoding: value, as: UTF8.self)
      }
      if byte == UInt8(ascii: "\\") {
        guard position < bytes.count else { return nil }
        byte = bytes[position]
        position += 1
      }
      guard byte.isTokenCharacter else { return nil }
      value.append(byte)
    }
    return nil
  }

  private mutating func token() -> String? {
    let rest = bytes[position...].prefix(while: \.isTokenCharacter)
    position += rest.count
    return rest.isEmpty ? nil : String(decoding: rest, as: UTF8.self)
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func skipBlanks() {
    while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 {
      position += 1
    }
  }
}
