import Contract
import Generation
import JSON
import JSONSchema

/// Reading the example messages: bytes to a tape, and bytes to editable values.
func measureReading(of api: APIDescription) throws {
  let texts = api.messages.flatMap(\.examples).map { $0.payload.bytes() }
  let size = texts.map(\.count).reduce(0, +)
  var parser = JSONParser()
  try Measurement.rate("JSON to a tape", unit: "MB") {
    for _ in 0..<1_000 {
      for text in texts { _ = try parser.withTape(of: text) { $0.kind(of: 0) } }
    }
    return size / 1_000
  }
  try Measurement.rate("JSON to values", unit: "messages") {
    for text in texts { _ = try JSONValue.parse(text) }
    return texts.count
  }
}

/// Judging the example messages, from bytes to a verdict.
func measureJudging(of api: APIDescription) {
  let cases = api.messages.flatMap { message in
    message.examples.map { (message.payload, $0.payload.bytes()) }
  }
  var parser = JSONParser()
  Measurement.rate("bytes to a verdict", unit: "messages") {
    for (schema, text) in cases {
      _ = try? parser.withTape(of: text) { schema.isValid($0, node: 0) }
    }
    return cases.count
  }
}

/// Making valid messages from the schemas.
func measureGeneration(of api: APIDescription) throws {
  let generators = api.messages.map { ValueGenerator(schema: $0.payload) }
  var seed: UInt64 = 0
  try Measurement.rate("valid messages from schemas", unit: "messages") {
    for generator in generators {
      seed += 1
      var source = ChoiceSource(seed: seed)
      _ = try generator.value(from: &source)
    }
    return generators.count
  }
}
