import NIOHTTP1

extension PlainHTTPRequest {
  /// The request that a codec has read.
  init(_ head: NIOHTTP1.HTTPRequestHead, body: [UInt8]) {
    self.init(
      method: head.method.rawValue,
      target: head.uri,
      headers: head.headers.map { HeaderField($0.name, $0.value) },
      body: body
    )
  }
}

extension PlainHTTPResponse {
  /// The head that is sent in front of the body.
  ///
  /// Spec: RFC 9110 §8.6: 204 and 304 have no body, and no length either.
  func head(
    _ version: NIOHTTP1.HTTPVersion,
    keepsConnection: Bool
  ) -> NIOHTTP1.HTTPResponseHead {
    var fields = HTTPHeaders()
    for field in headers where field.problem == nil && !field.isNamed("Content-Length") {
      fields.add(name: field.name, value: field.value)
    }
    if status != 204, status != 304 { fields.add(name: "Content-Length", value: "\(byteCount)") }
    if !keepsConnection { fields.add(name: "Connection", value: "close") }
    return NIOHTTP1.HTTPResponseHead(
      version: version,
      status: .init(statusCode: status),
      headers: fields
    )
  }
}
