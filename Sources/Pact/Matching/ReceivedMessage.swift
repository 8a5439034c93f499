package import Contract
package import JSON

/// A message as it came over the wire.
package struct ReceivedMessage: Sendable, Hashable {
  /// The bytes.
  package let bytes: [UInt8]
  /// Whether it was a text message.
  package let isText: Bool
  /// The value, when the bytes are JSON.
  package let json: JSONValue?
  /// The media type, where something beside the message tells it; sockets do not.
  package var contentType: String?
  /// What is known beside the contents; `nil` when nothing can be, as on sockets.
  package var metadata: JSONObject?

  /// Takes a message off a socket.
  package init(bytes: [UInt8], isText: Bool) {
    self.bytes = bytes
    self.isText = isText
    json = try? JSONValue.parse(bytes)
  }

  /// Takes contents as a contract has them.
  package init(_ contents: MessageContents, metadata: JSONObject? = nil) {
    switch contents {
    case .missing:
      bytes = []
      isText = true
      json = nil
    case .json(let value, _):
      bytes = value.bytes()
      isText = true
      json = value
    case .text(let text, _):
      bytes = Array(text.utf8)
      isText = true
      json = try? JSONValue.parse(bytes)
    case .binary(let data, _):
      bytes = data
      isText = false
      json = nil
    }
    contentType = contents.contentType
    self.metadata = metadata
  }

  /// The text, when the bytes are UTF-8.
  package var text: String? { String(validating: bytes, as: UTF8.self) }

  /// The start of the message, for reports.
  package var excerpt: String {
    guard let text else { return Excerpt.of(bytes) }
    return ContentSniffer.isXML(text) ? Excerpt.ofXML(text) : Excerpt.of(text)
  }
}

extension MessageContents {
  /// The contents as XML, where their type says that they are.
  var xml: Result<XMLTree, XMLSyntaxError>? {
    guard case .text(let text, let type) = self, !text.isEmpty, MediaType(type).isXML else {
      return nil
    }
    do {
      return .success(try XMLTree(parsing: text))
    } catch {
      return .failure(error)
    }
  }
}
