import JSON
import JSONSchema

extension CandidateContext {
  private var plan: StringPlan? { leaf.ways.contains(.string) ? leaf.string : nil }

  /// Lengths longer than this are not tried.
  private static let maximumLength = 100_000

  /// Texts of the lengths at and beside the bounds, from characters of one to four bytes.
  var lengths: [Candidate] {
    guard let plan else { return [] }
    var found: [Candidate] = []
    let bounds: [(KeywordSite.Keyword, Int?)] = [
      (.minLength, node.minLength), (.maxLength, node.maxLength),
    ]
    for (keyword, bound) in bounds {
      guard let bound else { continue }
      for length in [bound - 1, bound, bound + 1]
      where length >= 0 && length <= Self.maximumLength {
        for text in texts(of: length, plan) {
          found.append(
            Candidate(
              value: .string(text),
              label: "\(length) characters, '\(keyword)' is \(bound)",
              site: KeywordSite(keyword)
            )
          )
        }
      }
    }
    return found
  }

  private func texts(of length: Int, _ plan: StringPlan) -> [String] {
    guard plan.isPlain else {
      return (0..<4).compactMap { seed in
        var source = ChoiceSource(seed: UInt64(seed))
        guard case .pattern(let writer) = plan.writers.first else { return nil }
        let text = writer.write(from: &source, lengths: length...length)
        return text.unicodeScalars.count == length ? text : nil
      }
    }
    // ASCII, two and three bytes, beyond the basic plane, a combining mark, joined emoji.
    let pieces: [[UInt32]] = [
      [0x61], [0xE9], [0x6F22], [0x1F432], [0x65, 0x301], [0x1F469, 0x200D, 0x1F680],
    ]
    return pieces.map { piece in
      String(scalars: (0..<length).map { piece[$0 % piece.count] })
    }
  }

  /// Texts with characters that programs trip over.
  var contents: [Candidate] {
    guard let plan, plan.isPlain else { return [] }
    return Self.oddTexts.map { text, label, isExotic in
      Candidate(value: .string(text), label: label, isExotic: isExotic)
    }
  }

  private static let oddTexts: [(String, String, Bool)] = [
    ("a\u{0}b", "U+0000", true), ("\u{1}\u{1F}\u{7F}", "control characters", true),
    ("\u{80}\u{9F}", "C1 control characters", true), ("a\u{2028}b\u{2029}c", "U+2028", false),
    ("\u{FEFF}text", "a byte order mark", true), ("\u{202E}txet\u{202C}", "bidirectional", false),
    ("\u{FFFE}\u{FFFF}\u{10FFFF}", "noncharacters", true), ("\u{FFFD}", "U+FFFD", false),
    ("\"\\/\u{8}\u{C}\n\r\t", "every escape", false), ("\u{1D11E}", "an astral character", false),
    ("\u{E9} e\u{301}", "composed and decomposed", false),
    ("\u{1F469}\u{200D}\u{1F469}\u{200D}\u{1F467}", "joined emoji", false),
    ("\u{130}\u{131}\u{DF}\u{17F}\u{212A}", "letters whose case is odd", false),
    (" leading and trailing ", "outer white space", false), ("\n", "a line break", false),
    ("null", "the word null", false), ("__proto__", "__proto__", false),
    ("<script>alert(1)</script>", "markup", false), ("'; --", "a quote", false),
    ("${x} {{x}} %s %n", "placeholders", false), ("../../etc/passwd", "a path", false),
  ]

  /// Texts for the pattern, and the same with one change.
  var patterns: [Candidate] {
    guard let pattern = node.pattern, plan != nil else { return [] }
    let writer = PatternWriter(pattern)
    var texts: [(String, String)] = []
    var simplest = ChoiceSource(replaying: ChoiceLog())
    let shortest = writer.write(from: &simplest, lengths: 0...Int.max / 2)
    texts.append((shortest, "the simplest text of the pattern"))
    for seed in 0..<12 {
      var source = ChoiceSource(seed: UInt64(seed))
      let text = writer.write(from: &source, lengths: 0...Int.max / 2)
      texts.append((text, "a text of the pattern"))
    }
    texts += PatternSamples(pattern).texts.map { ($0, "a text at an edge of the pattern") }
    let originals = texts.prefix(4).map(\.0)
    for text in originals { texts += Self.changes(of: text) }
    return texts.map { text, label in
      Candidate(value: .string(text), label: label, site: KeywordSite(.pattern))
    }
  }

  /// The text with one change in several ways.
  static func changes(of text: String) -> [(String, String)] {
    let scalars = text.unicodeScalars.map(\.value)
    var found: [(String, String)] = [
      (text + "\n", "with a line break at the end"), (" " + text, "with a space in front"),
      (text + text, "twice"), ("", "empty"), (text.uppercased(), "in capitals"),
      (text + "\u{301}", "with a combining mark"),
    ]
    for place in Set([0, scalars.count / 2, scalars.count - 1]).sorted()
    where scalars.indices.contains(place) {
      var fewer = scalars
      fewer.remove(at: place)
      var more = scalars
      more.insert(scalars[place], at: place)
      var other = scalars
      other[place] = 0x21
      found.append((String(scalars: fewer), "without character \(place)"))
      found.append((String(scalars: more), "with character \(place) twice"))
      found.append((String(scalars: other), "with '!' for character \(place)"))
    }
    if let digit = scalars.firstIndex(where: { (0x30...0x39).contains($0) }) {
      var other = scalars
      other[digit] = 0x0660 + (scalars[digit] - 0x30)
      found.append((String(scalars: other), "with an Arabic digit"))
    }
    return found
  }

  /// Texts for the format, right ones at the edges and wrong ones.
  var formats: [Candidate] {
    guard let format = node.format, plan != nil else { return [] }
    var texts = FormatSamples.texts(of: format).map { ($0, "a sample of '\(format)'") }
    if let text = usual.stringValue { texts += Self.changes(of: text) }
    return texts.map { text, label in
      Candidate(value: .string(text), label: label, site: KeywordSite(.format))
    }
  }
}
