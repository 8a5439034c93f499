/// Why a reference leads nowhere, in words that follow it in a message.
struct ReferenceProblem: Error, Hashable {
  let message: String
  /// Whether a whole file is to blame, which is told once for all references to it.
  let isOfFile: Bool

  init(_ message: String, isOfFile: Bool = false) {
    self.message = message
    self.isOfFile = isOfFile
  }
}
