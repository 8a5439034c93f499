import Contract
import JSON

/// What a document of version 3 says, in the terms of all versions.
///
/// Spec: AsyncAPI 3.0 and 3.1.
struct Version3Mapping {
  private let root: DocumentNode

  init(_ root: DocumentNode) { self.root = root }

  /// The outline; what is wrong in the document is left out of it.
  func outline() -> APIOutline {
    root.checkNames(
      [
        "asyncapi", "id", "info", "servers", "defaultContentType", "channels", "operations",
        "components",
      ],
      extensions: [CloseCodeReader.name],
      of: "an AsyncAPI document"
    )
    var outline = APIOutline(major: 3)
    let info = InfoReader(root).read()
    outline.title = info.title
    outline.version = info.version
    outline.defaultContentType = root.text("defaultContentType")
    outline.servers = root.members(of: "servers").compactMap(server)
    outline.channels = root.members(of: "channels").compactMap { channel($0, outline.servers) }
    let operations = OperationReader3(root, channels: outline.channels)
    outline.operations =
      root.raw("operations") == nil ? bothWays(outline.channels) : operations.read()
    outline.closeCodes = CloseCodeReader().read(root)
    return outline
  }

  private func server(_ raw: DocumentNode) -> ServerOutline? {
    guard let node = raw.followed, var description = ServerReader(node: node).read(major: 3)
    else { return nil }
    description.name = raw.key
    return ServerOutline(description: description, node: node)
  }

  /// Without operations, every message may travel both ways.
  private func bothWays(_ channels: [ChannelOutline]) -> [OperationOutline] {
    channels.filter { !$0.messages.isEmpty }.map { channel in
      OperationOutline(
        name: channel.name,
        action: nil,
        channel: channel.name,
        messages: channel.messages,
        reply: nil,
        location: channel.node.keyLocation
      )
    }
  }
}

// MARK: - Channels

extension Version3Mapping {
  private func channel(_ raw: DocumentNode, _ servers: [ServerOutline]) -> ChannelOutline? {
    guard let node = raw.followed, node.isMapping("a channel") else { return nil }
    node.checkNames(
      [
        "address", "messages", "title", "summary", "description", "servers", "parameters", "tags",
        "externalDocs", "bindings",
      ],
      of: "a channel"
    )
    for (old, action) in [("publish", "receive"), ("subscribe", "send")] {
      node.raw(old)?.keyError(
        "'\(old)' is of AsyncAPI 2; in 3.0 it is an operation with 'action: \(action)'"
      )
    }
    let address = node.text("address")
    if let address { checkParameters(of: node, address: address) }
    return ChannelOutline(
      name: raw.key,
      node: node,
      address: address,
      servers: channelServers(node, servers),
      messages: node.members(of: "messages").compactMap { message in
        guard let definition = message.followed, definition.isMapping("a message") else {
          return nil
        }
        return MessageOutline(node: definition, key: message.key)
      }
    )
  }

  /// Spec: AsyncAPI 3.0 "Channel Object": no query, no fragment, and every parameter defined.
  private func checkParameters(of node: DocumentNode, address: String) {
    if let mark = address.first(where: { $0 == "?" || $0 == "#" }) {
      node.child(.string(address), "address").warn(
        "the address '\(address)' has a '\(mark)'; a query belongs in 'bindings.ws.query'"
      )
    }
    let defined = node.members(of: "parameters").map(\.key)
    let used = SocketReader.parameters(in: address)
    for name in used where !defined.contains(name) {
      let hint = nearestName(to: name, in: defined).map { "; did you mean '\($0)'?" } ?? ""
      node.child(.string(address), "address").warn("there is no parameter '\(name)'\(hint)")
    }
    for parameter in node.members(of: "parameters") where !used.contains(parameter.key) {
      parameter.keyWarn("the address '\(address)' has no parameter '\(parameter.key)'")
    }
  }

  /// The servers that a channel is limited to.
  private func channelServers(
    _ channel: DocumentNode,
    _ servers: [ServerOutline]
  ) -> [ServerOutline] {
    channel.items(of: "servers").compactMap { item in
      if let name = item.value.stringValue {
        if let server = servers.first(where: { $0.description.name == name }) {
          item.warn("a server is referred to as {$ref: '#/servers/\(name)'}")
          return server
        }
        let names = servers.map(\.description.name)
        let hint = nearestName(to: name, in: names).map { "; did you mean '\($0)'?" } ?? ""
        item.error("there is no server '\(name)'\(hint)")
        return nil
      }
      guard let target = item.followed else { return nil }
      if let server = servers.first(where: { $0.node.id == target.id }) { return server }
      // A server that is wrong itself has been told already.
      guard target.pointer.tokens.first != "servers" else { return nil }
      item.error("this is no server of the document; expected {$ref: '#/servers/…'}")
      return nil
    }
  }
}
