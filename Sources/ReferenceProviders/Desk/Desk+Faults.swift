import JSON
import WebSocket

extension Desk {
  /// What a planted bug does with a text before it is understood; `nil` when it does nothing.
  func failedInput(_ payload: [UInt8], _ asker: Int) -> [DeskEffect]? {
    let broken = [DeskEffect.close(asker, .internalError, reason: "")]
    switch bug {
    case .emptyTextExit:
      return payload.isEmpty ? [.exit] : nil
    case .notJSONExit:
      guard !payload.isEmpty, !isDeep(payload) else { return nil }
      return (try? JSONDocument(parsing: payload)) == nil ? [.exit] : nil
    case .deepNestingExit:
      return isDeep(payload) ? [.exit] : nil
    case .loneSurrogateCloses:
      let options = JSONReaderOptions(loneSurrogates: .replaced)
      let isHalf =
        (try? JSONDocument(parsing: payload)) == nil
        && (try? JSONDocument(parsing: payload, options: options)) != nil
      return isHalf ? broken : nil
    case .nullCloses, .arrayExit, .protoTypeCloses, .objectTypeCloses, .hugeIntegerCloses,
      .infiniteNumberDrops, .duplicateNameCloses:
      guard let text = try? JSONDocument(parsing: payload) else { return nil }
      return failedValue(text, asker)
    default:
      return nil
    }
  }

  private func failedValue(_ text: JSONDocument, _ asker: Int) -> [DeskEffect]? {
    let value = text.value
    let broken = [DeskEffect.close(asker, .internalError, reason: "")]
    switch bug {
    case .nullCloses where value == .null: return broken
    case .arrayExit where value.arrayValue != nil: return [.exit]
    case .protoTypeCloses where value["type"]?.stringValue == "__proto__": return broken
    case .objectTypeCloses where value["type"]?.objectValue != nil: return broken
    case .hugeIntegerCloses where value.hasNumber({ $0.text.utf8.count > 1_000 }): return broken
    case .infiniteNumberDrops where value.hasNumber({ $0.double.isInfinite }):
      return [.drop(asker)]
    case .duplicateNameCloses where !text.duplicateNames.isEmpty: return broken
    default: return nil
    }
  }

  /// Whether a text is nested deeper than is read.
  private func isDeep(_ payload: [UInt8]) -> Bool {
    var depth = 0
    for byte in payload {
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        if depth > JSONReaderOptions.strict.maximumDepth { return true }
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      default: break
      }
    }
    return false
  }

  /// The answer as a planted bug gives it.
  func altered(
    _ effects: [DeskEffect],
    _ request: DeskRequest,
    _ asker: Int
  ) -> [DeskEffect] {
    let isLoggedIn = members[asker]?.session != nil
    switch bug {
    case .zeroIDDropped where request.id.isZero:
      return effects.map { $0.withRequestID(nil) }
    case .idCutTo32Bits:
      guard let id = request.id.int, id > Int(UInt32.max) else { return effects }
      return effects.map { $0.withRequestID(JSONNumber(id & Int(UInt32.max))) }
    case .pendingReplyLost where isLoggedIn:
      guard case .getOrder = request.content, case .send(let reply, _)? = effects.first else {
        return effects
      }
      let number = members[asker]?.requests ?? 0
      return [.later(.milliseconds(5), [.sendIfLatest(reply, to: asker, request: number)])]
    case .sessionToNewest:
      guard case .getSession = request.content, case .send(let reply, _)? = effects.first,
        reply["type"] == "session"
      else { return effects }
      return [.send(reply, to: members.keys.max().map { [$0] } ?? [])]
    case .listBlocksOthers where isLoggedIn:
      guard case .listOrders = request.content else { return effects }
      return effects + [.later(.zero, [.block(.milliseconds(150))])]
    case .zombieWatcher:
      guard case .send(_, let heard)? = effects.last, effects.count > 1 else { return effects }
      let hasZombie = heard.contains { members[$0] == nil }
      return hasZombie ? [.close(asker, .internalError, reason: "")] : effects
    default:
      return effects
    }
  }
}

extension DeskEffect {
  /// The effect with another `request_id` in what it sends.
  fileprivate func withRequestID(_ id: JSONNumber?) -> DeskEffect {
    guard case .send(let message, let receivers) = self, var object = message.objectValue,
      object["request_id"] != nil
    else { return self }
    object["request_id"] = id.map(JSONValue.number)
    return .send(.object(object), to: receivers)
  }
}

extension JSONValue {
  /// Whether a number of some kind stands anywhere in it.
  fileprivate func hasNumber(_ isMeant: (JSONNumber) -> Bool) -> Bool {
    switch self {
    case .number(let number): isMeant(number)
    case .array(let items): items.contains { $0.hasNumber(isMeant) }
    case .object(let object): object.members.contains { $0.value.hasNumber(isMeant) }
    default: false
    }
  }
}

extension [UInt8] {
  /// Whether a JSON text has an escape with four digits.
  var containsEscapes: Bool {
    zip(self, dropFirst()).contains { $0 == UInt8(ascii: "\\") && $1 == UInt8(ascii: "u") }
  }
}

extension String {
  /// The text with an escape for every character that is not printable ASCII.
  var escaped: String {
    var text = ""
    for unit in utf16 {
      if (0x20...0x7E).contains(unit) {
        text.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
      } else {
        let digits = String(unit, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return text
  }

  /// The text before its first U+0000.
  var beforeNUL: String {
    String(String.UnicodeScalarView(unicodeScalars.prefix { $0.value != 0 }))
  }
}
