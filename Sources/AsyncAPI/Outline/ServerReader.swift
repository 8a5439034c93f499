import Contract
import JSON

/// Reads servers, whose addresses are written in many ways.
struct ServerReader {
  let node: DocumentNode

  /// The names and values that stand for the parts of a server's address.
  private struct Address {
    var scheme: String?
    var host: String
    var path: String
  }

  /// The server, with its address from `url` (version 2) or from `host` and `pathname` (version 3).
  ///
  /// Documents that moved from one version to the other often still have the members of the old one;
  /// they are understood, with a warning.
  ///
  /// Spec: AsyncAPI 2.6 and 3.0 "Server Object".
  func read(major: Int) -> ServerDescription? {
    guard node.isMapping("a server") else { return nil }
    node.checkNames(major == 2 ? Self.members2 : Self.members3, of: "a server")
    let scheme = node.text("protocol")
    if let url = node.member("url"), major == 2 || node.raw("host") == nil {
      if major > 2 {
        url.keyWarn("'url' is of AsyncAPI 2; in 3.0 it is 'host' and 'pathname'")
      }
      guard let text = node.text("url") else { return nil }
      return description(split(replaceVariables(in: text, of: url), at: url), scheme: scheme)
    }
    guard let host = node.member("host") else {
      let isBroken = node.raw("host") != nil || node.raw("url") != nil
      if !isBroken { node.error("a server needs '\(major == 2 ? "url" : "host")'") }
      return nil
    }
    if major == 2 { host.keyWarn("'host' is of AsyncAPI 3; in 2.x it is part of 'url'") }
    guard let text = node.text("host") else { return nil }
    var address = split(replaceVariables(in: text, of: host), at: host)
    if let scheme = address.scheme {
      host.warn("'host' has the scheme '\(scheme)', which belongs in 'protocol'")
    } else if !address.path.isEmpty {
      host.warn("'host' has the path '\(address.path)', which belongs in 'pathname'")
    }
    if let pathname = node.member("pathname"), let text = node.text("pathname") {
      let path = replaceVariables(in: text, of: pathname)
      address.path += withoutQuery(path.hasPrefix("/") ? path : "/" + path, at: pathname)
    }
    return description(address, scheme: scheme)
  }

  private static let members2 = [
    "url", "protocol", "protocolVersion", "description", "variables", "security", "tags",
    "bindings",
  ]

  private static let members3 = [
    "host", "protocol", "protocolVersion", "pathname", "description", "title", "summary",
    "variables", "security", "tags", "externalDocs", "bindings",
  ]

  private func description(_ address: Address, scheme: String?) -> ServerDescription {
    ServerDescription(
      name: node.key,
      scheme: webSocketScheme(scheme, address.scheme),
      host: address.host,
      pathname: address.path == "/" ? "" : address.path
    )
  }

  /// `ws` or `wss` for all that people write for them, others in lower case.
  private func webSocketScheme(_ scheme: String?, _ addressScheme: String?) -> String {
    let written = (scheme ?? addressScheme ?? "ws").lowercased()
    let address = addressScheme?.lowercased()
    switch written {
    case "ws", "wss":
      // A scheme in the address is what clients use.
      return address == "wss" || address == "https" ? "wss" : written
    case "websocket", "websockets": return address == "wss" || address == "https" ? "wss" : "ws"
    case "http": return address == "wss" || address == "https" ? "wss" : "ws"
    case "https", "websocket-secure", "websockets-secure": return "wss"
    default: return written
    }
  }

  private func split(_ text: String, at place: DocumentNode) -> Address {
    var rest = Substring(text)
    var scheme: String?
    if let mark = rest.firstRange(ofText: "://") {
      scheme = String(rest[..<mark.lowerBound])
      rest = rest[mark.upperBound...]
    }
    let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
    let path = withoutQuery(String(rest[end...]), at: place)
    return Address(scheme: scheme, host: String(rest[..<end]), path: path == "/" ? "" : path)
  }

  private func withoutQuery(_ path: String, at place: DocumentNode) -> String {
    guard let mark = path.firstIndex(where: { "?#".contains($0) }) else { return path }
    place.warn(
      "'\(place.key)' has '\(path[mark...])', which is left out; a query belongs in the channel's "
        + "'bindings.ws.query'"
    )
    return String(path[..<mark])
  }

  /// The text with each `{variable}` replaced by its default, or else by the first value it may have.
  ///
  /// Spec: AsyncAPI 3.0 "Server Variable Object".
  private func replaceVariables(in text: String, of place: DocumentNode) -> String {
    var result = ""
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      result += rest[..<open]
      let name = String(rest[rest.index(after: open)..<close])
      result += variable(name, at: place) ?? String(rest[open...close])
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }

  private func variable(_ name: String, at place: DocumentNode) -> String? {
    guard let variables = node.member("variables"), let raw = variables.raw(name) else {
      let names = node.member("variables")?.value.objectValue?.names ?? []
      let hint = nearestName(to: name, in: names).map { "; did you mean '\($0)'?" } ?? ""
      place.warn("there is no variable '\(name)'\(hint)")
      return nil
    }
    guard let variable = raw.followed else { return nil }
    let candidates =
      [variable.value["default"]] + [variable.value["enum"]?[0], variable.value["examples"]?[0]]
    for case .some(let value) in candidates {
      if let text = value.stringValue ?? value.numberValue?.text { return text }
    }
    variable.warn("the variable '\(name)' has no default, so its place stays open")
    return nil
  }
}

extension Substring {
  /// Where a text stands first.
  fileprivate func firstRange(ofText text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
