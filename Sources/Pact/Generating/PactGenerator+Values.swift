import JSON

extension PactGenerator {
  /// A value in the place of an example.
  ///
  /// Numbers take the form of the example: a text that holds a number stays a text.
  ///
  /// - Parameters:
  ///   - example: The value that the contract has.
  ///   - path: Where it stands, for problems.
  ///   - name: What tells this value from others with the same path.
  ///   - context: Seed, time and what provider states answered.
  /// - Returns: The value; the example where there is no mock server whose URL it could be.
  /// - Throws: ``GenerationProblem``.
  func value(
    for example: JSONValue,
    at path: String,
    name: String,
    in context: GenerationContext
  ) throws(GenerationProblem) -> JSONValue {
    var stream = RandomStream(seed: context.seed, name: name + path)
    switch self {
    case .randomInt(let minimum, let maximum):
      return Self.number("\(Int.random(in: minimum...maximum, using: &stream))", like: example)
    case .randomDecimal(let digits):
      return Self.number(Self.decimal(digits, &stream), like: example)
    case .randomHexadecimal(let digits):
      return .string(stream.text(digits, from: "0123456789ABCDEF"))
    case .randomString(let size):
      return .string(
        stream.text(size, from: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
      )
    case .randomBoolean: return .bool(Bool.random(using: &stream))
    case .regex(let pattern):
      guard let text = pattern.sample(from: stream) else {
        throw GenerationProblem(
          path: path,
          reason: "no text was found that fits '\(pattern.source)'"
        )
      }
      return .string(text)
    case .uuid(let form): return .string(Self.uuid(form, &stream))
    case .date(let pattern, let expression), .time(let pattern, let expression),
      .dateTime(let pattern, let expression):
      return .string(pattern.text(of: expression.applied(to: context.now)))
    case .providerState(let expression, let type):
      return try expression.value(from: context.stateValues, as: type, at: path)
    case .mockServerURL(let written, let pattern):
      return context.mockServerURL.map {
        .string(Self.url(of: example.stringValue ?? written, pattern, on: $0))
      } ?? example
    }
  }

  private static func number(_ text: String, like example: JSONValue) -> JSONValue {
    guard example.kind != .string, let number = JSONNumber(text) else { return .string(text) }
    return .number(number)
  }

  /// A number with so many digits, one of them at least behind the point.
  private static func decimal(_ digits: Int, _ stream: inout RandomStream) -> String {
    guard digits > 1 else { return "0." + stream.text(1, from: "123456789") }
    let whole = Int.random(in: 1..<digits, using: &stream)
    return stream.text(1, from: "123456789") + stream.text(whole - 1, from: "0123456789") + "."
      + stream.text(digits - whole - 1, from: "0123456789") + stream.text(1, from: "123456789")
  }

  /// Spec: RFC 9562 §5.4, version 4.
  private static func uuid(_ form: UUIDForm, _ stream: inout RandomStream) -> String {
    let hex: StaticString = "0123456789abcdef"
    let parts = [
      stream.text(8, from: hex), stream.text(4, from: hex), "4" + stream.text(3, from: hex),
      stream.text(1, from: "89ab") + stream.text(3, from: hex), stream.text(12, from: hex),
    ]
    return switch form {
    case .simple: parts.joined()
    case .lowerCase: parts.joined(separator: "-")
    case .upperCase: parts.joined(separator: "-").uppercased()
    case .name: "urn:uuid:" + parts.joined(separator: "-")
    }
  }

  /// The part of an example that the pattern's group takes, on another server.
  private static func url(of example: String, _ pattern: String, on base: String) -> String {
    let server = base.hasSuffix("/") ? String(base.dropLast()) : base
    // The pattern is `.*(path)$`: the shortest end of the example that the group takes is the path.
    guard let open = pattern.firstIndex(of: "("), let close = pattern.lastIndex(of: ")"),
      open < close,
      let group = try? PactPattern.cached(String(pattern[pattern.index(after: open)..<close]))
    else { return server }
    var begin = example.endIndex
    while begin > example.startIndex {
      begin = example.index(before: begin)
      let path = String(example[begin...])
      if group.fits(path) { return server + (path.hasPrefix("/") ? "" : "/") + path }
    }
    return server
  }
}
