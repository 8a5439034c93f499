/// Writes metrics as text.
///
/// Label values are names and numbers of ours, which need no escapes.
///
/// Spec: Prometheus text-based exposition format 0.0.4.
struct MetricsWriter {
  /// The media type of the text.
  static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  private let prefix: String
  /// What was written.
  private(set) var text = ""

  init(prefix: String) { self.prefix = prefix }

  /// A number that goes up and down.
  mutating func gauge(_ name: String, _ help: String, _ value: Int) {
    begin(name, help, "gauge")
    line(name, [], "\(value)")
  }

  /// Numbers that only go up, one for each set of labels; `_total` is added to the name.
  mutating func counter(
    _ name: String,
    _ help: String,
    _ values: [(labels: [(name: String, value: String)], count: Int)]
  ) {
    begin(name + "_total", help, "counter")
    let sorted = values.map { (Self.text(of: $0.labels), $0.count) }.sorted { $0.0 < $1.0 }
    for (labels, count) in sorted { text += "\(prefix)\(name)_total\(labels) \(count)\n" }
  }

  /// Durations, in seconds.
  mutating func histogram(_ name: String, _ help: String, _ histogram: Histogram) {
    begin(name, help, "histogram")
    var sum = 0
    for (index, count) in histogram.counts.enumerated() {
      sum += count
      let bounds = Histogram.boundsInMicroseconds
      let bound = index < bounds.count ? Self.seconds(Int128(bounds[index]) * 1000) : "+Inf"
      line(name + "_bucket", [("le", bound)], "\(sum)")
    }
    line(name + "_sum", [], Self.seconds(histogram.nanoseconds))
    line(name + "_count", [], "\(sum)")
  }

  private mutating func begin(_ name: String, _ help: String, _ kind: String) {
    text += "# HELP \(prefix)\(name) \(help)\n# TYPE \(prefix)\(name) \(kind)\n"
  }

  private mutating func line(
    _ name: String,
    _ labels: [(name: String, value: String)],
    _ value: String
  ) {
    text += "\(prefix)\(name)\(Self.text(of: labels)) \(value)\n"
  }

  private static func text(of labels: [(name: String, value: String)]) -> String {
    guard !labels.isEmpty else { return "" }
    return "{" + labels.map { "\($0.name)=\"\($0.value)\"" }.joined(separator: ",") + "}"
  }

  /// Nanoseconds as a decimal number of seconds, without zeros at its end.
  private static func seconds(_ nanoseconds: Int128) -> String {
    let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    guard rest > 0 else { return "\(whole)" }
    let digits = String(String("\(rest + 1_000_000_000)").dropFirst())
    return "\(whole)." + digits.reversed().drop { $0 == "0" }.reversed().map(String.init).joined()
  }
}
