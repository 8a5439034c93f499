import Contract
import Generation
import JSON
import JSONSchema

extension CasePlanner {
  /// The part of a step that decides whether it is an invalid input.
  static let provokeLabel = SpanLabel.member("provoke")
  /// The part of a step that decides on its invalid input.
  static let inputLabel = SpanLabel.member("input")
  /// The part of an invalid input that decides on its kind.
  static let familyLabel = SpanLabel.member("family")
  /// The part of an invalid input that decides on its form.
  static let formLabel = SpanLabel.member("form")
  /// The part of an invalid input that decides where a message is divided.
  static let cutLabel = SpanLabel.member("cut")
  /// The greatest place at which a message is divided.
  static let maximumCut = 1 << 20

  /// Decides whether the step is an invalid input, and on which.
  mutating func provocation(
    _ connection: Int
  ) throws(UnsatisfiableSchema) -> CaseStep? {
    guard let inputs = vocabulary.inputs else { return nil }
    let chance = chance(of: inputs)
    guard source.span(Self.provokeLabel, { $0.boolean(chance: chance) }) else { return nil }
    source.beginSpan(Self.inputLabel)
    defer { source.endSpan() }
    let number = source.span(Self.familyLabel) { $0.index(weights: InputFamily.weights) }
    let socket = vocabulary.sockets[sockets[connection]]
    let place = source.span(Self.operationLabel) { $0.index(weights: socket.weights) }
    let entry = vocabulary.entries[socket.entries[place]]
    let forms = inputs.forms[socket.entries[place]]
    let input = try input(InputFamily(rawValue: number) ?? .listed, entry, forms)
    return CaseStep(connection: connection, kind: .input(input))
  }

  /// How likely it is that something is said wrongly.
  ///
  /// It often ends the connection, and with it what was built up there: where the document says that
  /// something is, most cases have none of it, and some have more.
  private mutating func chance(of inputs: InvalidInputs) -> Int {
    guard vocabulary.facts != nil, inputs.chance < Self.mostlyWrong, !source.isReplaying else {
      return inputs.chance
    }
    if let provocationChance { return provocationChance }
    let chance = source.hint(below: 3) == 0 ? inputs.chance * 3 / 2 : 0
    provocationChance = chance
    return chance
  }

  /// From this chance on, out of 256, each case is about what is said wrongly.
  private static let mostlyWrong = 64

  private mutating func input(
    _ family: InputFamily,
    _ entry: Vocabulary.Entry,
    _ forms: InvalidInputs.Forms
  ) throws(UnsatisfiableSchema) -> InvalidInput {
    switch family {
    case .listed where !forms.listed.isEmpty:
      let count = forms.listed.count
      let listed = forms.listed[source.span(Self.formLabel) { $0.index(below: count) }]
      let payload = withUnusedID(listed.value, entry)
      return InvalidInput(
        listed.label,
        message: entry.message.name,
        payload: payload,
        site: listed.site
      )
    case .generated:
      guard let generator = forms.generator else { break }
      let site = generator.sites[
        source.span(Self.formLabel) { $0.index(below: generator.sites.count) }
      ]
      source.beginSpan(Self.payloadLabel)
      defer { source.endSpan() }
      guard
        let made = try? generator.value(breaking: site, from: &source, pool: pool)
      else { break }
      let payload = withUnusedID(made.value, entry)
      return InvalidInput(
        "\(entry.message.name), breaks '\(site.keyword)' at \(made.place)",
        message: entry.message.name,
        payload: payload,
        site: "\(entry.message.name) \(site)"
      )
    case .frame:
      let all = FrameForm.allCases
      let form = all[source.span(Self.formLabel) { $0.index(below: all.count) }]
      let payload = try payload(of: entry)
      let cut = source.span(Self.cutLabel) { $0.integer(in: 0...Self.maximumCut) }
      let bytes = payload.bytes()
      return form.input(bytes, cut: bytes.isEmpty ? 0 : cut % (bytes.count + 1))
    case .listed, .text: break
    }
    let count = forms.texts.count
    let form = forms.texts[source.span(Self.formLabel) { $0.index(below: count) }]
    return InvalidInput(form.label, text: form.text)
  }

  /// An invalid payload with an id that no request has had, unless the id is what is wrong with it.
  private mutating func withUnusedID(
    _ payload: JSONValue,
    _ entry: Vocabulary.Entry
  ) -> JSONValue {
    guard let fresh = entry.freshID, payload[fresh.pointer] != nil,
      let id = fresh.value(nextID())
    else { return payload }
    var changed = payload
    guard changed.set(id, at: fresh.pointer), !entry.message.payload.isValid(changed) else {
      return payload
    }
    return changed
  }

  /// The payload of a request that shows whether the provider still answers.
  ///
  /// - Parameters:
  ///   - entry: The message.
  ///   - number: How many of them there were in the case.
  /// - Returns: The payload, with an id of its own.
  func check(_ entry: Vocabulary.Entry, number: Int) -> JSONValue {
    guard let fresh = entry.freshID else { return entry.sample }
    var payload = entry.sample
    let id = fresh.value(Self.firstCheck + number)
    if let id, payload.set(id, at: fresh.pointer), entry.message.payload.isValid(payload) {
      return payload
    }
    // Where only the generator knows what an id looks like.
    var source = ChoiceSource(seed: CaseSeed.derive(from: UInt64(number), case: 0))
    guard let made = try? entry.generator.value(from: &source)[fresh.pointer] else {
      return entry.sample
    }
    payload = entry.sample
    payload.set(made, at: fresh.pointer)
    return payload
  }

  /// Numbers of ids from here on belong to checks.
  private static let firstCheck = 1_000_000
}
