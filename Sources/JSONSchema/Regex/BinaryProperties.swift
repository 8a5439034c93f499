/// The binary properties of Unicode that a pattern may name.
///
/// Spec: ECMA-262 table 69.
enum BinaryProperties {
  /// The scalars that have the property, by its long or short name.
  static func set(named name: String) -> ScalarSet? {
    if let fixed = fixedSet(named: name) { return fixed }
    guard let row = rows.first(where: { $0.names.contains(name) }) else { return nil }
    var members: [ClosedRange<UInt32>] = []
    for range in ScalarSet.all.ranges {
      var begin: UInt32?
      for value in range {
        let isMember = Unicode.Scalar(value).map { row.holds($0.properties) } ?? false
        if isMember, begin == nil { begin = value }
        if !isMember, let first = begin {
          members.append(first...value - 1)
          begin = nil
        }
      }
      if let first = begin { members.append(first...range.upperBound) }
    }
    return ScalarSet(members)
  }

  /// The long names of all of them.
  static var names: [String] {
    ["ASCII", "Any", "Assigned", "Emoji_Component", "Extended_Pictographic", "Regional_Indicator"]
      + rows.map { $0.names[0] }
  }

  private static func fixedSet(named name: String) -> ScalarSet? {
    switch name {
    case "Any": .all
    case "ASCII": ScalarSet([0...0x7F])
    case "Assigned": GeneralCategories.set(named: "Cn")?.inverted
    case "Regional_Indicator", "RI": ScalarSet([0x1_F1E6...0x1_F1FF])
    case "Emoji_Component", "EComp": ScalarSet(hexadecimalRanges: emojiComponent)
    case "Extended_Pictographic", "ExtPict": ScalarSet(hexadecimalRanges: extendedPictographic)
    case "Pattern_Syntax", "Pat_Syn": ScalarSet(hexadecimalRanges: patternSyntax)
    default: nil
    }
  }

  private struct Row: Sendable {
    var names: [String]
    var holds: @Sendable (Unicode.Scalar.Properties) -> Bool

    init(names: [String], holds: @escaping @Sendable (Unicode.Scalar.Properties) -> Bool) {
      self.names = names
      self.holds = holds
    }
  }

  private static let rows: [Row] = [
    Row(names: ["ASCII_Hex_Digit", "AHex"]) { $0.isASCIIHexDigit },
    Row(names: ["Alphabetic", "Alpha"]) { $0.isAlphabetic },
    Row(names: ["Bidi_Control", "Bidi_C"]) { $0.isBidiControl },
    Row(names: ["Bidi_Mirrored", "Bidi_M"]) { $0.isBidiMirrored },
    Row(names: ["Case_Ignorable", "CI"]) { $0.isCaseIgnorable },
    Row(names: ["Cased"]) { $0.isCased },
    Row(names: ["Changes_When_Casefolded", "CWCF"]) { $0.changesWhenCaseFolded },
    Row(names: ["Changes_When_Casemapped", "CWCM"]) { $0.changesWhenCaseMapped },
    Row(names: ["Changes_When_Lowercased", "CWL"]) { $0.changesWhenLowercased },
    Row(names: ["Changes_When_NFKC_Casefolded", "CWKCF"]) { $0.changesWhenNFKCCaseFolded },
    Row(names: ["Changes_When_Titlecased", "CWT"]) { $0.changesWhenTitlecased },
    Row(names: ["Changes_When_Uppercased", "CWU"]) { $0.changesWhenUppercased },
    Row(names: ["Dash"]) { $0.isDash },
    Row(names: ["Default_Ignorable_Code_Point", "DI"]) { $0.isDefaultIgnorableCodePoint },
    Row(names: ["Deprecated", "Dep"]) { $0.isDeprecated },
    Row(names: ["Diacritic", "Dia"]) { $0.isDiacritic },
    Row(names: ["Emoji"]) { $0.isEmoji },
    Row(names: ["Emoji_Modifier", "EMod"]) { $0.isEmojiModifier },
    Row(names: ["Emoji_Modifier_Base", "EBase"]) { $0.isEmojiModifierBase },
    Row(names: ["Emoji_Presentation", "EPres"]) { $0.isEmojiPresentation },
    Row(names: ["Extender", "Ext"]) { $0.isExtender },
    Row(names: ["Grapheme_Base", "Gr_Base"]) { $0.isGraphemeBase },
    Row(names: ["Grapheme_Extend", "Gr_Ext"]) { $0.isGraphemeExtend },
    Row(names: ["Hex_Digit", "Hex"]) { $0.isHexDigit },
    Row(names: ["IDS_Binary_Operator", "IDSB"]) { $0.isIDSBinaryOperator },
    Row(names: ["IDS_Trinary_Operator", "IDST"]) { $0.isIDSTrinaryOperator },
    Row(names: ["ID_Continue", "IDC"]) { $0.isIDContinue },
    Row(names: ["ID_Start", "IDS"]) { $0.isIDStart },
    Row(names: ["Ideographic", "Ideo"]) { $0.isIdeographic },
    Row(names: ["Join_Control", "Join_C"]) { $0.isJoinControl },
    Row(names: ["Logical_Order_Exception", "LOE"]) { $0.isLogicalOrderException },
    Row(names: ["Lowercase", "Lower"]) { $0.isLowercase },
    Row(names: ["Math"]) { $0.isMath },
    Row(names: ["Noncharacter_Code_Point", "NChar"]) { $0.isNoncharacterCodePoint },
    Row(names: ["Pattern_White_Space", "Pat_WS"]) { $0.isPatternWhitespace },
    Row(names: ["Quotation_Mark", "QMark"]) { $0.isQuotationMark },
    Row(names: ["Radical"]) { $0.isRadical },
    Row(names: ["Sentence_Terminal", "STerm"]) { $0.isSentenceTerminal },
    Row(names: ["Soft_Dotted", "SD"]) { $0.isSoftDotted },
    Row(names: ["Unified_Ideograph", "UIdeo"]) { $0.isUnifiedIdeograph },
    Row(names: ["Uppercase", "Upper"]) { $0.isUppercase },
    Row(names: ["Variation_Selector", "VS"]) { $0.isVariationSelector },
    Row(names: ["White_Space", "space"]) { $0.isWhitespace },
    Row(names: ["XID_Continue", "XIDC"]) { $0.isXIDContinue },
    Row(names: ["XID_Start", "XIDS"]) { $0.isXIDStart },
  ]

  // Three properties that the standard library does not offer: Unicode 17.0, `emoji-data.txt` and
  // `PropList.txt` (the latter is fixed for all time).
  private static let emojiComponent = """
    23 2A 30-39 200D 20E3 FE0F 1F1E6-1F1FF 1F3FB-1F3FF 1F9B0-1F9B3 E0020-E007F
    """

  private static let extendedPictographic = """
    A9 AE 203C 2049 2122 2139 2194-2199 21A9-21AA 231A-231B 2328 23CF 23E9-23F3 23F8-23FA 24C2 \
    25AA-25AB 25B6 25C0 25FB-25FE 2600-2604 260E 2611 2614-2615 2618 261D 2620 2622-2623 2626 \
    262A 262E-262F 2638-263A 2640 2642 2648-2653 265F-2660 2663 2665-2666 2668 267B 267E-267F \
    2692-2697 2699 269B-269C 26A0-26A1 26A7 26AA-26AB 26B0-26B1 26BD-26BE 26C4-26C5 26C8 \
    26CE-26CF 26D1 26D3-26D4 26E9-26EA 26F0-26F5 26F7-26FA 26FD 2702 2705 2708-270D 270F 2712 \
    2714 2716 271D 2721 2728 2733-2734 2744 2747 274C 274E 2753-2755 2757 2763-2764 2795-2797 \
    27A1 27B0 27BF 2934-2935 2B05-2B07 2B1B-2B1C 2B50 2B55 3030 303D 3297 3299 1F004 \
    1F02C-1F02F 1F094-1F09F 1F0AF-1F0B0 1F0C0 1F0CF-1F0D0 1F0F6-1F0FF 1F170-1F171 1F17E-1F17F \
    1F18E 1F191-1F19A 1F1AE-1F1E5 1F201-1F20F 1F21A 1F22F 1F232-1F23A 1F23C-1F23F 1F249-1F25F \
    1F266-1F321 1F324-1F393 1F396-1F397 1F399-1F39B 1F39E-1F3F0 1F3F3-1F3F5 1F3F7-1F3FA \
    1F400-1F4FD 1F4FF-1F53D 1F549-1F54E 1F550-1F567 1F56F-1F570 1F573-1F57A 1F587 1F58A-1F58D \
    1F590 1F595-1F596 1F5A4-1F5A5 1F5A8 1F5B1-1F5B2 1F5BC 1F5C2-1F5C4 1F5D1-1F5D3 1F5DC-1F5DE \
    1F5E1 1F5E3 1F5E8 1F5EF 1F5F3 1F5FA-1F64F 1F680-1F6C5 1F6CB-1F6D2 1F6D5-1F6E5 1F6E9 \
    1F6EB-1F6F0 1F6F3-1F6FF 1F7DA-1F7FF 1F80C-1F80F 1F848-1F84F 1F85A-1F85F 1F888-1F88F \
    1F8AE-1F8AF 1F8BC-1F8BF 1F8C2-1F8CF 1F8D9-1F8FF 1F90C-1F93A 1F93C-1F945 1F947-1F9FF \
    1FA58-1FA5F 1FA6E-1FAFF 1FC00-1FFFD
    """

  private static let patternSyntax = """
    21-2F 3A-40 5B-5E 60 7B-7E A1-A7 A9 AB-AC AE B0-B1 B6 BB BF D7 F7 2010-2027 2030-203E \
    2041-2053 2055-205E 2190-245F 2500-2775 2794-2BFF 2E00-2E7F 3001-3003 3008-3020 3030 \
    FD3E-FD3F FE45-FE46
    """
}
