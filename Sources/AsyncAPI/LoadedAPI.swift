package import Contract
import JSON

/// A document that was loaded, and what is odd about it.
package struct LoadedAPI: Sendable {
  /// What may be said.
  package var api: APIDescription
  /// Warnings and notes in order of position; never an error.
  package var diagnostics: [Diagnostic]
}

extension LoadedAPI {
  /// The error for commands that say something to a provider, when nothing may be said to it.
  package var nothingToSend: Diagnostic? { api.nothingToSend }
}

extension APIDescription {
  /// The error for commands that say something to a provider, when nothing may be said to it;
  /// `nil` for most documents.
  package var nothingToSend: Diagnostic? {
    guard messages(travelling: .toProvider).isEmpty else { return nil }
    let hint =
      messages(travelling: .toConsumer).isEmpty
      ? "the document has no operation with a message"
      : "every message goes to the consumer; is the document written from the client's side?"
    return Diagnostic(
      .error,
      at: operations.first?.location ?? SourceLocation(file: file),
      "nothing can be sent to the provider: \(hint)"
    )
  }
}
