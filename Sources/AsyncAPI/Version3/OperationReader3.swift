import Contract
import JSON

/// Reads the operations of a document of version 3.
///
/// Spec: AsyncAPI 3.0 "Operation Object", "Operation Reply Object".
struct OperationReader3 {
  private let root: DocumentNode
  private let channels: [ChannelOutline]
  private let channelByID: [DocumentNode.ID: Int]
  private let effects: EffectReader

  init(_ root: DocumentNode, channels: [ChannelOutline]) {
    self.root = root
    self.channels = channels
    effects = EffectReader(operations: root.members(of: "operations").map(\.key))
    channelByID = Dictionary(
      channels.enumerated().map { ($1.node.id, $0) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// The operations that could be read.
  func read() -> [OperationOutline] { root.members(of: "operations").compactMap(readOperation) }

  private func readOperation(_ raw: DocumentNode) -> OperationOutline? {
    guard let node = raw.followed, node.isMapping("an operation") else { return nil }
    node.checkNames(
      [
        "action", "channel", "title", "summary", "description", "security", "tags", "externalDocs",
        "bindings", "traits", "messages", "reply",
      ],
      extensions: EffectReader.names,
      of: "an operation"
    )
    let action = readAction(of: node)
    guard let channel = findChannel(of: node, "an operation") else { return nil }
    let messages = readMessages(of: node, in: channel) ?? channel.messages
    let reply = node.member("reply").flatMap { readReply($0, default: channel) }
    guard let action else { return nil }
    return OperationOutline(
      name: raw.key,
      action: action,
      channel: channel.name,
      messages: messages,
      reply: reply,
      effects: effects.read(node),
      location: raw.keyLocation
    )
  }

  private func readAction(of node: DocumentNode) -> OperationOutline.Action? {
    guard let action = node.member("action") else {
      node.error("an operation needs 'action: send' or 'action: receive'")
      return nil
    }
    switch action.value {
    case "send": return .send
    case "receive": return .receive
    default:
      let hint = action.value.stringValue.flatMap { nearestName(to: $0, in: ["send", "receive"]) }
      action.error(
        "'action' is \(action.value.found); "
          + (hint.map { "did you mean '\($0)'?" } ?? "expected 'send' or 'receive'")
      )
      return nil
    }
  }

  /// The channel of the document that an operation or reply refers to.
  private func findChannel(of node: DocumentNode, _ owner: String) -> ChannelOutline? {
    guard let raw = node.raw("channel") else {
      node.error("\(owner) needs 'channel', a reference such as {$ref: '#/channels/…'}")
      return nil
    }
    if let name = raw.value.stringValue {
      let near = nearestName(to: name, in: channels.map(\.name)) ?? "…"
      raw.error("'channel' must be a reference; did you mean {$ref: '#/channels/\(near)'}?")
      return nil
    }
    guard let target = raw.followed else { return nil }
    if let index = channelByID[target.id] { return channels[index] }
    // A channel that is wrong itself has been told already.
    let isRoot = target.document == 0 && target.pointer.tokens.first == "channels"
    guard !isRoot || target.pointer.tokens.count != 2 else { return nil }
    raw.error("this is no channel of the document; expected {$ref: '#/channels/…'}")
    return nil
  }

  /// The messages that an operation or reply is limited to; `nil` for no limit.
  private func readMessages(
    of node: DocumentNode,
    in channel: ChannelOutline?
  ) -> [MessageOutline]? {
    guard node.raw("messages") != nil else { return nil }
    return node.items(of: "messages").compactMap { item in
      guard item.value["$ref"] != nil else {
        item.error(
          "a message is referred to as {$ref: '#/channels/\(channel?.name ?? "…")/messages/…'}"
        )
        return nil
      }
      guard let target = item.followed else { return nil }
      if let message = channel?.messages.first(where: { $0.id == target.id }) { return message }
      guard target.isMapping("a message") else { return nil }
      if let channel {
        item.warn("this message is none of the channel '\(channel.name)'")
      }
      return MessageOutline(node: target, key: target.key)
    }
  }

  /// What is promised in return; nothing when no message is named and no channel has any.
  private func readReply(_ node: DocumentNode, default channel: ChannelOutline) -> ReplyOutline? {
    guard node.isMapping("a reply") else { return nil }
    node.checkNames(
      ["address", "channel", "messages"],
      extensions: [ReplySequenceReader.name],
      of: "a reply"
    )
    let hasChannel = node.raw("channel") != nil
    let replyChannel = hasChannel ? findChannel(of: node, "a reply") : channel
    if hasChannel, replyChannel == nil { return nil }
    checkAddress(of: node, replyChannel, hasChannel: hasChannel)
    let listed = readMessages(of: node, in: replyChannel)
    let messages = listed ?? (hasChannel ? replyChannel?.messages : nil) ?? []
    let sequence = ReplySequenceReader(messages: messages).read(node)
    return messages.isEmpty ? nil : ReplyOutline(messages: messages, sequence: sequence)
  }

  /// Spec: AsyncAPI 3.0 "Operation Reply Object": where the reply has an address, its channel has none.
  private func checkAddress(
    of node: DocumentNode,
    _ channel: ChannelOutline?,
    hasChannel: Bool
  ) {
    guard hasChannel, let address = node.raw("address"), let own = channel?.address else { return }
    address.keyWarn(
      "the reply has an address of its own, so the channel '\(channel?.name ?? "")' should have none "
        + "instead of '\(own)'"
    )
  }
}
