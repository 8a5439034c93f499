import Generation
import JSON

/// Makes the messages of `fixtures/schemas/messages.schema.json`: twelve types, of about 284 bytes on
/// average, the same for the same seed.
struct DeliveryMessages {
  /// How often each type comes, of 100 messages.
  private static let weights: [(type: String, weight: Int)] = [
    ("order", 18), ("offer", 12), ("note", 14), ("presence", 8), ("follow", 5), ("receipt", 12),
    ("fault", 3), ("beat", 6), ("position", 10), ("alert", 5), ("photo", 3), ("route", 4),
  ]
  private static let words = [
    "gate", "dock", "ramp", "crate", "pallet", "winter", "harbour", "left", "right", "before",
    "seven", "please", "ring", "twice", "behind", "yellow", "house", "étage", "Größe", "naïve",
    "倉庫", "склад", "🚚", "📦",
  ]
  private static let currencies = ["EUR", "USD", "GBP", "CHF", "SEK", "PLN", "CZK", "JPY"]
  private static let topics = [
    "orders", "offers", "notes", "positions", "alerts", "photos", "routes",
  ]

  private var random: RandomNumbers
  private var sequence = 0

  /// Starts a stream of messages.
  init(seed: UInt64) { random = RandomNumbers(seed: seed) }

  /// So many messages as texts.
  static func texts(_ count: Int, seed: UInt64 = 1) -> [[UInt8]] {
    var messages = DeliveryMessages(seed: seed)
    return (0..<count).map { _ in messages.next().bytes() }
  }

  /// The same with one in ten broken in one of twelve ways.
  static func mixed(_ count: Int, seed: UInt64 = 2) -> [[UInt8]] {
    var messages = DeliveryMessages(seed: seed)
    return (0..<count).map { _ in
      let message = messages.next()
      return (messages.chance(1, of: 10) ? messages.broken(message) : message).bytes()
    }
  }

  /// The next message.
  mutating func next() -> JSONValue {
    var draw = random.below(100)
    let type =
      Self.weights.first { candidate in
        defer { draw -= candidate.weight }
        return draw < candidate.weight
      }?.type ?? "beat"
    sequence += 1
    var message: JSONObject = [
      "type": .string(type), "id": identifier(), "at": time(), "seq": number(sequence),
      "body": .object(body(of: type)),
    ]
    if chance(1, of: 2) { message["version"] = 2 }
    return .object(message)
  }

  private mutating func body(of type: String) -> JSONObject {
    switch type {
    case "order": order()
    case "offer":
      [
        "depot": depot(), "inbound": slots(), "outbound": slots(),
        "checksum": number(range(-2_147_483_648, 2_147_483_647)),
      ]
    case "note": note()
    case "presence": presence()
    case "follow": ["topics": .array((0..<range(1, 4)).map { _ in topic() })]
    case "receipt": receipt()
    case "fault": fault()
    case "beat": ["count": number(range(0, 1_000_000))]
    case "position": position()
    case "alert": alert()
    case "photo": photo()
    default: route()
    }
  }
}

// MARK: - Bodies

extension DeliveryMessages {
  private mutating func order() -> JSONObject {
    var body: JSONObject = [
      "depot": depot(), "price": decimal(range(1, 9_000_000), places: 2),
      "weight": decimal(range(1_000, 20_000_000), places: 6),
      "service": pick("standard", "express"), "parcels": number(range(1, 1 << 53)),
    ]
    if chance(1, of: 2) { body["fragile"] = .bool(chance(1, of: 2)) }
    if chance(1, of: 2) { body["currency"] = .string(any(Self.currencies)) }
    return body
  }

  private mutating func note() -> JSONObject {
    var body: JSONObject = [
      "thread": pick("general", "night-shift", "depot_7", "ramp-2"), "author": person(),
      "text": text(3, 30),
    ]
    if chance(1, of: 2) {
      let names: [JSONValue] = ["@ann", "@bob_1", "@Carol", "@dave99", "@Eve"]
      body["mentions"] = .array(Array(names.dropFirst(range(0, 2)).prefix(range(0, 3))))
    }
    if chance(1, of: 2) { body["answers"] = chance(1, of: 2) ? .null : identifier() }
    return body
  }

  private mutating func presence() -> JSONObject {
    var body: JSONObject = [
      "person": person(), "status": pick("driving", "loading", "resting", "offline"),
    ]
    if chance(1, of: 2) { body["since"] = time() }
    if chance(1, of: 2) { body["vehicle"] = text(1, 3) }
    return body
  }

  private mutating func topic() -> JSONValue {
    var topic: JSONObject = ["name": .string(any(Self.topics))]
    if chance(1, of: 2) {
      let depots = (0..<range(1, 4)).map { _ in depot().stringValue ?? "" }
      topic["depots"] = .array(Set(depots).sorted().map { .string($0) })
    }
    if chance(1, of: 2) { topic["depth"] = number(range(1, 20) * 5) }
    return .object(topic)
  }

  private mutating func receipt() -> JSONObject {
    var body: JSONObject = ["of": identifier(), "accepted": .bool(chance(1, of: 2))]
    if chance(1, of: 2) { body["took"] = number(range(0, 5_000)) }
    return body
  }

  private mutating func fault() -> JSONObject {
    let code = range(4_000, 4_999)
    var body: JSONObject = ["code": number(code), "summary": text(2, 12)]
    if chance(1, of: 2) {
      body["causes"] = .array(
        (0..<range(1, 3)).map { _ in
          .object(["path": .string("/body/" + any(Array(Self.words[..<17]))), "reason": text(1, 6)])
        }
      )
    }
    if chance(1, of: 2) {
      body["help"] = .string("https://help.example.com/faults/\(code)?lang=en#fix")
    }
    return body
  }

  private mutating func position() -> JSONObject {
    var body: JSONObject = [
      "vehicle": .string("van-" + hexadecimal(8)),
      "samples": .array((0..<range(1, 8)).map { _ in sample() }),
    ]
    if chance(1, of: 2) {
      let parts = (0..<4).map { _ in String(range(1, 254)) }
      body["address"] = .string(parts.joined(separator: "."))
    }
    return body
  }

  private mutating func sample() -> JSONValue {
    var sample: JSONObject = [
      "time": number(range(1_760_000_000, 1_770_000_000)),
      "value": decimal(range(-40_000, 120_000), places: 3),
    ]
    if chance(1, of: 2) { sample["unit"] = pick("km/h", "m", "kPa", "%", "C", "V") }
    if chance(3, of: 10) {
      var labels = JSONObject()
      for _ in 0..<range(1, 3) { labels[any(Array(Self.words[..<17]))] = .string(any(Self.words)) }
      sample["labels"] = .object(labels)
    }
    return .object(sample)
  }

  private mutating func alert() -> JSONObject {
    var body: JSONObject = [
      "title": text(1, 8), "level": pick("debug", "info", "notice", "warning", "error", "critical"),
      "to": .array(
        (0..<range(1, 3)).map { _ in
          .string("\(any(Array(Self.words[..<17])))\(range(1, 99))@example.org")
        }
      ),
    ]
    if chance(1, of: 2) { body["details"] = text(5, 40) }
    if chance(1, of: 2) { body["link"] = .string("https://app.example.com/a/" + hexadecimal(10)) }
    return body
  }

  private mutating func photo() -> JSONObject {
    let blocks = range(1, 8)
    return [
      "name": .string(any(Array(Self.words[..<17])) + any([".png", ".jpg", ".webp", ".heic"])),
      "bytes": number(blocks * 65_536), "digest": .string(hexadecimal(64)),
      "blocks": .array(
        (0..<blocks).map { .array([number($0 * 65_536), number(($0 + 1) * 65_536)]) }
      ),
    ]
  }

  private mutating func route() -> JSONObject {
    var body: JSONObject = [
      "plan": identifier(), "planner": person(),
      "stop": ["leg": number(range(0, 5_000)), "place": number(range(0, 200))],
    ]
    if chance(1, of: 2) {
      body["window"] = .array((0..<range(1, 4)).map { _ in number(range(0, 5_000)) })
    }
    if chance(1, of: 2) { body["colour"] = .string("#" + hexadecimal(6)) }
    return body
  }

  /// A message with one fault.
  private mutating func broken(_ message: JSONValue) -> JSONValue {
    guard case .object(var object) = message, case .object(var body)? = object["body"],
      let first = body.names.first
    else { return message }
    switch range(0, 11) {
    case 0: object["seq"] = nil
    case 1: object["body"] = nil
    case 2: object["extra"] = 1
    case 3: object["type"] = .string((object["type"]?.stringValue ?? "") + "s")
    case 4: object["id"] = 7
    case 5: object["at"] = "2026-13-01T00:00:00Z"
    case 6: object["seq"] = -1
    case 7: object["seq"] = .string("1")
    case 8: object["version"] = 3
    case 9:
      body["surplus"] = .null
      object["body"] = .object(body)
    case 10:
      body[first] = nil
      object["body"] = .object(body)
    default:
      body[first] = .object(["x": []])
      object["body"] = .object(body)
    }
    return .object(object)
  }
}

// MARK: - Parts

extension DeliveryMessages {
  private mutating func range(_ low: Int, _ high: Int) -> Int { low + random.below(high - low + 1) }

  private mutating func chance(_ count: Int, of all: Int) -> Bool { random.below(all) < count }

  private mutating func any(_ choices: [String]) -> String { choices[random.below(choices.count)] }

  private mutating func pick(_ choices: String...) -> JSONValue { .string(any(choices)) }

  private func number(_ value: Int) -> JSONValue { .number(JSONNumber(value)) }

  /// A number with so many places behind its point.
  private func decimal(_ units: Int, places: Int) -> JSONValue {
    let digits = String(units.magnitude)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    let text = (units < 0 ? "-" : "") + padded.dropLast(places) + "." + padded.suffix(places)
    return JSONNumber(text).map { .number($0) } ?? 0
  }

  private mutating func hexadecimal(_ count: Int) -> String {
    let digits = Array("0123456789abcdef")
    return String((0..<count).map { _ in digits[random.below(16)] })
  }

  private mutating func identifier() -> JSONValue {
    let head = "\(hexadecimal(8))-\(hexadecimal(4))-4\(hexadecimal(3))-"
    return .string(head + any(["8", "9", "a", "b"]) + "\(hexadecimal(3))-\(hexadecimal(12))")
  }

  private mutating func time() -> JSONValue {
    func digits(_ value: Int, _ width: Int) -> String {
      String(repeating: "0", count: max(0, width - String(value).count)) + String(value)
    }
    let date = "2026-\(digits(range(1, 12), 2))-\(digits(range(1, 28), 2))"
    let clock = [range(0, 23), range(0, 59), range(0, 59)].map { digits($0, 2) }
    return .string("\(date)T\(clock.joined(separator: ":")).\(digits(range(0, 999), 3))Z")
  }

  private mutating func text(_ low: Int, _ high: Int) -> JSONValue {
    let count = range(low, high)
    return .string((0..<count).map { _ in any(Self.words) }.joined(separator: " "))
  }

  private mutating func depot() -> JSONValue {
    let place = any(["HH", "BRE", "KRK", "LYON", "OSL", "PRG"])
    return .string("\(place)-\(range(100, 999))")
  }

  private mutating func person() -> JSONValue {
    var person: JSONObject = ["id": number(range(1, 10_000_000)), "name": text(1, 3)]
    if chance(4, of: 10) {
      let roles: [JSONValue] = ["driver", "packer", "planner", "guest"]
      person["roles"] = .array(Array(roles.dropFirst(range(0, 3)).prefix(range(0, 2))))
    }
    return .object(person)
  }

  private mutating func slots() -> JSONValue {
    .array(
      (0..<range(2, 10)).map { _ in
        .array([
          .string("\(range(1, 99_999)).\(range(1_000, 9_999))"),
          decimal(range(10, 500_000), places: 4),
        ])
      }
    )
  }
}
