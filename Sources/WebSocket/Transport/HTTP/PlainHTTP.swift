/// An HTTP request that has nothing to do with WebSockets.
package struct PlainHTTPRequest: Hashable, Sendable {
  /// The method, as `POST`.
  package var method: String
  /// Path and query, as `/_states?x=1`.
  package var target: String
  /// The header fields in the order of the wire.
  package var headers: [HeaderField]
  /// The whole body.
  package var body: [UInt8]

  /// Makes a request.
  package init(
    method: String,
    target: String,
    headers: [HeaderField] = [],
    body: [UInt8] = []
  ) {
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
  }

  /// The part of the target before the question mark.
  package var path: String {
    String(target.prefix { $0 != "?" })
  }

  /// The value of the first header field of that name, in any case.
  package func header(_ name: String) -> String? {
    headers.first(named: name)
  }
}

/// The answer to a ``PlainHTTPRequest``.
package struct PlainHTTPResponse: Hashable, Sendable {
  /// The status code.
  package var status: Int
  /// The header fields; the length and what concerns the connection are added when it is sent.
  package var headers: [HeaderField]
  /// The whole body.
  package var body: [UInt8]

  /// Makes a response.
  package init(status: Int, headers: [HeaderField] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// A response with a body of text.
  package static func text(
    _ text: String,
    status: Int = 200,
    contentType: String = "text/plain; charset=utf-8"
  ) -> PlainHTTPResponse {
    PlainHTTPResponse(
      status: status,
      headers: [HeaderField("Content-Type", contentType)],
      body: [UInt8](text.utf8)
    )
  }

  /// The value of the first header field of that name, in any case.
  package func header(_ name: String) -> String? {
    headers.first(named: name)
  }
}
