/// What the transport does in a second, on loopback.
enum TransportBenchmarks {
  /// A part that can be run alone.
  enum Part: String, CaseIterable {
    case echo
    case open
  }

  static var parts: String { Part.allCases.map(\.rawValue).joined(separator: " ") }

  /// Runs the named parts, or all of them.
  ///
  /// - Throws: ``SingleParts/UsageError`` for a name that is none.
  static func run(_ names: [String] = []) async throws {
    let chosen = try names.map { name in
      guard let part = Part(rawValue: name) else {
        throw SingleParts.UsageError(
          description: "there is no part '\(name)'\n\(SingleParts.usage)"
        )
      }
      return part
    }
    for part in chosen.isEmpty ? Part.allCases : chosen {
      switch part {
      case .echo: try await EchoBenchmark.run()
      case .open: try await OpenBenchmark.run()
      }
    }
  }
}
