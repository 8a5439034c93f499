import Contract
import JSON

/// What is said while a machine is learned: a few letters for each message of the client.
///
/// A message that names something is said about something new and about what was named or made last;
/// any other message is said as the document's first example has it. One more letter ends the connection
/// without a word and opens another one.
struct LearningAlphabet: Sendable {
  /// The most letters; the messages that come later in the document are left out.
  static let maximumLetters = 40

  /// A thing that a message names.
  struct Reference: Sendable {
    /// The kind of thing, the same wherever it is named.
    var kind: String
    /// Makes names that nobody has used; where it cannot, the message's generator does.
    var fresh: FreshIdentifier
  }

  /// What a letter says.
  enum Act: Sendable {
    /// A message; the place of its entry in the vocabulary, the things it names, and whether they are
    /// those that were named last.
    case say(entry: Int, [Reference], isAboutLast: Bool)
    /// The connection is dropped, and another one opened.
    case reconnect
  }

  /// A letter.
  struct Letter: Sendable {
    /// What it is called; a model is compared by these names.
    var name: String
    var act: Act
  }

  /// The letters, in the document's order.
  private(set) var letters: [Letter] = []
  /// The place of the socket in the vocabulary.
  private(set) var socket = 0
  /// What was left out.
  private(set) var notes: [String] = []

  /// Takes the messages of the socket that has the most.
  init(_ vocabulary: Vocabulary) {
    let sockets = vocabulary.sockets
    socket =
      sockets.indices.max { left, right in
        (sockets[left].entries.count, right) < (sockets[right].entries.count, left)
      } ?? 0
    if sockets.count > 1 {
      let path = sockets[socket].facts?.path ?? "/"
      notes.append("only the socket \(path) is learned, the one with the most messages")
    }
    for place in sockets[socket].entries {
      let entry = vocabulary.entries[place]
      let references = Self.references(of: entry)
      let name = entry.message.name
      guard !letters.contains(where: { $0.name == name || $0.name == "\(name) new" }) else {
        continue
      }
      guard letters.count < Self.maximumLetters - 2 else {
        notes.append("'\(name)' is left out of the letters, as there are very many")
        continue
      }
      if references.isEmpty {
        letters.append(Letter(name: name, act: .say(entry: place, [], isAboutLast: false)))
      } else {
        for (word, isAboutLast) in [("new", false), ("last", true)] {
          letters.append(
            Letter(
              name: "\(name) \(word)",
              act: .say(entry: place, references, isAboutLast: isAboutLast)
            )
          )
        }
      }
    }
    letters.append(Letter(name: "reconnect", act: .reconnect))
  }

  // MARK: Things

  /// The things that a message names: what its effect is about, and members whose names say that they
  /// hold ids.
  private static func references(of entry: Vocabulary.Entry) -> [Reference] {
    var found: [Reference] = []
    let effect = entry.operation.effects.state
    entry.sample.visitTexts { pointer, value in
      guard pointer != entry.message.correlation, pointer != entry.message.identity?.pointer else {
        return
      }
      let isSubject = effect?.kind != .create && effect?.id == pointer
      guard let kind = isSubject ? effect?.resource : kind(of: pointer) else { return }
      let fresh = FreshIdentifier(entry.message, at: pointer, sample: entry.sample)
      found.append(Reference(kind: kind, fresh: fresh))
    }
    return found
  }

  /// The kind of thing that a member names: `thread` for `thread_id` and `threadId`; `nil` where its
  /// name says nothing of an id.
  static func kind(of pointer: JSONPointer) -> String? {
    guard let name = pointer.tokens.last else { return nil }
    let plain = name.lowercased().filter { $0.isLetter || $0.isNumber }
    let isID =
      plain == "id" || name.hasSuffix("_id") || name.hasSuffix("-id") || name.hasSuffix("Id")
      || name.hasSuffix("ID")
    guard isID else { return nil }
    return plain == "id" ? "id" : String(plain.dropLast(2))
  }
}

extension JSONValue {
  /// Hands out every text and number, with its place.
  func visitTexts(at pointer: JSONPointer = .root, _ body: (JSONPointer, JSONValue) -> Void) {
    switch self {
    case .object(let object):
      for member in object.members {
        member.value.visitTexts(at: pointer.appending(member.name), body)
      }
    case .array(let items):
      for (index, item) in items.enumerated() {
        item.visitTexts(at: pointer.appending(index), body)
      }
    case .string, .number: body(pointer, self)
    case .bool, .null: break
    }
  }
}
