import Contract
import JSON

/// Leaves out the channels of a document that are not on WebSockets.
struct SocketFilter {
  private let outline: APIOutline
  private let workspace: Workspace

  init(_ outline: APIOutline, workspace: Workspace) {
    self.outline = outline
    self.workspace = workspace
  }

  /// The outline with only those channels that a WebSocket server carries.
  ///
  /// Where no server of the document is one, all channels stay, with a warning.
  func filtered() -> APIOutline {
    guard let first = outline.servers.first else { return outline }
    guard outline.servers.contains(where: \.speaksWebSocket) else {
      let schemes = outline.servers.map(\.description.scheme).uniqued()
      first.node.keyWarn(
        "no server of the document speaks WebSocket; found \(listed(schemes, joinedBy: "and"))"
      )
      return outline
    }
    var filtered = outline
    filtered.channels = outline.channels.filter { channel in
      guard !channel.servers.isEmpty, !channel.servers.contains(where: \.speaksWebSocket) else {
        return true
      }
      let schemes = channel.servers.map(\.description.scheme).uniqued()
      channel.node.keyWarn(
        "the channel '\(channel.name)' is left out: its servers speak "
          + "\(listed(schemes, joinedBy: "and")), not WebSocket"
      )
      return false
    }
    let kept = Set(filtered.channels.map(\.name))
    filtered.operations = outline.operations.filter { kept.contains($0.channel) }
    return filtered
  }
}

extension [String] {
  /// The texts, each at its first place only.
  fileprivate func uniqued() -> [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
