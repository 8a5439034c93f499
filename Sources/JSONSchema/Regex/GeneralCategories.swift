/// The general categories of Unicode and their groups.
///
/// Spec: ECMA-262 table 70, from Unicode's `PropertyValueAliases.txt`.
enum GeneralCategories {
  /// The scalars of a category or group of categories, by any of its names.
  static func set(named name: String) -> ScalarSet? {
    guard let short = shortNames[name] else { return nil }
    let parts = groups[short] ?? [short]
    return ScalarSet(runs.filter { parts.contains($0.category) }.map(\.range))
  }

  /// All names, long ones first in each row.
  static var names: [String] { aliases.flatMap { $0.reversed() } }

  private struct Run {
    var category: String
    var range: ClosedRange<UInt32>
  }

  /// All of Unicode as runs of one category; surrogates are left out.
  private static let runs: [Run] = {
    var runs: [Run] = []
    for range in assignable {
      for value in range {
        guard let scalar = Unicode.Scalar(value) else { continue }
        let category = shortName(scalar.properties.generalCategory)
        if let last = runs.last, last.category == category, last.range.upperBound + 1 == value {
          runs[runs.count - 1].range = last.range.lowerBound...value
        } else {
          runs.append(Run(category: category, range: value...value))
        }
      }
    }
    runs.append(Run(category: "Cn", range: 0x4_0000...0xD_FFFF))
    for plane in [0xF_0000, 0x10_0000] as [UInt32] {
      runs.append(Run(category: "Co", range: plane...plane + 0xFFFD))
      runs.append(Run(category: "Cn", range: plane + 0xFFFE...plane + 0xFFFF))
    }
    return runs
  }()

  /// The planes that hold assigned characters; the others are known without looking.
  private static let assignable: [ClosedRange<UInt32>] = [
    0...0xD7FF, 0xE000...0x3_FFFF, 0xE_0000...0xE_FFFF,
  ]

  private static let groups: [String: [String]] = [
    "LC": ["Lu", "Ll", "Lt"],
    "L": ["Lu", "Ll", "Lt", "Lm", "Lo"],
    "M": ["Mn", "Mc", "Me"],
    "N": ["Nd", "Nl", "No"],
    "P": ["Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"],
    "S": ["Sm", "Sc", "Sk", "So"],
    "Z": ["Zs", "Zl", "Zp"],
    "C": ["Cc", "Cf", "Cs", "Co", "Cn"],
  ]

  private static let shortNames: [String: String] = {
    var result: [String: String] = [:]
    for row in aliases { for name in row { result[name] = row[0] } }
    return result
  }()

  private static let aliases: [[String]] = [
    ["LC", "Cased_Letter"], ["L", "Letter"], ["M", "Mark", "Combining_Mark"], ["N", "Number"],
    ["P", "Punctuation", "punct"], ["S", "Symbol"], ["Z", "Separator"], ["C", "Other"],
    ["Lu", "Uppercase_Letter"], ["Ll", "Lowercase_Letter"], ["Lt", "Titlecase_Letter"],
    ["Lm", "Modifier_Letter"], ["Lo", "Other_Letter"], ["Mn", "Nonspacing_Mark"],
    ["Mc", "Spacing_Mark"], ["Me", "Enclosing_Mark"], ["Nd", "Decimal_Number", "digit"],
    ["Nl", "Letter_Number"], ["No", "Other_Number"], ["Pc", "Connector_Punctuation"],
    ["Pd", "Dash_Punctuation"], ["Ps", "Open_Punctuation"], ["Pe", "Close_Punctuation"],
    ["Pi", "Initial_Punctuation"], ["Pf", "Final_Punctuation"], ["Po", "Other_Punctuation"],
    ["Sm", "Math_Symbol"], ["Sc", "Currency_Symbol"], ["Sk", "Modifier_Symbol"],
    ["So", "Other_Symbol"], ["Zs", "Space_Separator"], ["Zl", "Line_Separator"],
    ["Zp", "Paragraph_Separator"], ["Cc", "Control", "cntrl"], ["Cf", "Format"],
    ["Cs", "Surrogate"], ["Co", "Private_Use"], ["Cn", "Unassigned"],
  ]

  private static func shortName(_ category: Unicode.GeneralCategory) -> String {
    switch category {
    case .uppercaseLetter: "Lu"
    case .lowercaseLetter: "Ll"
    case .titlecaseLetter: "Lt"
    case .modifierLetter: "Lm"
    case .otherLetter: "Lo"
    case .nonspacingMark: "Mn"
    case .spacingMark: "Mc"
    case .enclosingMark: "Me"
    case .decimalNumber: "Nd"
    case .letterNumber: "Nl"
    case .otherNumber: "No"
    case .connectorPunctuation: "Pc"
    case .dashPunctuation: "Pd"
    case .openPunctuation: "Ps"
    case .closePunctuation: "Pe"
    case .initialPunctuation: "Pi"
    case .finalPunctuation: "Pf"
    case .otherPunctuation: "Po"
    case .mathSymbol: "Sm"
    case .currencySymbol: "Sc"
    case .modifierSymbol: "Sk"
    case .otherSymbol: "So"
    case .spaceSeparator: "Zs"
    case .lineSeparator: "Zl"
    case .paragraphSeparator: "Zp"
    case .control: "Cc"
    case .format: "Cf"
    case .surrogate: "Cs"
    case .privateUse: "Co"
    case .unassigned: "Cn"
    @unknown default: "Cn"
    }
  }
}
