import JSON

extension ScenarioWriter {
  func bytes(_ step: BytesStep) -> JSONValue {
    var object: JSONObject = ["on": .string(step.connection)]
    add(step.bytes, to: &object)
    add(step.delivery, to: &object)
    return .object(object)
  }

  func frame(_ step: FrameStep) -> JSONValue {
    var object: JSONObject = ["on": .string(step.connection)]
    object["opcode"] =
      OpcodeName.name(step.opcode).map { .string($0) } ?? .number(JSONNumber(Int(step.opcode)))
    if !step.isFinal { object["fin"] = false }
    for (name, bit) in [("rsv1", 4), ("rsv2", 2), ("rsv3", 1)] as [(String, UInt8)]
    where step.reservedBits & bit != 0 { object[name] = true }
    if step.maskingKey != FrameStep.defaultMaskingKey {
      object["mask"] = .string(step.maskingKey.map(HexText.encode) ?? "none")
    }
    if step.opcode == 1, let text = String(validating: step.payload, as: UTF8.self) {
      object["text"] = .string(text)
    } else if !step.payload.isEmpty {
      add(step.payload, to: &object)
    }
    if let length = step.statedLength {
      object["length"] = JSONNumber(String(length)).map { .number($0) }
    }
    if let bits = step.lengthBits { object["lengthBits"] = .number(JSONNumber(bits.rawValue)) }
    add(step.delivery, to: &object)
    return .object(object)
  }

  func expectClose(_ step: ExpectCloseStep) -> JSONValue {
    guard !step.codes.isEmpty || step.within != nil else { return .string(step.connection) }
    var object: JSONObject = ["on": .string(step.connection)]
    let codes = step.codes.map { JSONValue.number(JSONNumber(Int($0))) }
    if !codes.isEmpty { object["code"] = codes.count == 1 ? codes[0] : .array(codes) }
    if let within = step.within { object["within"] = .string(DurationText.text(of: within)) }
    return .object(object)
  }

  /// Few bytes as digits, which can be read; many in less room.
  private func add(_ bytes: [UInt8], to object: inout JSONObject) {
    if bytes.count <= 64 {
      object["hex"] = .string(HexText.encode(bytes))
    } else {
      object["base64"] = .string(Base64.encode(bytes))
    }
  }

  private func add(_ delivery: WireDelivery, to object: inout JSONObject) {
    if let limit = delivery.byteLimit { object["upTo"] = .number(JSONNumber(limit)) }
    if !delivery.splits.isEmpty { object["splitAt"] = places(delivery.splits) }
    if delivery.pause != .zero { object["pause"] = .string(DurationText.text(of: delivery.pause)) }
  }

  func places(_ places: [Int]) -> JSONValue { .array(places.map { .number(JSONNumber($0)) }) }
}
