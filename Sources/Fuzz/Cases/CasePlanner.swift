import Contract
import Generation
import JSON
import JSONSchema

/// Decides the steps of a case.
///
/// Every step is a part of its own in the choice log, and within it the connection, the operation,
/// the payload and whether to wait are parts with names, so that any of them can be left out or made
/// simpler alone. The simplest step is the end of the case.
struct CasePlanner {
  /// In how many of 256 steps the case goes on.
  static let goOn = 253
  /// In how many of 256 cases the values of the document's examples are used.
  static let useExamples = 24
  /// In how many of 256 cases messages are spelled in an unusual way.
  static let useSpelling = 12
  /// In how many of 256 cases all texts have something special in them.
  static let useTexture = 8
  /// How likely a case with one, two, three connections is, and so on.
  static let connectionWeights = [10, 4, 2]
  /// How likely sending, closing and dropping are.
  static let kindWeights = [120, 1, 1]
  /// How often an id is made anew when it is in use.
  static let maximumAttempts = 8
  /// The part of a case that decides on its connections and their sockets.
  static let connectionsLabel = SpanLabel.member("connections")
  /// The part of a case that decides on its tempo.
  static let tempoLabel = SpanLabel.member("tempo")
  /// The part of a case that decides whether it uses the values of the document's examples.
  static let examplesLabel = SpanLabel.member("examples")
  /// The part of a case that decides on how its messages are spelled.
  static let spellingLabel = SpanLabel.member("spelling")
  /// The part of a case that decides on what all its texts have in them.
  static let textureLabel = SpanLabel.member("texture")
  /// The part of a step that decides on its connection.
  static let connectionLabel = SpanLabel.member("connection")
  /// The part of a step that decides what kind of step it is.
  static let kindLabel = SpanLabel.member("kind")
  /// The part of a step that decides on its operation.
  static let operationLabel = SpanLabel.member("operation")
  /// The part of a step that decides whether to wait for the answer.
  static let pipelinedLabel = SpanLabel.member("pipelined")
  /// The part of a step that decides on its payload.
  static let payloadLabel = SpanLabel.member("payload")

  let vocabulary: Vocabulary
  var source: ChoiceSource
  /// Values that were used or seen in this case.
  var pool = ValuePool()
  /// The socket of each connection.
  private(set) var sockets: [Int] = []
  /// How its valid messages are spelled.
  private(set) var spelling = Spelling.plain
  /// What all its texts have in them.
  private(set) var texture = Texture.none
  /// In how many of 256 steps of this case something is said that is not allowed; `nil` until chance
  /// decides for the first time.
  var provocationChance: Int?
  /// Weighs the steps, where the document says what operations do.
  private var guide: CaseGuide?
  /// In how many of 256 steps the next message is sent without waiting for an answer.
  private let pipelining: Int
  private var usedIDs: Set<JSONValue> = []
  private var lastID = 0

  init(vocabulary: Vocabulary, source: ChoiceSource, maximumConnections: Int) {
    self.vocabulary = vocabulary
    self.source = source
    let usual =
      vocabulary.facts == nil ? Self.connectionWeights : CaseGuide.connectionWeights
    let weights = (0..<max(1, maximumConnections)).map { usual[min($0, usual.count - 1)] }
    let socketCount = vocabulary.sockets.count
    sockets = self.source.span(Self.connectionsLabel) { source in
      let count = 1 + source.index(weights: weights)
      return (0..<count).map { _ in source.index(below: socketCount) }
    }
    let tempo = vocabulary.tempo.weights
    pipelining =
      FuzzTempo.pipelining[self.source.span(Self.tempoLabel) { $0.index(weights: tempo) }]
    let usesExamples = self.source.span(Self.examplesLabel) {
      $0.boolean(chance: Self.useExamples)
    }
    pool = usesExamples ? vocabulary.examples : vocabulary.emptyPool
    spelling = self.source.span(Self.spellingLabel) { source in
      guard source.boolean(chance: Self.useSpelling) else { return .plain }
      let unusual = Spelling.allCases.dropFirst()
      return unusual[unusual.startIndex + source.index(below: unusual.count)]
    }
    texture = self.source.span(Self.textureLabel) { source in
      guard source.boolean(chance: Self.useTexture) else { return .none }
      let special = Texture.allCases.dropFirst()
      return special[special.startIndex + source.index(below: special.count)]
    }
    guard let facts = vocabulary.facts else { return }
    let isWatched =
      sockets.count > 1 && self.source.hint(below: CaseGuide.witnessPeriod) == 1
    guide = CaseGuide(
      facts,
      connections: sockets.count,
      witness: isWatched ? sockets.count - 1 : nil
    )
  }

  /// Decides the next step; `nil` at the end of the case.
  ///
  /// - Throws: `UnsatisfiableSchema` when a payload cannot be made.
  mutating func next() throws(UnsatisfiableSchema) -> CaseStep? {
    source.beginSpan(.step)
    defer { source.endSpan() }
    guard source.boolean(chance: Self.goOn) else { return nil }
    let step = try decided()
    guide?.took(step)
    return step
  }

  private mutating func decided() throws(UnsatisfiableSchema) -> CaseStep {
    guide?.draw(&source)
    let connection = source.span(Self.connectionLabel) { [count = sockets.count, guide] source in
      guard let guide else { return source.index(below: count) }
      return source.index(weights: guide.connectionWeights)
    }
    if let provocation = try provocation(connection) { return provocation }
    let kinds = guide?.kindWeights(of: connection) ?? Self.kindWeights
    let kind = source.span(Self.kindLabel) { $0.index(weights: kinds) }
    switch kind {
    case 1: return CaseStep(connection: connection, kind: .close)
    case 2: return CaseStep(connection: connection, kind: .drop)
    default: break
    }
    let socket = vocabulary.sockets[sockets[connection]]
    let weights = guide?.operationWeights(of: socket, on: connection) ?? socket.weights
    let place = source.span(Self.operationLabel) { $0.index(weights: weights) }
    let entry = socket.entries[place]
    let payload = try payload(of: vocabulary.entries[entry])
    let isPipelined = source.span(Self.pipelinedLabel) { [pipelining] in
      $0.boolean(chance: pipelining)
    }
    return CaseStep(
      connection: connection,
      kind: .send(entry: entry, payload: payload, isPipelined: isPipelined)
    )
  }

  mutating func payload(
    of entry: Vocabulary.Entry
  ) throws(UnsatisfiableSchema) -> JSONValue {
    source.beginSpan(Self.payloadLabel)
    defer { source.endSpan() }
    let made = try entry.generator.value(from: &source, pool: pool)
    let value = texture.applied(to: made, entry.message)
    guard let fresh = entry.freshID, let id = value[fresh.pointer] else { return value }
    guard !usedIDs.insert(id).inserted else { return value }
    return try withFreshID(value, fresh, entry)
  }

  /// The payload with an id that no request of the case has had.
  private mutating func withFreshID(
    _ value: JSONValue,
    _ fresh: FreshIdentifier,
    _ entry: Vocabulary.Entry
  ) throws(UnsatisfiableSchema) -> JSONValue {
    var value = value
    for _ in 0..<Self.maximumAttempts {
      var id = fresh.value(nextID())
      if id == nil {
        id = try entry.generator.value(from: &source)[fresh.pointer]
      }
      guard let id, usedIDs.insert(id).inserted else { continue }
      value.set(id, at: fresh.pointer)
      break
    }
    return value
  }

  /// The number of the next id that is made up.
  mutating func nextID() -> Int {
    lastID += 1
    return lastID
  }

  /// Keeps the values of a payload for later steps.
  mutating func remember(_ payload: JSONValue, as message: MessageDefinition) {
    vocabulary.keep(payload, of: message, in: &pool)
  }
}
