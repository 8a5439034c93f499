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

  /// Whether the request asks for nothing but an answer.
  ///
  /// Spec: RFC 9110 §9.3.1 (GET), §9.3.2 (HEAD).
  package var isReading: Bool { method == "GET" || method == "HEAD" }

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
  /// A file that is sent behind the ``body``, part by part as the client takes it.
  package var file: OpenFile?
  /// The part of the ``file`` that is sent; `nil`: the whole.
  package var fileRange: Range<Int>?

  /// Makes a response.
  package init(
    status: Int,
    headers: [HeaderField] = [],
    body: [UInt8] = [],
    file: OpenFile? = nil
  ) {
    self.status = status
    self.headers = headers
    self.body = body
    self.file = file
  }

  /// How long the body is with its file, in bytes.
  package var byteCount: Int { body.count + (fileRange?.count ?? file?.byteCount ?? 0) }

  /// A response with a body of text.
  package static func text(
    _ text: String,
    status: Int = 200,
    contentType: String = "text/plain; charset=utf-8",
    headers: [HeaderField] = []
  ) -> PlainHTTPResponse {
    PlainHTTPResponse(
      status: status,
      headers: [HeaderField("Content-Type", contentType)] + headers,
      body: [UInt8](text.utf8)
    )
  }

  /// A 405, with the methods that are allowed.
  ///
  /// Spec: RFC 9110 §15.5.6.
  package static func notAllowed(
    _ request: PlainHTTPRequest,
    allowed: [String]
  ) -> PlainHTTPResponse {
    .text(
      "\(request.method.shortened()) is not allowed here; \(allowed.joined(separator: ", ")) is\n",
      status: 405,
      headers: [HeaderField("Allow", allowed.joined(separator: ", "))]
    )
  }

  /// A 404.
  static func nothing(at path: String) -> PlainHTTPResponse {
    .text("nothing is at \(path.shortened())\n", status: 404)
  }

  /// The value of the first header field of that name, in any case.
  package func header(_ name: String) -> String? {
    headers.first(named: name)
  }
}
