import Contract
import JSON

/// A value in one of the files, with the way back to where it stands.
///
/// Reading goes on after a problem: each question answers `nil` and has said why.
struct DocumentNode {
  /// What tells one place from all others.
  struct ID: Hashable {
    let document: Int
    let pointer: JSONPointer
  }

  let workspace: Workspace
  let document: Int
  let pointer: JSONPointer
  let value: JSONValue

  var id: ID { ID(document: document, pointer: pointer) }

  /// The name that leads here.
  var key: String { pointer.tokens.last ?? "" }

  var location: SourceLocation { workspace.documents[document].location(of: pointer) }
  var keyLocation: SourceLocation { workspace.documents[document].keyLocation(of: pointer) }

  func error(_ message: String) { workspace.collector.error(at: location, message) }
  func keyError(_ message: String) { workspace.collector.error(at: keyLocation, message) }
  func warn(_ message: String) { workspace.collector.warn(at: location, message) }
  func keyWarn(_ message: String) { workspace.collector.warn(at: keyLocation, message) }

  /// A place below this one.
  func child(_ value: JSONValue, _ token: String) -> DocumentNode {
    DocumentNode(
      workspace: workspace,
      document: document,
      pointer: pointer.appending(token),
      value: value
    )
  }
}

// MARK: - Members

extension DocumentNode {
  /// The member with a name, as it stands; `null` counts as absent.
  func raw(_ name: String) -> DocumentNode? {
    guard let value = value[name], value != .null else { return nil }
    return child(value, name)
  }

  /// The member with a name, references followed; `nil` also where one leads nowhere.
  func member(_ name: String) -> DocumentNode? { raw(name)?.followed }

  /// What is meant: the end of the references that begin here.
  var followed: DocumentNode? { workspace.resolver.follow(self) }

  /// The members of a mapping as they stand, or none with an error for another kind.
  func members(of name: String) -> [DocumentNode] {
    guard let node = member(name) else { return [] }
    guard case .object(let object) = node.value else {
      node.error("'\(name)' must be a mapping, found \(node.value.found)")
      return []
    }
    return object.members.map { node.child($0.value, $0.name) }
  }

  /// The items of a list as they stand, or none with an error for another kind.
  func items(of name: String) -> [DocumentNode] {
    guard let node = member(name) else { return [] }
    guard case .array(let items) = node.value else {
      node.error("'\(name)' must be a list, found \(node.value.found)")
      return []
    }
    return items.enumerated().map { node.child($1, String($0)) }
  }

  /// The text of a member; nothing, with an error, for another kind.
  func text(_ name: String) -> String? {
    guard let node = member(name) else { return nil }
    if let text = node.value.stringValue { return text }
    node.error("'\(name)' must be text, found \(node.value.found)")
    return nil
  }

  /// Whether this is a mapping; if not, that is an error.
  func isMapping(_ owner: String) -> Bool {
    if case .object = value { return true }
    error("\(owner) must be a mapping, found \(value.found)")
    return false
  }
}

// MARK: - Names that nobody knows

extension DocumentNode {
  /// Warns of names that are nearly those that the object may have, and of unknown `x-wspact-` ones.
  func checkNames(_ known: [String], extensions: [String] = [], of owner: String) {
    guard case .object(let object) = value else { return }
    for member in object.members {
      let isOurs = member.name.hasPrefix("x-wspact")
      let candidates = isOurs ? extensions : known
      guard !candidates.contains(member.name), isOurs || !member.name.hasPrefix("x-") else {
        continue
      }
      let nearest = nearestName(to: member.name, in: candidates)
      guard isOurs || nearest != nil else { continue }
      let hint = nearest.map { "; did you mean '\($0)'?" } ?? ""
      child(member.value, member.name).keyWarn("\(owner) has no '\(member.name)'\(hint)")
    }
  }
}
