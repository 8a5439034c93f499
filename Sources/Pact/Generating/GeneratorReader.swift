import Contract
import JSON

/// Reads the generators of a message.
///
/// Spec: Pact V4 "Generators".
struct GeneratorReader {
  /// A generator and the path that it stands on.
  struct Entry: Sendable, Hashable {
    var path: PathExpression
    var generator: PactGenerator
  }

  /// The generators of a message.
  struct Generators: Sendable, Hashable {
    var body: [Entry] = []
    /// By name.
    var metadata: [(name: String, generator: PactGenerator)] = []

    static func == (left: Generators, right: Generators) -> Bool {
      left.body == right.body && left.metadata.elementsEqual(right.metadata) { $0 == $1 }
    }

    func hash(into hasher: inout Hasher) { hasher.combine(body) }
  }

  private let place: DocumentCursor

  init(_ place: DocumentCursor) { self.place = place }

  /// The generators; problems are in the collector.
  func read() -> Generators {
    var generators = Generators()
    guard let categories = place.members() else { return generators }
    for category in categories {
      switch category.name {
      case "body", "content": generators.body += Self.entries(category)
      case "metadata":
        generators.metadata += (category.members() ?? []).compactMap { member in
          Self.generator(member).map { (member.name, $0) }
        }
      default:
        category.collector.warn(
          at: category.keyLocation,
          "generators for '\(category.name)' mean nothing for a message; 'body' and 'metadata' do"
        )
      }
    }
    return generators
  }

  /// Generators by path, the ones higher up first.
  static func entries(_ category: DocumentCursor) -> [Entry] {
    let entries = (category.members() ?? []).compactMap { member -> Entry? in
      do {
        let path = try PathExpression(member.name)
        return generator(member).map { Entry(path: path, generator: $0) }
      } catch {
        member.keyError("\(error)")
        return nil
      }
    }
    return entries.enumerated().sorted { left, right in
      (left.element.path.tokens.count, left.offset) < (
        right.element.path.tokens.count, right.offset
      )
    }.map(\.element)
  }

  private static func generator(_ place: DocumentCursor) -> PactGenerator? {
    guard place.value.kind == .object else {
      place.error("a generator is an object with 'type', found \(place.value.found)")
      return nil
    }
    guard let type = place.required("type", of: "a generator"), let name = type.string() else {
      return nil
    }
    let one = One(place)
    switch name {
    case "RandomInt":
      guard let minimum = one.int("min", 0), let maximum = one.int("max", 10) else { return nil }
      guard minimum <= maximum else {
        place.error("'max' is \(maximum), which is below 'min', \(minimum)")
        return nil
      }
      return .randomInt(minimum: minimum, maximum: maximum)
    case "RandomDecimal": return one.count("digits").map { .randomDecimal(digits: $0) }
    case "RandomHexadecimal": return one.count("digits").map { .randomHexadecimal(digits: $0) }
    case "RandomString": return one.count("size").map { .randomString(size: $0) }
    case "RandomBoolean": return .randomBoolean
    case "Regex": return one.pattern()
    case "Uuid": return one.uuid()
    case "Date":
      return one.moment(.date, DateTimePattern.defaultDate).map { .date($0.0, $0.1) }
    case "Time":
      return one.moment(.time, DateTimePattern.defaultTime).map { .time($0.0, $0.1) }
    case "DateTime", "Timestamp":
      return one.moment(.dateTime, DateTimePattern.defaultDateTime).map { .dateTime($0.0, $0.1) }
    case "ProviderState": return one.state()
    case "MockServerURL":
      guard let example = place.required("example", of: "a 'MockServerURL' generator")?.string(),
        let regex = place.required("regex", of: "a 'MockServerURL' generator")?.string()
      else { return nil }
      return .mockServerURL(example: example, pattern: regex)
    default:
      let near = nearestName(to: name, in: PactGenerator.names).map { "; did you mean '\($0)'?" }
      type.collector.warn(
        at: type.location,
        "the generator '\(name)' is not known; the example stays\(near ?? "")"
      )
      return nil
    }
  }

  /// The members of one generator.
  private struct One {
    let place: DocumentCursor

    /// The most digits or characters that are made: 100,000.
    private static let maximumCount = 100_000

    init(_ place: DocumentCursor) { self.place = place }

    func int(_ name: String, _ standard: Int) -> Int? {
      place[name].map { $0.int(in: Int(Int32.min)...Int.max) } ?? standard
    }

    func count(_ name: String) -> Int? {
      place[name].map { $0.int(in: 0...Self.maximumCount) } ?? 10
    }

    func pattern() -> PactGenerator? {
      guard let regex = place.required("regex", of: "a 'Regex' generator"),
        let text = regex.string()
      else { return nil }
      do {
        return .regex(try PactPattern.cached(text))
      } catch {
        regex.error("\(error)")
        return nil
      }
    }

    func uuid() -> PactGenerator? {
      guard let format = place["format"] else { return .uuid(.lowerCase) }
      guard let name = format.string() else { return nil }
      guard let form = PactGenerator.UUIDForm(rawValue: name) else {
        format.error(
          "'format' must be \(listed(PactGenerator.UUIDForm.allCases.map(\.rawValue))), "
            + "found '\(name)'"
        )
        return nil
      }
      return .uuid(form)
    }

    func moment(
      _ scope: MomentExpression.Scope,
      _ standard: String
    ) -> (DateTimePattern, MomentExpression)? {
      let format = place["format"]?.value.stringValue
      let expression = place["expression"]?.value.stringValue
      do {
        let pattern = try DateTimePattern(format.flatMap { $0.isEmpty ? nil : $0 } ?? standard)
        return (pattern, try expression.map { try MomentExpression($0, scope: scope) } ?? .now)
      } catch let error as MomentExpressionError {
        (place["expression"] ?? place).error("\(error)")
      } catch {
        (place["format"] ?? place).error("\(error)")
      }
      return nil
    }

    func state() -> PactGenerator? {
      guard let place = place.required("expression", of: "a 'ProviderState' generator"),
        let text = place.string()
      else { return nil }
      guard let expression = StateExpression(text), !text.isEmpty else {
        place.error("'\(text)' is no expression; write it as 'name' or 'text ${name}'")
        return nil
      }
      guard let type = self.place["dataType"] else { return .providerState(expression, nil) }
      guard let name = type.string() else { return nil }
      guard let known = PactGenerator.StateValueType(rawValue: name.uppercased()) else {
        type.error(
          "'dataType' must be \(listed(PactGenerator.StateValueType.allCases.map(\.rawValue))), "
            + "found '\(name)'"
        )
        return nil
      }
      return .providerState(expression, known)
    }
  }
}
