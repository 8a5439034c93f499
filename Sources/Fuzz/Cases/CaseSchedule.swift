import Contract
import Generation
import JSON
import JSONSchema

/// Which cases are played, in which order: the same for the same document, seed and limits.
struct CaseSchedule {
  /// The most cases of a message that the coverage phase tries.
  static let maximumCoverage = 500

  /// In how many of 256 random cases a beginning is taken that led somewhere new.
  static let goOnFromCorpus = 128

  /// Every so many of random cases is one that led somewhere, with something special in all texts.
  static let texturePeriod = 4
  /// How many beginnings with the same end get something special.
  static let maximumTextured = 4

  /// A case that is to be played.
  struct Case: Sendable {
    /// From 1, through all phases.
    var number: Int
    var phase: FuzzPhase
    var source: ChoiceSource
    /// For each message of a written case, the assertion at whose boundary it stands.
    var sites: [String?] = []
  }

  private let script: CaseScript
  private let seed: UInt64
  /// Conversations that were recorded elsewhere; the examples come after them.
  private var seeds: ArraySlice<ChoiceLog>
  private var phases: ArraySlice<FuzzPhase>
  /// Written cases of the present phase.
  private var written: ArraySlice<CaseScript.Written> = []
  /// Messages that the present phase has still to come to.
  private var entries: Range<Int>
  /// Spellings in which everything is still to be said once.
  private var spellings: ArraySlice<Spelling>
  /// What is still to be said wrongly, at the beginning of a case.
  private var provocations: ArraySlice<CaseScript.Provocation> = []
  /// What is still to be said wrongly, where the right thing was answered before.
  private var laterProvocations: ArraySlice<CaseScript.Provocation> = []
  private let mode: FuzzMode
  private var number = 0

  /// Beginnings that led somewhere, with something special in all texts, and the cases that found them.
  private var textured: [(log: ChoiceLog, number: Int)] = []
  /// How many beginnings with the same end got something special.
  private var texturedEnds: [Achievement: Int] = [:]

  /// How many cases were given out.
  var count: Int { number }
  private var randomCases = 0
  /// The places of keywords in the schemas that were tried at their boundaries, by message.
  private(set) var keywordPlaces: [String: KeywordPlaces] = [:]
  /// What the provider was seen doing.
  private(set) var behaviour = Behaviour()
  /// Beginnings of cases that led somewhere new.
  private(set) var corpus = Corpus()

  /// Begins with the first phase.
  ///
  /// - Parameters:
  ///   - vocabulary: The messages.
  ///   - limits: What the schedule goes by.
  ///   - corpus: Beginnings that earlier runs found.
  ///   - seeds: Cases to begin the examples with.
  init(
    _ vocabulary: Vocabulary,
    _ limits: CaseLimits,
    corpus: Corpus = Corpus(),
    seeds: [ChoiceLog] = []
  ) {
    self.corpus = corpus
    self.seeds = seeds[...]
    script = CaseScript(
      vocabulary: vocabulary,
      maximumSteps: limits.maximumSteps,
      maximumConnections: limits.maximumConnections
    )
    seed = limits.seed
    mode = limits.mode
    spellings = limits.mode == .invalid ? [] : Spelling.allCases.dropFirst()
    provocations = Self.provocations(vocabulary)[...]
    laterProvocations = provocations.filter { $0.family == .listed }[...]
    phases = FuzzPhase.allCases.filter(limits.phases.contains)[...]
    entries = 0..<vocabulary.entries.count
  }

  /// The next case; `nil` when every phase is over.
  mutating func next() -> Case? {
    while let phase = phases.first {
      guard var planned = next(phase) else {
        phases.removeFirst()
        entries = 0..<script.vocabulary.entries.count
        continue
      }
      number += 1
      planned.number = number
      return planned
    }
    return nil
  }

  private mutating func next(_ phase: FuzzPhase) -> Case? {
    if phase == .random {
      randomCases += 1
      return Case(number: 0, phase: phase, source: randomSource())
    }
    if phase == .examples, let log = seeds.popFirst() {
      return Case(number: 0, phase: phase, source: ChoiceSource(replaying: log))
    }
    while written.isEmpty, !entries.isEmpty {
      let sends: [CaseScript.Send]
      if phase == .examples {
        // All together, as they may build on each other.
        sends = entries.flatMap(examples)
        entries = entries.upperBound..<entries.upperBound
      } else {
        sends = mode == .invalid ? [] : coverage(of: entries.lowerBound)
        entries = entries.dropFirst()
      }
      written = script.cases(for: sends)[...]
    }
    if phase == .coverage, written.isEmpty, let spelling = spellings.popFirst() {
      written = script.cases(for: spelledSends(), spelling: spelling)[...]
    }
    if let next = written.popFirst() {
      let source = ChoiceSource(replaying: next.log)
      return Case(number: 0, phase: phase, source: source, sites: next.sites)
    }
    guard phase == .coverage else { return nil }
    if !number.isMultiple(of: 2), mode != .invalid, let log = nextTextured() {
      return Case(number: 0, phase: phase, source: ChoiceSource(replaying: log))
    }
    guard let log = nextProvocation() else { return nil }
    return Case(number: 0, phase: phase, source: ChoiceSource(replaying: log))
  }

  private mutating func nextProvocation() -> ChoiceLog? {
    while let provocation = provocations.popFirst() {
      if let log = script.log(for: provocation) { return log }
    }
    while let provocation = laterProvocations.popFirst() {
      guard let beginning = beginning(before: provocation),
        let log = script.log(for: provocation, after: beginning)
      else { continue }
      return log
    }
    return nil
  }

  /// The shortest beginning that ends with the usual answer to what is to be said wrongly: whoever has
  /// to log in before has done so.
  private func beginning(before provocation: CaseScript.Provocation) -> ChoiceLog? {
    let operation = script.vocabulary.entries[provocation.entry].operation
    guard script.vocabulary.sockets.count == 1, let reply = operation.reply,
      let usual = reply.sequence.first?.message ?? reply.messages.first
    else { return nil }
    let wanted = Achievement(operation: operation.name, reply: usual)
    return corpus.entries
      .filter { entry in
        entry.number + Corpus.lag <= number + 1 && entry.reached.last == wanted
          && entry.steps < script.maximumSteps
      }
      .min { $0.steps < $1.steps }?.log
  }

  /// A beginning that led somewhere, with something special in all texts.
  private mutating func nextTextured() -> ChoiceLog? {
    guard let next = textured.first, next.number + Corpus.lag <= number + 1 else { return nil }
    return textured.removeFirst().log
  }

  /// Chance alone, or what comes after a beginning that led somewhere new.
  private mutating func randomSource() -> ChoiceSource {
    let caseSeed = CaseSeed.derive(from: seed, case: randomCases)
    if randomCases.isMultiple(of: Self.texturePeriod), let log = nextTextured() {
      return ChoiceSource(replaying: log, then: caseSeed)
    }
    var random = RandomNumbers(seed: ~caseSeed)
    guard random.chance(in256: Self.goOnFromCorpus),
      let beginning = corpus.beginning(for: number + 1, &random)
    else { return ChoiceSource(seed: caseSeed) }
    return ChoiceSource(replaying: beginning.log, then: caseSeed)
  }

  /// Learns from a case in which nothing was amiss; cases come in the order of their numbers.
  mutating func learn(from run: CaseRun, number: Int) {
    let steps = behaviour.observe(run.achievements)
    let before = corpus.entries.count
    corpus.keep(run, number: number, upTo: steps.filter { $0 < script.maximumSteps })
    for entry in corpus.entries[before...] {
      guard let last = entry.reached.last, !last.isRefusal,
        texturedEnds[last, default: 0] < Self.maximumTextured
      else { continue }
      texturedEnds[last, default: 0] += 1
      for texture in Texture.allCases.dropFirst() {
        textured.append((entry.log.with(texture), number))
      }
    }
  }

  /// Each thing that can be said wrongly once, a case each, the kinds in turns: what brings a provider
  /// down hides what comes after it.
  private static func provocations(_ vocabulary: Vocabulary) -> [CaseScript.Provocation] {
    guard let inputs = vocabulary.inputs else { return [] }
    var kinds: [[CaseScript.Provocation]] = inputs.forms.enumerated().map { entry, forms in
      (0..<min(forms.siteCount, forms.listed.count)).map { form in
        CaseScript.Provocation(
          entry: entry,
          family: .listed,
          form: form,
          count: forms.listed.count
        )
      }
    }
    for socket in vocabulary.sockets {
      guard let entry = socket.check ?? socket.entries.first else { continue }
      kinds.append(texts(of: entry, inputs.forms[entry]))
      kinds.append(frames(of: entry, socket, inputs))
    }
    let longest = kinds.map(\.count).max() ?? 0
    return (0..<longest).flatMap { place in
      kinds.compactMap { place < $0.count ? $0[place] : nil }
    }
  }

  private static func texts(
    of entry: Int,
    _ forms: InvalidInputs.Forms
  ) -> [CaseScript.Provocation] {
    forms.texts.indices.map { form in
      CaseScript.Provocation(entry: entry, family: .text, form: form, count: forms.texts.count)
    }
  }

  private static func frames(
    of entry: Int,
    _ socket: Vocabulary.Socket,
    _ inputs: InvalidInputs
  ) -> [CaseScript.Provocation] {
    let wide = socket.entries.first { inputs.forms[$0].wideSample != nil }
    return FrameForm.allCases.enumerated().compactMap { place, form in
      var entry = entry
      var payload = inputs.forms[entry].sample
      if form.likesWideCharacter, let wide, let sample = inputs.forms[wide].wideSample {
        (entry, payload) = (wide, sample)
      } else if form.needsWideCharacter {
        return nil
      }
      return CaseScript.Provocation(
        entry: entry,
        family: .frame,
        form: place,
        count: FrameForm.allCases.count,
        payload: payload,
        cut: payload.bytes().count / 2
      )
    }
  }

  /// Every example, and then each message with a character of several bytes, where it has room for one.
  private func spelledSends() -> [CaseScript.Send] {
    let forms = script.vocabulary.inputs?.forms ?? []
    return script.vocabulary.entries.indices.flatMap(examples)
      + forms.enumerated().compactMap { entry, forms in
        forms.wideSample.map { CaseScript.Send(entry: entry, payload: $0) }
      }
  }

  private func examples(of entry: Int) -> [CaseScript.Send] {
    let message = script.vocabulary.entries[entry].message
    return message.examples.filter { message.payload.isValid($0.payload) }.map {
      CaseScript.Send(entry: entry, payload: $0.payload)
    }
  }

  /// Valid values at the boundaries; not those that many programs read differently, such as numbers
  /// beyond machine numbers.
  private mutating func coverage(of entry: Int) -> [CaseScript.Send] {
    let message = script.vocabulary.entries[entry].message
    let list = CoverageList(schema: message.payload)
    keywordPlaces[message.name] = KeywordPlaces(message.name, list)
    return list.cases.lazy.filter { $0.isValid && !$0.isExotic }.prefix(Self.maximumCoverage).map {
      CaseScript.Send(
        entry: entry,
        payload: $0.value,
        site: $0.site.map { "\(message.name) \($0)" }
      )
    }
  }
}

extension ChoiceLog {
  /// The decisions with something special in every text.
  fileprivate func with(_ texture: Texture) -> ChoiceLog {
    guard
      let part = spans.firstIndex(where: { $0.depth == 0 && $0.label == CasePlanner.textureLabel })
    else { return self }
    let count = Texture.allCases.count - 1
    let choices: [Choice] = [.boolean(true), .index(texture.rawValue - 1, count: count)]
    return replacing(part: part, by: ChoiceLog(choices: choices))
  }
}

/// What a schedule goes by.
struct CaseLimits {
  var seed: UInt64
  var phases: Set<FuzzPhase>
  /// Which kinds of messages are sent.
  var mode = FuzzMode.valid
  /// The most messages in a case.
  var maximumSteps: Int
  /// The most connections in a case.
  var maximumConnections: Int
}
