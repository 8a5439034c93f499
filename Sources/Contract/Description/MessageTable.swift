import JSON
import JSONSchema

/// The messages of one direction, ready to be told apart.
struct MessageTable: Sendable {
  /// All messages, as indexes.
  let all: [Int]
  /// Those that only their whole schema can tell.
  let unmarked: [Int]
  /// The members that mark messages, usually one.
  let pointers: [JSONPointer]
  /// For each of the members, the messages that its values mark.
  private let marks: [MessageMarks]

  /// Takes those messages of a description that are listed.
  init(_ indexes: [Int], of messages: [MessageDefinition]) {
    var pointers: [JSONPointer] = []
    var marks: [MessageMarks] = []
    for index in indexes {
      guard let identity = messages[index].identity else { continue }
      let place = pointers.firstIndex(of: identity.pointer) ?? pointers.count
      if place == pointers.count {
        pointers.append(identity.pointer)
        marks.append(MessageMarks())
      }
      marks[place].add(identity.value, index)
    }
    all = indexes
    unmarked = indexes.filter { messages[$0].identity == nil }
    self.pointers = pointers
    self.marks = marks
  }

  /// The messages that a member of the payload marks; usually one.
  func marked(_ payload: some ClassifiablePayload) -> [Int] {
    for place in pointers.indices {
      if let indexes = payload.indexes(at: pointers[place], in: marks[place]) { return indexes }
    }
    return []
  }

  /// The first member that could mark the payload, with its value.
  func mark(_ payload: some ClassifiablePayload) -> (pointer: JSONPointer, value: JSONValue)? {
    for pointer in pointers {
      if let value = payload.value(at: pointer) { return (pointer, value) }
    }
    return nil
  }
}

/// The values of one member, each with the messages that it marks.
struct MessageMarks: Sendable {
  private var indexesByValue: [JSONValue: [Int]] = [:]
  /// The marks that are text, in as many lists as a hash tells apart, so that the bytes of a message
  /// are looked up without making a string of them.
  private var texts = [[Text]](repeating: [], count: 64)

  private struct Text: Sendable {
    let bytes: [UInt8]
    var indexes: [Int]
  }

  /// Lets a value mark a message.
  mutating func add(_ value: JSONValue, _ index: Int) {
    indexesByValue[value, default: []].append(index)
    guard let bytes = value.stringValue.map({ Array($0.utf8) }) else { return }
    let list = bytes.withUnsafeBufferPointer { slot(of: $0) }
    if let known = texts[list].firstIndex(where: { $0.bytes == bytes }) {
      texts[list][known].indexes.append(index)
    } else {
      texts[list].append(Text(bytes: bytes, indexes: [index]))
    }
  }

  /// The messages that a value marks.
  func indexes(of value: JSONValue) -> [Int]? { indexesByValue[value] }

  /// The messages that a text marks.
  func indexes(ofText text: UnsafeBufferPointer<UInt8>) -> [Int]? {
    for candidate in texts[slot(of: text)] where candidate.bytes.elementsEqual(text) {
      return candidate.indexes
    }
    return nil
  }

  /// Spec: Fowler, Noll and Vo, FNV-1a.
  private func slot(of text: UnsafeBufferPointer<UInt8>) -> Int {
    var hash: UInt32 = 0x811C_9DC5
    for byte in text { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    return Int((hash ^ hash >> 16) & 63)
  }
}

/// A payload in one of the forms that schemas judge.
protocol ClassifiablePayload {
  func value(at pointer: JSONPointer) -> JSONValue?
  func indexes(at pointer: JSONPointer, in marks: MessageMarks) -> [Int]?
  func isValid(_ schema: CompiledSchema) -> Bool
  func violations(_ schema: CompiledSchema) -> [SchemaViolation]
}

/// A payload as a tree.
struct ValuePayload: ClassifiablePayload {
  let value: JSONValue

  func value(at pointer: JSONPointer) -> JSONValue? { value[pointer] }

  func indexes(at pointer: JSONPointer, in marks: MessageMarks) -> [Int]? {
    value[pointer].flatMap(marks.indexes)
  }

  func isValid(_ schema: CompiledSchema) -> Bool { schema.isValid(value) }
  func violations(_ schema: CompiledSchema) -> [SchemaViolation] { schema.violations(in: value) }
}

/// A payload as the nodes of its text.
struct TapePayload: ClassifiablePayload {
  let tape: JSONTape
  let node: Int

  func value(at pointer: JSONPointer) -> JSONValue? {
    tape.node(at: pointer).map { tape.value(of: $0.value) }
  }

  func indexes(at pointer: JSONPointer, in marks: MessageMarks) -> [Int]? {
    guard let found = tape.node(at: pointer)?.value else { return nil }
    guard tape.kind(of: found) == .string, !tape.flags(of: found).contains(.hasEscapes) else {
      return marks.indexes(of: tape.value(of: found))
    }
    return marks.indexes(ofText: tape.rawBytes(of: found))
  }

  func isValid(_ schema: CompiledSchema) -> Bool { schema.isValid(tape, node: node) }

  func violations(_ schema: CompiledSchema) -> [SchemaViolation] {
    schema.violations(in: tape, node: node)
  }
}
