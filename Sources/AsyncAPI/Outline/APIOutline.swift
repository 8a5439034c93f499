import Contract
import JSON

/// A document of any version in the same terms: what there is and how it hangs together, with nodes
/// in place of names and schemas.
struct APIOutline {
  /// The major version of AsyncAPI.
  let major: Int
  var title = ""
  var version = ""
  var defaultContentType: String?
  var servers: [ServerOutline] = []
  var channels: [ChannelOutline] = []
  var operations: [OperationOutline] = []
  var closeCodes: [CloseCodeDescription] = []
}

/// Which of a trait and what has it wins where both have a member.
///
/// Spec: AsyncAPI 2.6 "Operation Trait Object" (JSON Merge Patch onto the target), 3.0 "Traits Merge
/// Mechanism" (a trait must not override).
enum TraitPrecedence {
  case traitWins
  case targetWins

  /// What holds in a major version.
  init(major: Int) { self = major == 2 ? .traitWins : .targetWins }
}

/// A server of a document.
struct ServerOutline {
  let description: ServerDescription
  let node: DocumentNode

  /// Whether WebSockets can be opened to it.
  var speaksWebSocket: Bool { ["ws", "wss"].contains(description.scheme) }
}

/// A channel of a document.
struct ChannelOutline {
  let name: String
  let node: DocumentNode
  let address: String?
  /// The servers that the document limits it to; empty for no limit.
  let servers: [ServerOutline]
  let messages: [MessageOutline]
}

/// A message as one channel or operation has it.
struct MessageOutline {
  /// The definition, references followed.
  let node: DocumentNode
  /// What this place calls it.
  let key: String

  var id: DocumentNode.ID { node.id }
}

/// An operation of a document.
struct OperationOutline {
  /// What the described application does.
  enum Action {
    case send
    case receive
  }

  let name: String
  /// `nil` for both ways, in documents without operations.
  let action: Action?
  let channel: String
  let messages: [MessageOutline]
  let reply: ReplyOutline?
  var effects = OperationEffects()
  let location: SourceLocation
}

/// A reply of a document.
struct ReplyOutline {
  struct Step {
    let message: DocumentNode.ID
    let minimum: Int
    let maximum: Int?
  }

  let messages: [MessageOutline]
  let sequence: [Step]
}
