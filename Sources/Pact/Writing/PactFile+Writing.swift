import Contract
package import JSON

extension PactFile {
  /// The contract as it stands in a file.
  ///
  /// The layout is that of the official writer, so that a rewrite by other tools changes nothing:
  /// members sorted by name, interactions by description, `pending` always there. Only contents keep
  /// the order of their members. Which interactions follow each other is a fact of each of them.
  package var jsonValue: JSONValue {
    var metadata = metadata.deeplySorted
    metadata["pactSpecification"] = ["version": .string(PactReader.version)]
    var object = unknownMembers.deeplySorted
    object["consumer"] = consumer.jsonValue
    object["interactions"] = .array(sortedInteractions)
    object["metadata"] = .object(metadata.sortedByName)
    object["provider"] = provider.jsonValue
    return .object(object.sortedByName)
  }

  /// The text of the file: JSON with two spaces a level, and a line break at its end.
  package var bytes: [UInt8] { jsonValue.bytes(.pretty) + [UInt8(ascii: "\n")] }

  private var sortedInteractions: [JSONValue] {
    let known = interactions.map { (description: $0.description, value: $0.jsonValue) }
    let others = otherInteractions.map {
      (description: $0["description"]?.stringValue ?? "", value: $0.deeplySorted)
    }
    // Of equal descriptions the order of the list stays.
    return (known + others).enumerated().sorted { left, right in
      let (first, second) = (left.element.description.utf8, right.element.description.utf8)
      if first.elementsEqual(second) { return left.offset < right.offset }
      return first.lexicographicallyPrecedes(second)
    }.map(\.element.value)
  }
}

extension PactFile.Participant {
  fileprivate var jsonValue: JSONValue {
    var object = unknownMembers.deeplySorted
    object["name"] = .string(name)
    return .object(object.sortedByName)
  }
}

extension Interaction {
  /// The interaction as it stands in a file.
  package var jsonValue: JSONValue {
    var object = unknownMembers.deeplySorted
    var comments = comments.deeplySorted
    comments["wspact"] = facts.jsonValue
    object["comments"] = comments.isEmpty ? nil : .object(comments.sortedByName)
    object["description"] = .string(description)
    object["key"] = key.map { .string($0) }
    object["pending"] = .bool(isPending)
    object["providerStates"] =
      providerStates.isEmpty ? nil : .array(providerStates.map(\.jsonValue))
    switch content {
    case .exchange(let request, let responses):
      object["type"] = .string(InteractionType.exchange.rawValue)
      object["request"] = .object(request.jsonObject)
      object["response"] = .array(responses.map { .object($0.jsonObject) })
    case .push(let message):
      object["type"] = .string(InteractionType.push.rawValue)
      for member in message.jsonObject.members { object[member.name] = member.value }
    }
    return .object(object.sortedByName)
  }
}

extension ProviderState {
  fileprivate var jsonValue: JSONValue {
    var object: JSONObject = ["name": .string(name)]
    object["params"] = parameters.isEmpty ? nil : .object(parameters.deeplySorted)
    return .object(object)
  }
}
