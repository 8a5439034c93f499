import Contract
import Generation
import JSON
import JSONSchema

/// What a client can say wrongly, for each of its messages, in a fixed order.
struct InvalidInputs: Sendable {
  /// The most invalid values of a message that are listed.
  static let maximumListed = 400

  /// What can be said wrongly in place of one message.
  struct Forms: Sendable {
    /// Values that break one assertion of the schema each: first one for each assertion, of `type`
    /// up to three.
    var listed: [Listed]
    /// How many of ``listed`` the coverage phase says.
    var siteCount: Int
    /// The assertions that can be broken, each with its message.
    var assertions: Set<String>
    /// Makes others; `nil` where nothing can be broken.
    var generator: InvalidValueGenerator?
    /// Texts that are no message.
    var texts: [TextForm]
    /// An ordinary payload.
    var sample: JSONValue
    /// An ordinary payload with a character of several bytes, where the schema has room for one.
    var wideSample: JSONValue?
  }

  /// An invalid value.
  struct Listed: Sendable, Hashable {
    var value: JSONValue
    /// What is wrong with it, in a few words.
    var label: String
    /// The assertion that it breaks, with the message.
    var site: String
  }

  /// In how many of 256 random steps one is said.
  let chance: Int
  /// For each entry of the vocabulary.
  let forms: [Forms]

  /// Works out what can be said wrongly.
  ///
  /// - Parameters:
  ///   - entries: The messages.
  ///   - index: The API.
  ///   - mode: How often one is said.
  ///   - isCompressed: Whether compression is offered, so that much can be said with little.
  init(
    _ entries: [Vocabulary.Entry],
    _ index: APIIndex,
    mode: FuzzMode,
    isCompressed: Bool = false
  ) {
    chance = mode.provocationChance
    let reader = MessageReader(index)
    let names = index.api.messages.compactMap(\.identity?.value.stringValue)
    forms = entries.map { entry in
      var forms = Self.forms(entry, reader, names: names)
      if isCompressed { forms.texts.append(.bomb(of: entry.sample)) }
      return forms
    }
  }

  /// How many assertions there are to break.
  var siteCount: Int { forms.reduce(0) { $0 + $1.assertions.count } }

  private static func forms(
    _ entry: Vocabulary.Entry,
    _ reader: MessageReader,
    names: [String]
  ) -> Forms {
    let sample = entry.sample
    let (listed, siteCount) = listed(entry.message, reader)
    let generator = InvalidValueGenerator(schema: entry.message.payload)
    return Forms(
      listed: listed,
      siteCount: siteCount,
      assertions: Set(listed.map(\.site))
        .union(generator.sites.map { "\(entry.message.name) \($0)" }),
      generator: generator.sites.isEmpty ? nil : generator,
      texts: TextForm.forms(of: sample, entry.message, names: names),
      sample: sample,
      wideSample: sample.wide.first { entry.message.payload.isValid($0) }
    )
  }

  /// What tells values of the wrong type apart: some programs take a number in quotes, others null.
  private static func variety(of item: CoverageCase) -> String {
    guard item.site?.keyword == "type", let value = item.value[item.place] else { return "" }
    switch value {
    case .string: return " string"
    case .number: return " number"
    default: return ""
    }
  }

  /// Values that break one assertion alone and are still taken for the message.
  private static func listed(
    _ message: MessageDefinition,
    _ reader: MessageReader
  ) -> (values: [Listed], sites: Int) {
    var first: [Listed] = []
    var others: [Listed] = []
    var seen: Set<String> = []
    for item in CoverageList(schema: message.payload).cases where !item.isValid && item.isAlone {
      let frame = TranscriptFrame(.text, payload: item.value.bytes())
      let read = reader.read(frame, .toProvider)
      guard case .invalid = read.verdict, read.name == message.name, let assertion = item.site
      else { continue }
      let place = item.place.pattern
      let site = "\(message.name) \(assertion)"
      let listed = Listed(
        value: item.value,
        label: "\(message.name), \(item.label)" + (place.isEmpty ? "" : " at \(place)"),
        site: site
      )
      if seen.insert(site + Self.variety(of: item)).inserted {
        first.append(listed)
      } else {
        others.append(listed)
      }
    }
    let room = max(0, maximumListed - first.count)
    return (Array((first + others.prefix(room)).prefix(maximumListed)), first.count)
  }
}

extension JSONValue {
  /// The value with a character of several bytes in one of its texts, one text after the other.
  fileprivate var wide: [JSONValue] {
    switch self {
    case .null, .bool, .number: []
    case .string: [.string("\u{E9}\u{20AC}\u{1F600}")]
    case .array(let items):
      items.indices.flatMap { index in
        items[index].wide.map { changed in
          var copy = items
          copy[index] = changed
          return .array(copy)
        }
      }
    case .object(let object):
      object.members.indices.flatMap { index in
        object.members[index].value.wide.map { changed in
          var copy = object
          copy.members[index].value = changed
          return .object(copy)
        }
      }
    }
  }
}
