package import JSON
import JSONSchema

extension ChoiceLog {
  /// The log as JSON: choices as Booleans, numbers and strings, parts as objects of their label and
  /// what is in them.
  ///
  /// An index is written as an array of itself. What was possible is left out; who plays the log
  /// again knows it.
  package var json: JSONValue {
    var cursor = 0
    return .array(items(upTo: choices.count, from: 0, span: &cursor))
  }

  private func items(upTo end: Int, from begin: Int, span: inout Int) -> [JSONValue] {
    var items: [JSONValue] = []
    var place = begin
    let depth = span < spans.count ? spans[span].depth : 0
    while true {
      if span < spans.count, spans[span].depth == depth, spans[span].range.lowerBound == place,
        spans[span].range.upperBound <= end
      {
        let label = spans[span].label
        let range = spans[span].range
        span += 1
        let isNested = span < spans.count && spans[span].depth > depth
        let inner =
          isNested
          ? self.items(upTo: range.upperBound, from: range.lowerBound, span: &span)
          : choices[range].map(\.json)
        let detail = label.detail == 0 ? "" : ":" + String(label.detail, radix: 16)
        items.append([label.kind.name + detail: .array(inner)])
        place = range.upperBound
        continue
      }
      guard place < end else { return items }
      items.append(choices[place].json)
      place += 1
    }
  }

  /// Reads what ``json`` wrote.
  ///
  /// - Returns: `nil` for anything else.
  package init?(json: JSONValue) {
    self.init()
    guard case .array(let items) = json, append(items, depth: 0) else { return nil }
  }

  private mutating func append(_ items: [JSONValue], depth: Int) -> Bool {
    for item in items {
      if case .object(let object) = item {
        guard let member = object.members.first, object.count == 1,
          let label = SpanLabel(text: member.name), case .array(let inner) = member.value
        else { return false }
        let span = spans.count
        spans.append(Span(label: label, range: choices.count..<choices.count, depth: depth))
        guard depth < 512, append(inner, depth: depth + 1) else { return false }
        spans[span].range = spans[span].range.lowerBound..<choices.count
      } else if let choice = Choice(json: item) {
        choices.append(choice)
      } else {
        return false
      }
    }
    return true
  }
}

extension Choice {
  fileprivate var json: JSONValue {
    switch self {
    case .boolean(let value): .bool(value)
    case .index(let value, count: _): .array([.number(JSONNumber(value))])
    case .integer(let value, bounds: _): .number(JSONNumber(value))
    case .string(let value, bounds: _): .string(value)
    }
  }

  /// A choice with the widest possibilities; they are narrowed when the log is played.
  fileprivate init?(json: JSONValue) {
    switch json {
    case .bool(let value): self = .boolean(value)
    case .number(let number):
      guard let value = number.int else { return nil }
      self = .integer(value, bounds: IntegerBounds(Int.min...Int.max))
    case .string(let value):
      self = .string(value, bounds: StringBounds(lengths: 0...Int.max))
    case .array(let items):
      guard items.count == 1, let value = items[0].intValue, value >= 0 else { return nil }
      self = .index(value, count: Int.max)
    case .null, .object: return nil
    }
  }
}

extension SpanLabel {
  fileprivate init?(text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard let kind = Kind.allCases.first(where: { $0.name == parts[0] }) else { return nil }
    self.init(kind)
    guard parts.count > 1 else { return }
    guard parts.count == 2, let detail = UInt32(parts[1], radix: 16) else { return nil }
    self.detail = detail
  }
}

extension SpanLabel.Kind {
  fileprivate var name: String { "\(self)" }
}
