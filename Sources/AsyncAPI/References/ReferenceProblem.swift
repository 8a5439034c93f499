/// Why a reference leads nowhere, in words that follow it in a message.
struct ReferenceProblem: Error, Hashable {
  let message: String

  init(_ message: String) { self.message = message }
}
