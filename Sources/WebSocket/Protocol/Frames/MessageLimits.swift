/// How much one frame and one message may hold; what is longer is answered with 1009.
///
/// Spec: RFC 6455 §10.4.
package struct MessageLimits: Hashable, Sendable {
  /// The longest payload of one frame, in bytes; 16 MiB.
  package var maximumFrameBytes = 16 * 1_048_576
  /// The longest message, in bytes; 16 MiB.
  package var maximumMessageBytes = 16 * 1_048_576

  /// Makes limits.
  package init(
    maximumFrameBytes: Int = 16 * 1_048_576,
    maximumMessageBytes: Int = 16 * 1_048_576
  ) {
    self.maximumFrameBytes = maximumFrameBytes
    self.maximumMessageBytes = maximumMessageBytes
  }
}
