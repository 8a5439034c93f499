/// The sets of scalars behind `\p{...}`.
///
/// Spec: ECMA-262 §22.2.1.9 `UnicodeMatchProperty`, tables 67 to 71. Names are case-sensitive.
/// Properties come from the standard library's Unicode tables, scripts from ``UnicodeScripts``.
enum UnicodeProperty {
  /// A property that does not exist or cannot be used.
  struct UnknownProperty: Error {
    var reason: String
  }

  /// Resolves what stands between the braces: `Property`, `Value` of General_Category, or
  /// `Property=Value`.
  static func set(named text: String) throws(UnknownProperty) -> ScalarSet {
    if let known = UnicodePropertyCache.shared.value(text) { return known }
    let set = try resolve(text)
    UnicodePropertyCache.shared.store(set, named: text)
    return set
  }

  private static func resolve(_ text: String) throws(UnknownProperty) -> ScalarSet {
    let parts = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
    switch parts.count {
    case 1:
      if let category = GeneralCategories.set(named: parts[0]) { return category }
      if let binary = BinaryProperties.set(named: parts[0]) { return binary }
      let names = GeneralCategories.names + BinaryProperties.names
      throw UnknownProperty(reason: unknown("Unicode property", parts[0], among: names))
    case 2:
      return try resolve(property: parts[0], value: parts[1])
    default:
      throw UnknownProperty(reason: "'\\p{\(text)}' has more than one '='")
    }
  }

  private static func resolve(
    property: String,
    value: String
  ) throws(UnknownProperty) -> ScalarSet {
    switch property {
    case "General_Category", "gc":
      if let set = GeneralCategories.set(named: value) { return set }
      let names = GeneralCategories.names
      throw UnknownProperty(reason: unknown("general category", value, among: names))
    case "Script", "sc", "Script_Extensions", "scx":
      let withExtensions = property == "Script_Extensions" || property == "scx"
      if let set = UnicodeScripts.set(named: value, withExtensions: withExtensions) { return set }
      throw UnknownProperty(reason: unknown("script", value, among: UnicodeScripts.names))
    default:
      let reason = "'\(property)' takes no value; only General_Category, Script and "
      throw UnknownProperty(reason: reason + "Script_Extensions do")
    }
  }

  private static func unknown(_ what: String, _ name: String, among names: [String]) -> String {
    let folded = fold(name)
    let nearest = names.first { fold($0) == folded }
    return "unknown \(what) '\(name)'" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
  }

  private static func fold(_ name: String) -> String {
    name.lowercased().filter { $0.isLetter || $0.isNumber }
  }
}
