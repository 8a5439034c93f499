import JSON

// MARK: - Steps for the wire

extension StepReader {
  func readBytes(_ step: DocumentCursor) -> ScenarioStep? {
    let owner = "a bytes step"
    let names = ["on", "hex", "text", "base64"] + Self.deliveryNames
    guard step.checkMembers(names, of: owner) else { return nil }
    let name = connection("on", of: step, owner)
    let bytes = readBytes(of: step, ["hex", "text", "base64"], owner, isRequired: true)
    guard let name, let bytes, let delivery = readDelivery(step) else { return nil }
    return .bytes(BytesStep(on: name, bytes: bytes, delivery: delivery))
  }

  func readFrame(_ step: DocumentCursor) -> ScenarioStep? {
    let owner = "a frame step"
    let contents = ["text", "json", "hex", "base64"]
    let names =
      ["on", "opcode", "fin", "rsv1", "rsv2", "rsv3", "mask"] + contents
      + ["length", "lengthBits"] + Self.deliveryNames
    guard step.checkMembers(names, of: owner) else { return nil }
    let name = connection("on", of: step, owner)
    let opcode = step.required("opcode", of: owner).flatMap(readOpcode)
    let payload = readBytes(of: step, contents, owner, isRequired: false)
    let mask = readMask(step)
    let length = readLength(step)
    guard let name, let opcode, let payload, let mask, let length,
      let isFinal = step["fin"].map({ $0.bool() }) ?? true,
      let reservedBits = readReservedBits(step),
      let delivery = readDelivery(step)
    else { return nil }
    return .frame(
      FrameStep(
        on: name,
        opcode: opcode,
        isFinal: isFinal,
        reservedBits: reservedBits,
        maskingKey: mask.key,
        payload: payload,
        statedLength: length.stated,
        lengthBits: length.bits,
        delivery: delivery
      )
    )
  }

  func readExpectClose(_ step: DocumentCursor) -> ScenarioStep? {
    if case .string = step.value {
      return connection(step).map { .expectClose(ExpectCloseStep(on: $0)) }
    }
    let owner = "an expectClose step"
    guard step.checkMembers(["on", "code", "within"], of: owner) else { return nil }
    guard let name = connection("on", of: step, owner) else { return nil }
    return .expectClose(
      ExpectCloseStep(
        on: name,
        codes: step["code"].map(readCodes) ?? [],
        within: step["within"].flatMap { $0.duration() }
      )
    )
  }

  /// One code, or a list of those that will do.
  private func readCodes(_ cursor: DocumentCursor) -> [UInt16] {
    guard case .array = cursor.value else {
      return cursor.int(in: 0...0xFFFF).map { [UInt16($0)] } ?? []
    }
    return (numbers(in: cursor, upTo: 0xFFFF) ?? []).map { UInt16($0) }
  }

  /// The places at which a message or a write is divided, in ascending order.
  func readPlaces(_ cursor: DocumentCursor) -> [Int]? {
    guard let places = numbers(in: cursor) else { return nil }
    guard places == places.sorted() else {
      cursor.error("the places of '\(cursor.name)' must ascend")
      return nil
    }
    return places
  }

  /// A list of whole numbers, or `nil` with an error at the first item that is none.
  private func numbers(in list: DocumentCursor, upTo most: Int = .max) -> [Int]? {
    var numbers: [Int] = []
    for item in list.items() ?? [] {
      guard let number = item.value.intValue, (0...most).contains(number) else {
        let limit = most == .max ? "" : " up to \(most)"
        item.error("'\(list.name)' holds whole numbers\(limit), found \(item.value.found)")
        return nil
      }
      numbers.append(number)
    }
    if case .array = list.value { return numbers }
    return nil
  }
}

// MARK: - Parts

extension StepReader {
  private static let deliveryNames = ["upTo", "splitAt", "pause"]

  private func readDelivery(_ step: DocumentCursor) -> WireDelivery? {
    var delivery = WireDelivery()
    if let cursor = step["upTo"] {
      guard let limit = cursor.int(in: 0...Int.max) else { return nil }
      delivery.byteLimit = limit
    }
    if let cursor = step["splitAt"] {
      guard let places = readPlaces(cursor) else { return nil }
      delivery.splits = places
    }
    if let cursor = step["pause"] {
      guard let pause = cursor.duration() else { return nil }
      delivery.pause = pause
    }
    return delivery
  }

  private func readBytes(
    of step: DocumentCursor,
    _ kinds: [String],
    _ owner: String,
    isRequired: Bool
  ) -> [UInt8]? {
    let given = kinds.compactMap { step[$0] }
    if given.isEmpty, !isRequired { return [] }
    guard let cursor = given.first, given.count == 1 else {
      let found = given.isEmpty ? "none" : listed(given.map(\.name), joinedBy: "and")
      step.error("\(owner) gives one of \(listed(kinds)); found \(found)")
      return nil
    }
    switch cursor.name {
    case "hex": return cursor.hexadecimal()
    case "text": return cursor.string().map { Array($0.utf8) }
    case "json": return cursor.value.bytes()
    default: return cursor.base64()
    }
  }

  private func readOpcode(_ cursor: DocumentCursor) -> UInt8? {
    guard let name = cursor.value.stringValue else {
      return cursor.int(in: 0...15).map { UInt8($0) }
    }
    if let opcode = OpcodeName.opcode(name) { return opcode }
    let hint = nearestName(to: name, in: OpcodeName.all).map { "; did you mean '\($0)'?" }
    cursor.error(
      "there is no opcode '\(name)'" + (hint ?? "; give \(listed(OpcodeName.all)) or 0 to 15")
    )
    return nil
  }

  private func readReservedBits(_ step: DocumentCursor) -> UInt8? {
    var bits: UInt8 = 0
    for (name, bit) in [("rsv1", 4), ("rsv2", 2), ("rsv3", 1)] as [(String, UInt8)] {
      guard let cursor = step[name] else { continue }
      guard let isSet = cursor.bool() else { return nil }
      if isSet { bits |= bit }
    }
    return bits
  }

  /// The masking key of a frame, if it has one.
  private struct Mask {
    var key: [UInt8]?
  }

  private func readMask(_ step: DocumentCursor) -> Mask? {
    guard let cursor = step["mask"] else { return Mask(key: FrameStep.defaultMaskingKey) }
    guard let text = cursor.string() else { return nil }
    if text == "none" { return Mask(key: nil) }
    if let key = HexText.decode(text), key.count == 4 { return Mask(key: key) }
    cursor.error("'mask' must be 'none' or four bytes such as '37fa213d', found '\(text)'")
    return nil
  }

  private func readLength(
    _ step: DocumentCursor
  ) -> (stated: UInt64?, bits: FrameStep.LengthBits?)? {
    var bits: FrameStep.LengthBits?
    if let cursor = step["lengthBits"] {
      bits = cursor.value.intValue.flatMap(FrameStep.LengthBits.init(rawValue:))
      guard bits != nil else {
        cursor.error("'lengthBits' must be 7, 16 or 64, found \(cursor.value.found)")
        return nil
      }
    }
    guard let cursor = step["length"] else { return (nil, bits) }
    guard let stated = cursor.unsigned() else { return nil }
    if let bits, stated > bits.maximum {
      cursor.error("the length \(stated) does not fit; \(bits.rawValue) bits hold \(bits.maximum)")
      return nil
    }
    return (stated, bits)
  }
}
