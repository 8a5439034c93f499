import Contract
import JSON

/// What a document of version 2 says, in the terms of all versions.
///
/// Spec: AsyncAPI 2.0 to 2.6.
struct Version2Mapping {
  private let root: DocumentNode

  init(_ root: DocumentNode) { self.root = root }

  /// The outline; what is wrong in the document is left out of it.
  func outline() -> APIOutline {
    root.checkNames(
      [
        "asyncapi", "id", "info", "servers", "defaultContentType", "channels", "components", "tags",
        "externalDocs",
      ],
      extensions: [CloseCodeReader.name],
      of: "an AsyncAPI document"
    )
    root.raw("operations")?.keyError(
      "'operations' is of AsyncAPI 3; in 2.x they are 'publish' and 'subscribe' of a channel"
    )
    var outline = APIOutline(major: 2)
    let info = InfoReader(root).read()
    outline.title = info.title
    outline.version = info.version
    outline.defaultContentType = root.text("defaultContentType")
    outline.servers = root.members(of: "servers").compactMap(server)
    for raw in root.members(of: "channels") {
      guard let node = raw.followed, node.isMapping("a channel") else { continue }
      let operations = operations(of: node, channel: raw.key)
      outline.operations += operations
      outline.channels.append(
        ChannelOutline(
          name: raw.key,
          node: node,
          address: raw.key,
          servers: channelServers(node, outline.servers),
          messages: operations.flatMap(\.messages).uniqued()
        )
      )
    }
    outline.closeCodes = CloseCodeReader().read(root)
    return outline
  }

  private func server(_ raw: DocumentNode) -> ServerOutline? {
    guard let node = raw.followed, var description = ServerReader(node: node).read(major: 2)
    else { return nil }
    description.name = raw.key
    return ServerOutline(description: description, node: node)
  }

  /// Spec: AsyncAPI 2.2 "Channel Item Object": a list of server names.
  private func channelServers(
    _ channel: DocumentNode,
    _ servers: [ServerOutline]
  ) -> [ServerOutline] {
    channel.items(of: "servers").compactMap { item in
      guard let name = item.value.stringValue else {
        item.error("a server of a channel must be a name, found \(item.value.found)")
        return nil
      }
      if let server = servers.first(where: { $0.description.name == name }) { return server }
      let all = root.member("servers")?.value.objectValue?.names ?? []
      guard !all.contains(name) else { return nil }
      let hint = nearestName(to: name, in: all).map { "; did you mean '\($0)'?" } ?? ""
      item.error("there is no server '\(name)'\(hint)")
      return nil
    }
  }
}

// MARK: - Operations

extension Version2Mapping {
  private func operations(of channel: DocumentNode, channel name: String) -> [OperationOutline] {
    channel.checkNames(
      ["description", "servers", "subscribe", "publish", "parameters", "bindings"],
      of: "a channel"
    )
    for new in ["address", "messages"] {
      channel.raw(new)?.keyWarn("'\(new)' of a channel is of AsyncAPI 3 and says nothing in 2.x")
    }
    // Whoever subscribes hears what the application sends.
    let kinds: [(String, OperationOutline.Action)] = [("publish", .receive), ("subscribe", .send)]
    return kinds.compactMap { kind, action in
      guard let raw = channel.raw(kind), let node = raw.followed else { return nil }
      return operation(node, raw, action, channel: name)
    }
  }

  private func operation(
    _ node: DocumentNode,
    _ raw: DocumentNode,
    _ action: OperationOutline.Action,
    channel: String
  ) -> OperationOutline? {
    guard node.isMapping("an operation") else { return nil }
    node.checkNames(
      [
        "operationId", "summary", "description", "security", "tags", "externalDocs", "bindings",
        "traits", "message",
      ],
      of: "an operation"
    )
    let layered = LayeredNode(node, precedence: .traitWins)
    let identifier = layered.text("operationId")
    let name = identifier ?? "\(channel).\(raw.key)"
    var messages: [MessageOutline] = []
    if let message = node.raw("message") {
      collect(message, name: name, depth: 0, into: &messages)
    }
    return OperationOutline(
      name: name,
      action: action,
      channel: channel,
      messages: messages.uniqued(),
      reply: nil,
      location: raw.keyLocation
    )
  }

  /// The message, or each one of its alternatives.
  private func collect(
    _ raw: DocumentNode,
    name: String,
    depth: Int,
    into messages: inout [MessageOutline]
  ) {
    guard let node = raw.followed, node.isMapping("a message") else { return }
    if node.raw("oneOf") != nil, depth < 8 {
      for (index, item) in node.items(of: "oneOf").enumerated() {
        collect(item, name: "\(name).\(index + 1)", depth: depth + 1, into: &messages)
      }
      return
    }
    let layered = LayeredNode(node, precedence: .traitWins)
    let isComponent = node.pointer.tokens.dropLast().last == "messages" || node.document != 0
    let chosen = isComponent ? node.key : layered.text("messageId") ?? layered.text("name")
    messages.append(MessageOutline(node: node, key: chosen ?? name))
  }
}

extension [MessageOutline] {
  /// The messages, each at its first place only.
  fileprivate func uniqued() -> [MessageOutline] {
    var seen: Set<DocumentNode.ID> = []
    return filter { seen.insert($0.id).inserted }
  }
}
