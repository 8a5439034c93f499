/// Why a provider cannot be started as it was asked, in a sentence.
struct ProviderError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
