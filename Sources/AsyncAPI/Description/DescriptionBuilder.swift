import Contract
import JSON

/// Turns an outline into the description that all commands work with: names in place of nodes,
/// compiled schemas, directions in place of a point of view.
struct DescriptionBuilder {
  private let outline: APIOutline
  private let workspace: Workspace
  private let references: ReferenceScan

  init(_ outline: APIOutline, workspace: Workspace, references: ReferenceScan) {
    self.outline = SocketFilter(outline, workspace: workspace).filtered()
    self.workspace = workspace
    self.references = references
  }

  /// The description; messages that are wrong are left out of it.
  func build() -> APIDescription {
    let catalog = MessageCatalog(outline)
    let channels = outline.channels.map { channel($0, catalog) }
    var messages = readMessages(catalog)
    let operations = outline.operations.flatMap { describe($0, catalog) }
    let travelling = MessageDirection.allCases.map { direction in
      messageIndexes(travelling: direction, operations, messages)
    }
    let groups = travelling.flatMap { bySocket($0, messages, channels) }
    let identities = IdentityFinder(messages.map(\.payload)).identities(in: groups)
    for index in messages.indices { messages[index].identity = identities[index] }
    warnOfSilentMessages(messages, travelling)
    return APIDescription(
      title: outline.title,
      version: outline.version,
      file: workspace.mainFile,
      servers: outline.servers.map(\.description),
      channels: channels,
      messages: messages,
      operations: operations,
      closeCodes: outline.closeCodes
    )
  }

  private func readMessages(_ catalog: MessageCatalog) -> [MessageDefinition] {
    let limit = workspace.options.maximumMessages
    if catalog.entries.count > limit {
      catalog.entries[limit].node.error("the document has more than \(limit) messages")
    }
    let schemas = SchemaDocuments(workspace, references)
    let reader = MessageReader(outline, workspace: workspace, schemas: schemas)
    return catalog.entries.prefix(limit).compactMap(reader.read)
  }

  private func channel(_ channel: ChannelOutline, _ catalog: MessageCatalog) -> ChannelDescription {
    let binding = SocketReader(channel: channel.node).readBinding()
    let candidates = channel.servers.isEmpty ? outline.servers : channel.servers
    let server = candidates.first(where: \.speaksWebSocket) ?? candidates.first
    let socket = SocketPath(address: channel.address, server: server?.description)
    if let remark = socket.remark { channel.node.keyWarn(remark) }
    return ChannelDescription(
      name: channel.name,
      address: channel.address,
      socketPath: socket.path,
      messages: catalog.names(of: channel.messages),
      parameters: SocketReader.parameters(in: channel.address ?? ""),
      queryParameters: binding.query,
      headers: binding.headers,
      location: channel.node.keyLocation
    )
  }
}

// MARK: - Operations

extension DescriptionBuilder {
  private func direction(of action: OperationOutline.Action) -> MessageDirection {
    let seenFromServer: MessageDirection = action == .receive ? .toProvider : .toConsumer
    return workspace.options.pointOfView == .server ? seenFromServer : seenFromServer.reversed
  }

  private func describe(
    _ operation: OperationOutline,
    _ catalog: MessageCatalog
  ) -> [OperationDescription] {
    let names = catalog.names(of: operation.messages)
    guard !names.isEmpty else {
      workspace.collector.warn(
        at: operation.location,
        "the operation '\(operation.name)' has no message, so it says nothing"
      )
      return []
    }
    func description(_ name: String, _ direction: MessageDirection) -> OperationDescription {
      OperationDescription(
        name: name,
        direction: direction,
        channel: operation.channel,
        messages: names,
        reply: operation.reply.flatMap { reply($0, catalog) },
        effects: operation.effects,
        location: operation.location
      )
    }
    guard let action = operation.action else {
      return MessageDirection.allCases.map { description("\(operation.name).\($0.rawValue)", $0) }
    }
    return [description(operation.name, direction(of: action))]
  }

  private func reply(_ reply: ReplyOutline, _ catalog: MessageCatalog) -> ReplyDescription? {
    let names = catalog.names(of: reply.messages)
    guard !names.isEmpty else { return nil }
    return ReplyDescription(
      messages: names,
      sequence: reply.sequence.compactMap { step in
        catalog.name(of: step.message).map {
          ReplyStep(message: $0, minimum: step.minimum, maximum: step.maximum)
        }
      }
    )
  }

  /// The messages that may travel in a direction, as indexes.
  private func messageIndexes(
    travelling direction: MessageDirection,
    _ operations: [OperationDescription],
    _ messages: [MessageDefinition]
  ) -> [Int] {
    var names: Set<String> = []
    for operation in operations {
      let travelling =
        operation.direction == direction ? operation.messages : operation.reply?.messages ?? []
      names.formUnion(travelling)
    }
    return messages.indices.filter { names.contains(messages[$0].name) }
  }

  /// The messages that share a socket, for each socket; only they need to be told apart.
  private func bySocket(
    _ indexes: [Int],
    _ messages: [MessageDefinition],
    _ channels: [ChannelDescription]
  ) -> [[Int]] {
    let pathByChannel = Dictionary(
      channels.map { ($0.name, $0.socketPath) },
      uniquingKeysWith: { first, _ in first }
    )
    var paths: [String] = []
    var groups: [String: [Int]] = [:]
    for index in indexes {
      for channel in messages[index].channels {
        guard let path = pathByChannel[channel] else { continue }
        if groups[path] == nil { paths.append(path) }
        if groups[path]?.last != index { groups[path, default: []].append(index) }
      }
    }
    return paths.compactMap { groups[$0] }
  }

  private func warnOfSilentMessages(_ messages: [MessageDefinition], _ travelling: [[Int]]) {
    let spoken = Set(travelling.joined())
    for index in messages.indices where !spoken.contains(index) {
      workspace.collector.warn(
        at: messages[index].location,
        "no operation has the message '\(messages[index].name)', so nobody may send it"
      )
    }
  }
}
