import Contract
import JSON
import Pact

extension Example {
  /// A text that is made elsewhere, exactly.
  public static func text(_ text: String) -> Example { Example(.string(text)) }

  /// Anything of the same JSON type; for objects and lists, all parts of the same types.
  public static func like(_ example: Example) -> Example {
    Example(
      example.value,
      [Rule(path: "", matchers: [.type(minimum: nil, maximum: nil)])] + example.rules
    )
  }

  /// A text of which the whole fits a regular expression.
  public static func matching(_ pattern: String, _ example: String) -> Example {
    Example(.string(example), .regex(pattern))
  }

  /// One of some texts; the first one is the example.
  public static func oneOf(_ first: String, _ others: String...) -> Example {
    let words = ([first] + others).map(escaped).joined(separator: "|")
    return Example(.string(first), .regex("^(?:\(words))$"))
  }

  /// A text with this in it.
  public static func including(_ part: String, _ example: String) -> Example {
    Example(.string(example), .include(part))
  }

  /// Anything but nothing: no `null`, no empty text, list or object.
  public static func notEmpty(_ example: Example) -> Example {
    Example(example.value, [Rule(path: "", matchers: [.notEmpty])] + example.rules)
  }

  /// A whole number.
  public static func integer(_ example: Int) -> Example {
    Example(.number(JSONNumber(example)), .integer)
  }

  /// A number with a fraction or an exponent.
  public static func decimal(_ example: Double) -> Example { Example(number(example), .decimal) }

  /// Any number.
  public static func anyNumber(_ example: Double) -> Example { Example(number(example), .number) }

  /// `true` or `false`.
  public static func boolean(_ example: Bool) -> Example { Example(.bool(example), .boolean) }

  /// A UUID with hyphens.
  public static func uuid(_ example: String) -> Example {
    let digit = "[0-9a-fA-F]"
    return matching(
      "^\(digit){8}-\(digit){4}-\(digit){4}-\(digit){4}-\(digit){12}$",
      example
    )
  }

  /// A date, in a format of Java's `DateTimeFormatter`.
  public static func date(_ example: String, format: String = "yyyy-MM-dd") -> Example {
    Example(.string(example), .date(format: format))
  }

  /// A time of day, in a format of Java's `DateTimeFormatter`.
  public static func time(_ example: String, format: String = "HH:mm:ss") -> Example {
    Example(.string(example), .time(format: format))
  }

  /// A date with time, in a format of Java's `DateTimeFormatter`.
  public static func dateTime(
    _ example: String,
    format: String = "yyyy-MM-dd'T'HH:mm:ssXXX"
  ) -> Example {
    Example(.string(example), .dateTime(format: format))
  }

  /// A version such as `1.4.0-rc.1`.
  public static func semanticVersion(_ example: String) -> Example {
    Example(.string(example), .semver)
  }

  /// A list of items that are each like the example.
  ///
  /// - Parameters:
  ///   - item: One item, with what may differ in it.
  ///   - atLeast: The least number of items; 1.
  ///   - atMost: The greatest number, or `nil` for any.
  /// - Returns: A list with as few items as may be, but at least one.
  public static func eachLike(
    _ item: Example,
    atLeast: Int = 1,
    atMost: Int? = nil
  ) -> Example {
    Example(
      .array(Array(repeating: item.value, count: max(1, atLeast))),
      [Rule(path: "", matchers: [.type(minimum: atLeast, maximum: atMost)])]
        + item.rules(under: "[*]")
    )
  }

  /// An object with any names, whose values are each like the example.
  public static func eachValueLike(_ name: String, _ value: Example) -> Example {
    Example(
      .object([name: value.value]),
      [Rule(path: "", matchers: [.values])] + value.rules(under: ".*")
    )
  }

  /// A text as a part of a regular expression.
  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      if "\\^$.|?*+()[]{}".contains(character) { result.append("\\") }
      result.append(character)
    }
  }
}
