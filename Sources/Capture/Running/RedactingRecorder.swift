import WebSocket

/// Keeps secrets in the address of a connection out of the journal.
struct RedactingRecorder: FrameRecorder {
  let recorder: any FrameRecorder
  let redaction: Redaction

  func opened(
    connection: Int,
    request: HandshakeRequest,
    response: HandshakeResponse,
    at time: MonotonicTime
  ) throws {
    var request = request
    request.target = redaction.target(request.target)
    try recorder.opened(connection: connection, request: request, response: response, at: time)
  }

  func frame(
    _ frame: RecordedFrame,
    _ direction: FrameDirection,
    connection: Int,
    at time: MonotonicTime
  ) throws {
    try recorder.frame(frame, direction, connection: connection, at: time)
  }

  func closed(
    connection: Int,
    by direction: FrameDirection?,
    problem: String?,
    at time: MonotonicTime
  ) throws {
    try recorder.closed(connection: connection, by: direction, problem: problem, at: time)
  }
}
