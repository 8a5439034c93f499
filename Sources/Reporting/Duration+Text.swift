extension Duration {
  /// The duration for people: `850 us`, `3.2 ms`, `1.4 s`, `2 min 5 s`.
  var readable: String {
    let seconds = self.seconds
    switch seconds {
    case ..<0.001: return "\(Int((seconds * 1_000_000).rounded())) us"
    case ..<1: return "\((seconds * 1000).short) ms"
    case ..<120: return "\(seconds.short) s"
    default: return "\(Int(seconds) / 60) min \(Int(seconds) % 60) s"
    }
  }

  /// The duration in seconds.
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}

extension Double {
  /// Three digits or so: `0.42`, `3.2`, `118`; whole numbers stay whole.
  var short: String {
    if self == rounded(), magnitude < 1e15 { return String(Int(self)) }
    let digits = magnitude < 1 ? 100.0 : magnitude < 100 ? 10.0 : 1.0
    let value = (self * digits).rounded() / digits
    return value == value.rounded() ? String(Int(value)) : String(value)
  }
}
