import Contract
import JSON

/// Every message of a document once, each with a name that no other has.
struct MessageCatalog {
  /// A message and where it is used.
  struct Entry {
    let outline: MessageOutline
    var name: String
    var channels: [String]

    /// The definition.
    var node: DocumentNode { outline.node }
  }

  /// The messages in the order in which channels, then operations, mention them.
  private(set) var entries: [Entry] = []
  private var indexByID: [DocumentNode.ID: Int] = [:]

  /// Collects the messages of an outline.
  init(_ outline: APIOutline) {
    for channel in outline.channels {
      for message in channel.messages { add(message, channel: channel.name) }
    }
    // Only messages that no channel has count as those of the channel of their operation.
    for operation in outline.operations {
      for message in operation.messages + (operation.reply?.messages ?? [])
      where indexByID[message.id] == nil {
        add(message, channel: operation.channel)
      }
    }
    makeNamesUnique()
  }

  /// The name of a message.
  func name(of id: DocumentNode.ID) -> String? { indexByID[id].map { entries[$0].name } }

  /// The names of messages, each once.
  func names(of messages: [MessageOutline]) -> [String] {
    var seen: Set<Int> = []
    return messages.compactMap { message in
      guard let index = indexByID[message.id], seen.insert(index).inserted else { return nil }
      return entries[index].name
    }
  }

  private mutating func add(_ message: MessageOutline, channel: String) {
    guard let index = indexByID[message.id] else {
      indexByID[message.id] = entries.count
      entries.append(
        Entry(outline: message, name: Self.plainName(of: message), channels: [channel])
      )
      return
    }
    // A channel may name one definition twice.
    guard entries[index].channels.last != channel else { return }
    entries[index].channels.append(channel)
  }

  /// The key under `components/messages` or in another file; else what the first channel calls it.
  private static func plainName(of message: MessageOutline) -> String {
    let tokens = message.node.pointer.tokens
    if message.node.document != 0, let last = tokens.last { return last }
    return tokens.count == 3 && tokens[0] == "components" ? tokens[2] : message.key
  }

  /// Puts the channel before names that several messages have, and a number behind where that is not
  /// enough.
  private mutating func makeNamesUnique() {
    var counts: [String: Int] = [:]
    for entry in entries { counts[entry.name, default: 0] += 1 }
    var taken: Set<String> = []
    // The messages under `components` keep their names.
    for entry in entries where entry.isComponent { taken.insert(entry.name) }
    for index in entries.indices where !entries[index].isComponent {
      let plain = entries[index].name
      var name = counts[plain] == 1 ? plain : "\(entries[index].channels[0]).\(plain)"
      var number = 2
      while !taken.insert(name).inserted {
        name = "\(entries[index].channels[0]).\(plain)-\(number)"
        number += 1
      }
      entries[index].name = name
    }
  }
}

extension MessageCatalog.Entry {
  /// Whether the definition stands under `components/messages` of the main document.
  fileprivate var isComponent: Bool {
    let tokens = node.pointer.tokens
    return node.document == 0 && tokens.count == 3 && tokens[0] == "components"
      && tokens[1] == "messages"
  }
}
