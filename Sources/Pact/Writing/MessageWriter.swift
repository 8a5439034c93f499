import Contract
import JSON

extension InteractionMessage {
  /// The members of a message, sorted by name; the contents keep the order of their own.
  var jsonObject: JSONObject {
    var object = unknownMembers.deeplySorted
    object["contents"] = contents.jsonObject(with: unknownContentsMembers).map { .object($0) }
    object["generators"] = generators.isEmpty ? nil : .object(generators.deeplySorted)
    object["matchingRules"] = matchingRules.jsonValue
    object["metadata"] = metadata.isEmpty ? nil : .object(metadata.deeplySorted)
    return object.sortedByName
  }
}

extension MessageContents {
  /// The members of `contents`, or `nil` when there are none.
  fileprivate func jsonObject(with unknownMembers: JSONObject) -> JSONObject? {
    var object = unknownMembers
    switch self {
    case .missing:
      return unknownMembers.isEmpty ? nil : unknownMembers.sortedByName
    case .json(let value, _):
      object["content"] = value
      object["encoded"] = false
    case .text(let text, _):
      object["content"] = .string(text)
      object["encoded"] = false
    case .binary(let bytes, _):
      object["content"] = .string(Base64.encode(bytes))
      object["encoded"] = "base64"
    }
    object["contentType"] = contentType.map { .string($0) }
    return object.sortedByName
  }
}
