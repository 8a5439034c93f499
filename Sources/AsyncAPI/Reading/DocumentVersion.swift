import Contract
import JSON

/// Which version of AsyncAPI a document is written in.
struct DocumentVersion: Hashable {
  /// What this program reads, for messages.
  static let supported = "2.0 to 2.6, 3.0 or 3.1"

  let major: Int
  let minor: Int

  init(major: Int, minor: Int) {
    self.major = major
    self.minor = minor
  }

  /// Reads the version; what is no AsyncAPI, or another version of it, is an error that says what
  /// the document seems to be.
  init?(reading root: DocumentNode) {
    guard let node = root.raw("asyncapi") else {
      root.error(
        "this is \(Self.guess(root.value)); expected an AsyncAPI document, which begins with "
          + "'asyncapi: 3.0.0'"
      )
      return nil
    }
    // Without quotes, `3.0` is a number.
    let text = node.value.stringValue ?? node.value.numberValue?.text
    guard let text, let version = Self(text) else {
      node.error("'asyncapi' must be a version such as '3.0.0', found \(node.value.found)")
      return nil
    }
    guard version.isSupported else {
      node.error("AsyncAPI \(text) is not supported; expected \(Self.supported)")
      return nil
    }
    if node.value.stringValue == nil {
      node.warn("'asyncapi' must be text such as '\(version.major).\(version.minor).0'")
    }
    if version.major == 3, version.minor > 1 {
      node.warn("AsyncAPI \(text) is newer than 3.1 and is read as 3.1")
    }
    self = version
  }

  /// Reads `major.minor`, with whatever follows.
  private init?(_ text: String) {
    let parts = text.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count >= 2, let major = Int(parts[0]), let minor = Int(parts[1]) else { return nil }
    self.init(major: major, minor: minor)
  }

  private var isSupported: Bool {
    switch major {
    case 2: (0...6).contains(minor)
    case 3: minor >= 0
    default: false
    }
  }

  /// What a document without `asyncapi` seems to be.
  private static func guess(_ value: JSONValue) -> String {
    guard case .object(let object) = value else {
      return value == .null ? "empty" : "\(value.kind == .array ? "a list" : "a single value")"
    }
    func version(_ name: String) -> String {
      let value = object[name]
      return (value?.stringValue ?? value?.numberValue?.text).map { " \($0)" } ?? ""
    }
    let marks: [(name: String, kind: String)] = [
      ("openapi", "an OpenAPI\(version("openapi")) document"),
      ("swagger", "a Swagger\(version("swagger")) document"),
      ("arazzo", "an Arazzo\(version("arazzo")) document"),
      ("interactions", "a Pact contract"),
      ("wspact", "a wspact file"),
      ("$schema", "a JSON Schema"),
      ("services", "a Compose file"),
      ("jobs", "a workflow of a build server"),
      ("apiVersion", "a Kubernetes resource"),
    ]
    if let mark = marks.first(where: { object[$0.name] != nil }) { return mark.kind }
    if object["type"] != nil, object["properties"] != nil { return "a JSON Schema" }
    if let near = object.names.first(where: { nearestName(to: $0, in: ["asyncapi"]) != nil }) {
      return "a document with '\(near)' but no 'asyncapi'"
    }
    return object.isEmpty ? "an empty mapping" : "a document without 'asyncapi'"
  }
}
