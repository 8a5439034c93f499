import Contract
import Generation
import JSON
import JSONSchema

/// What a client may say of its own accord, ready to be made.
struct Vocabulary: Sendable {
  /// A message that opens an operation.
  struct Entry: Sendable {
    /// The operation.
    var operation: OperationDescription
    /// The message.
    var message: MessageDefinition
    /// An ordinary payload: the first example, else the simplest one.
    var sample: JSONValue
    /// Makes payloads.
    var generator: ValueGenerator
    /// Makes ids that are not in use; `nil` where the message has no place for one.
    var freshID: FreshIdentifier?
    /// The place of its socket in ``Vocabulary/sockets``.
    var socket: Int
  }

  /// A socket that connections are opened to.
  struct Socket: Hashable, Sendable {
    /// What the opening request says; `nil` takes the provider's URL as it is.
    var facts: ConnectionFacts?
    /// The places of its messages in ``Vocabulary/entries``.
    var entries: [Int] = []
    /// How likely each of them is.
    var weights: [Int] = []
    /// The place of the entry that shows best whether the provider still answers; `nil` when no
    /// message is answered.
    var check: Int?
  }

  /// Every message, in the document's order.
  let entries: [Entry]
  /// The sockets that carry them.
  let sockets: [Socket]
  /// Finds values worth keeping, for each message by its name.
  let harvesters: [String: ValueHarvester]
  /// Values of the document's examples.
  let examples: ValuePool
  /// No values; it knows how values of each place are used again.
  let emptyPool: ValuePool
  /// What the document says that each message does, in the order of ``entries``; `nil` when it says
  /// nothing beyond replies.
  let facts: [CaseGuide.Facts]?
  /// Where a message names the thing that it is about, by its name.
  let namedIDs: [String: JSONPointer]
  /// What clients may say wrongly; `nil` when they do not.
  let inputs: InvalidInputs?
  /// How long clients wait before they go on.
  let tempo: FuzzTempo
  /// Messages that cannot be made, and why.
  let notes: [String]

  /// Prepares the messages of an API.
  ///
  /// - Throws: ``FuzzError/nothingToSay(file:)`` or ``FuzzError/nothingCanBeMade(file:reasons:)``.
  init(
    _ index: APIIndex,
    mode: FuzzMode = .valid,
    tempo: FuzzTempo = .mixed,
    isCompressed: Bool = false,
    options: GeneratorOptions = GeneratorOptions()
  ) throws(FuzzError) {
    let api = index.api
    let asked = api.operations.filter { $0.direction == .toProvider && !$0.messages.isEmpty }
    guard !asked.isEmpty else { throw .nothingToSay(file: api.file) }
    var paths: [String] = []
    for operation in asked {
      let path = api.channel(named: operation.channel)?.socketPath ?? "/"
      if !paths.contains(path) { paths.append(path) }
    }
    var entries: [Entry] = []
    var sockets = paths.map { path in
      Socket(facts: Self.facts(path, isOnly: paths.count == 1, of: api))
    }
    var notes: [String] = []
    for operation in asked {
      let path = api.channel(named: operation.channel)?.socketPath ?? "/"
      let socket = paths.firstIndex(of: path) ?? 0
      for name in operation.messages {
        guard let message = index.definitions[name] else { continue }
        do {
          let entry = try Self.entry(operation, message, socket, options)
          sockets[socket].entries.append(entries.count)
          // What is answered shows more than what is not.
          sockets[socket].weights.append(operation.reply == nil ? 1 : 3)
          entries.append(entry)
        } catch {
          notes.append("'\(name)' is left out: \(error)")
        }
      }
    }
    guard !entries.isEmpty else { throw .nothingCanBeMade(file: api.file, reasons: notes) }
    self.entries = entries
    for place in sockets.indices {
      sockets[place].check = Self.check(sockets[place].entries, of: entries)
    }
    self.sockets = sockets.filter { !$0.entries.isEmpty }
    self.tempo = tempo
    inputs =
      mode == .valid ? nil : InvalidInputs(entries, index, mode: mode, isCompressed: isCompressed)
    self.notes = notes
    var harvesters: [String: ValueHarvester] = [:]
    var pool = Self.emptyPool(asked)
    emptyPool = pool
    facts = CaseGuide.Facts.all(entries, index)
    var namedIDs: [String: JSONPointer] = [:]
    for entry in entries {
      guard let effect = entry.operation.effects.state, effect.kind != .create else { continue }
      namedIDs[entry.message.name] = effect.id
    }
    self.namedIDs = namedIDs
    for message in api.messages {
      let harvester = ValueHarvester(schema: message.payload)
      harvesters[message.name] = harvester
      for example in message.examples {
        pool.harvest(example.payload.without(message.correlation), with: harvester)
      }
    }
    self.harvesters = harvesters
    examples = pool
  }

  /// Keeps the values of a payload for later steps.
  ///
  /// Ids of requests are not worth keeping, nor are ids by which a request names what it is about: they
  /// were made up, or the answer that brought them was kept.
  func keep(_ payload: JSONValue, of message: MessageDefinition, in pool: inout ValuePool) {
    guard let harvester = harvesters[message.name] else { return }
    let worth = payload.without(message.correlation).without(namedIDs[message.name])
    pool.harvest(worth, with: harvester)
  }

  /// A pool without values in which ids of things are used again nearly always, and what is written
  /// and read back is mostly new, so that an old value can be told from it.
  private static func emptyPool(_ operations: [OperationDescription]) -> ValuePool {
    var pool = ValuePool()
    let effects = operations.compactMap(\.effects.state)
    for name in effects.flatMap(\.values).compactMap(\.tokens.last) {
      pool.use(property: name, as: .written)
    }
    for name in effects.compactMap(\.id.tokens.last) { pool.use(property: name, as: .identifier) }
    return pool
  }

  private static func entry(
    _ operation: OperationDescription,
    _ message: MessageDefinition,
    _ socket: Int,
    _ options: GeneratorOptions
  ) throws(UnsatisfiableSchema) -> Entry {
    let generator = ValueGenerator(schema: message.payload, options: options)
    var source = ChoiceSource(seed: 0)
    let sample = try generator.value(from: &source)
    var plain = ChoiceSource(replaying: ChoiceLog())
    let simplest = try generator.value(from: &plain)
    let example = message.examples.map(\.payload).first { message.payload.isValid($0) }
    return Entry(
      operation: operation,
      message: message,
      sample: example ?? simplest,
      generator: generator,
      freshID: FreshIdentifier(message, sample: sample),
      socket: socket
    )
  }

  /// The place of the message whose answer needs the least: one message long, few members to ask.
  private static func check(_ places: [Int], of entries: [Entry]) -> Int? {
    let answered = places.filter { entries[$0].operation.reply != nil }
    return answered.min { left, right in
      cost(of: entries[left]) < cost(of: entries[right])
    }
  }

  private static func cost(of entry: Entry) -> Int {
    let reply = entry.operation.reply
    return (reply?.sequence.isEmpty ?? true ? 0 : 100) + 10 * (reply?.messages.count ?? 0)
      + (entry.sample.objectValue?.count ?? 0)
  }

  /// What the opening request of a socket says.
  private static func facts(
    _ path: String,
    isOnly: Bool,
    of api: APIDescription
  ) -> ConnectionFacts? {
    let parameters = api.channels.filter { $0.socketPath == path }.flatMap(\.queryParameters)
    var query: [NameAndValue] = []
    for parameter in parameters where parameter.isRequired {
      guard !query.contains(where: { $0.name == parameter.name }),
        let value = parameter.schema.sampleText
      else { continue }
      query.append(NameAndValue(name: parameter.name, value: value))
    }
    guard !isOnly || !query.isEmpty else { return nil }
    // The plain `/` leaves the path of the provider's URL as it is.
    return ConnectionFacts(path: isOnly ? "/" : path, query: query)
  }
}

extension JSONValue {
  /// The value without what stands at a path.
  func without(_ pointer: JSONPointer?) -> JSONValue {
    guard let pointer else { return self }
    var copy = self
    copy.remove(at: pointer)
    return copy
  }

  /// A text that a schema names as one of its values.
  fileprivate var sampleText: String? {
    let value =
      self["const"] ?? self["examples"]?[0] ?? self["default"] ?? self["enum"]?[0]
    guard let value else { return nil }
    return value.stringValue ?? value.text()
  }
}
