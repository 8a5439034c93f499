/// The first line and the header fields of an HTTP/1.1 request.
///
/// Spec: RFC 9112 §2, §3, §5.
package struct HTTPRequestHead: Hashable, Sendable {
  /// The method, as `GET`.
  package var method: String
  /// Path and query.
  package var target: String
  /// The minor version: 1 for HTTP/1.1.
  package var minorVersion: Int
  /// The header fields in the order of the wire.
  package var headers: [HeaderField]

  /// The head's bytes, with the empty line that ends it.
  package var bytes: [UInt8] {
    headBytes("\(method) \(target) HTTP/1.\(minorVersion)", headers)
  }
}

/// The first line and the header fields of an HTTP/1.1 response.
///
/// Spec: RFC 9112 §2, §4, §5.
package struct HTTPResponseHead: Hashable, Sendable {
  /// The status code.
  package var status: Int
  /// The phrase after it; may be empty.
  package var reason: String
  /// The minor version: 1 for HTTP/1.1.
  package var minorVersion: Int
  /// The header fields in the order of the wire.
  package var headers: [HeaderField]

  /// The head's bytes, with the empty line that ends it.
  package var bytes: [UInt8] {
    headBytes("HTTP/1.\(minorVersion) \(status) \(reason)", headers)
  }
}

private func headBytes(_ line: String, _ headers: [HeaderField]) -> [UInt8] {
  var bytes = [UInt8](line.utf8) + [13, 10]
  for field in headers {
    bytes += field.name.utf8
    bytes += [58, 32]
    bytes += field.value.utf8
    bytes += [13, 10]
  }
  return bytes + [13, 10]
}

/// Why the bytes of a peer are no acceptable HTTP head.
package enum HTTPHeadError: Error, Hashable, Sendable {
  case malformedRequestLine(String)
  case malformedStatusLine(String)
  case unsupportedVersion(String)
  case malformedField(String)
  case headTooLong(limit: Int)
  case tooManyFields(limit: Int)

  /// The status that answers a request of this kind.
  ///
  /// Spec: RFC 9110 §15.5.1, §15.6.6; RFC 6585 §5.
  package var status: Int {
    switch self {
    case .headTooLong, .tooManyFields: 431
    case .unsupportedVersion: 505
    default: 400
    }
  }
}

extension HTTPHeadError: CustomStringConvertible {
  /// A phrase that names what was found.
  package var description: String {
    switch self {
    case .malformedRequestLine(let line): "'\(line)' is not an HTTP request line"
    case .malformedStatusLine(let line): "'\(line)' is not an HTTP status line"
    case .unsupportedVersion(let version): "HTTP version '\(version)' is not 1.0 or 1.1"
    case .malformedField(let line): "'\(line)' is not a header field"
    case .headTooLong(let limit): "the header is longer than \(limit) bytes"
    case .tooManyFields(let limit): "the header has more than \(limit) fields"
    }
  }
}
