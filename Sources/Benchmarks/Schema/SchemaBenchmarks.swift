import Foundation
import Generation
import JSON
import JSONSchema

/// What JSON, JSON Schema and the generator do in a second of one core, on 10,000 messages of twelve
/// types.
struct SchemaBenchmarks {
  /// The parts that can be measured alone.
  enum Part: String, CaseIterable {
    case parse, parsed, bytes, errors, compile, generate
  }

  /// The schema that is measured with unless another is named.
  static let schemaFile = "fixtures/schemas/messages.schema.json"
  static let messageCount = 10_000
  /// Formats are checked, as peers are told to.
  private static let compiler = SchemaCompiler(options: SchemaOptions(assertsFormats: true))

  private let schemaText: [UInt8]
  private let schema: CompiledSchema
  private let messages: [[UInt8]]
  /// The same kind of messages, one in ten of them broken.
  private let mixed: [[UInt8]]

  /// Reads the schema and makes the messages.
  init() throws {
    schemaText = Array(try Data(contentsOf: URL(filePath: Self.schemaFile)))
    schema = try Self.compiler.compile(JSONValue.parse(schemaText))
    messages = DeliveryMessages.texts(Self.messageCount)
    mixed = DeliveryMessages.mixed(Self.messageCount)
  }

  private var megabytes: Double { Double(messages.reduce(0) { $0 + $1.count }) / 1e6 }

  /// Measures some parts and prints a line for each figure.
  func run(_ parts: [Part] = Part.allCases) throws {
    let average = Int((megabytes * 1e6 / Double(messages.count)).rounded())
    print("schema, \(messages.count) messages of \(average) bytes on average, on one core")
    let valid = try messages.filter { try schema.isValid(JSONDocument(parsing: $0)) }.count
    let mixedValid = try mixed.filter { try schema.isValid(JSONDocument(parsing: $0)) }.count
    Measurement.report("valid, and valid of those with faults", "\(valid), \(mixedValid)")
    for part in parts {
      switch part {
      case .parse: try parse()
      case .parsed: try judgeParsed()
      case .bytes: try judgeBytes()
      case .errors: try explain()
      case .compile: try compile()
      case .generate: try generate()
      }
    }
  }

  /// Measures what other validators can be compared by, once and shortly.
  ///
  /// - Returns: Rates a second of processor time: messages parsed, judged when parsed, judged from
  ///   bytes (all valid, and one in ten broken), and schemas compiled.
  func round() throws -> JSONObject {
    let value = try JSONValue.parse(schemaText)
    let documents = try messages.map { try JSONDocument(parsing: $0) }
    var parser = JSONParser()
    let rates: [(String, Double)] = try [
      (
        "parse",
        Measurement.onePass(0.1) {
          for text in messages { _ = try parser.withTape(of: text) { $0.count } }
          return Double(messages.count)
        }
      ),
      (
        "parsed",
        Measurement.onePass(0.1) {
          for document in documents { _ = schema.isValid(document) }
          return Double(documents.count)
        }
      ),
      (
        "bytes",
        Measurement.onePass(0.1) {
          for text in messages { _ = try parser.withTape(of: text) { schema.isValid($0, node: 0) } }
          return Double(messages.count)
        }
      ),
      (
        "mixed",
        Measurement.onePass(0.1) {
          for text in mixed { _ = try parser.withTape(of: text) { schema.isValid($0, node: 0) } }
          return Double(mixed.count)
        }
      ),
      (
        "compile",
        Measurement.onePass(0.05) {
          _ = try Self.compiler.compile(value)
          return 1
        }
      ),
    ]
    return JSONObject(
      rates.map { .init(name: $0, value: .number(JSONNumber(Int($1)))) }
    )
  }

  /// Writes the schema and the messages, so that other programs can be measured with them.
  func write(to folder: String) throws {
    let folder = URL(filePath: folder)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    func write(_ bytes: [UInt8], _ name: String) throws {
      try Data(bytes).write(to: folder.appending(path: name))
    }
    try write(schemaText, "schema.json")
    try write(Array(messages.joined(separator: [0x0A])) + [0x0A], "valid.jsonl")
    try write(Array(mixed.joined(separator: [0x0A])) + [0x0A], "mixed.jsonl")
    let verdicts = try mixed.map { try schema.isValid(JSONDocument(parsing: $0)) ? "1" : "0" }
    try write(Array(verdicts.joined(separator: "\n").utf8) + [0x0A], "mixed.expected")
  }
}

// MARK: - Parts

extension SchemaBenchmarks {
  private func parse() throws {
    var parser = JSONParser()
    try Measurement.coreRate("JSON to a tape", unit: "MB/s") {
      for text in messages { _ = try parser.withTape(of: text) { $0.count } }
      return megabytes
    }
    try Measurement.coreRate("JSON to values", unit: "MB/s") {
      for text in messages { _ = try JSONValue.parse(text) }
      return megabytes
    }
  }

  private func judgeParsed() throws {
    let documents = try messages.map { try JSONDocument(parsing: $0) }
    Measurement.coreRate("parsed to a verdict", unit: "messages/s") {
      for document in documents { _ = schema.isValid(document) }
      return Double(documents.count)
    }
  }

  private func judgeBytes() throws {
    var parser = JSONParser()
    try Measurement.coreRate("bytes to a verdict", unit: "messages/s") {
      for text in messages { _ = try parser.withTape(of: text) { schema.isValid($0, node: 0) } }
      return Double(messages.count)
    }
    try Measurement.coreRate("the same, one in ten broken", unit: "messages/s") {
      for text in mixed { _ = try parser.withTape(of: text) { schema.isValid($0, node: 0) } }
      return Double(mixed.count)
    }
  }

  private func explain() throws {
    var parser = JSONParser()
    try Measurement.coreRate("bytes to errors, one in ten broken", unit: "messages/s") {
      for text in mixed {
        _ = try parser.withTape(of: text) { schema.violations(in: $0, node: 0) }
      }
      return Double(mixed.count)
    }
    let broken = try mixed.map { try JSONDocument(parsing: $0) }.filter { !schema.isValid($0) }
    Measurement.coreRate("parsed to errors, all broken", unit: "messages/s") {
      for document in broken { _ = schema.violations(in: document) }
      return Double(broken.count)
    }
  }

  private func compile() throws {
    let value = try JSONValue.parse(schemaText)
    let rate = try Measurement.coreRate("schema to a validator", unit: "schemas/s") {
      _ = try Self.compiler.compile(value)
      return 1
    }
    Measurement.report("that is, for one schema", "\(Measurement.grouped(1e6 / rate)) us")
  }

  private func generate() throws {
    var seed: UInt64 = 0
    let valid = ValueGenerator(schema: schema)
    try Measurement.coreRate("valid values", unit: "values/s") {
      seed += 1
      var source = ChoiceSource(seed: seed)
      _ = try valid.value(from: &source)
      return 1
    }
    let invalid = InvalidValueGenerator(schema: schema)
    try Measurement.coreRate("values that break one assertion", unit: "values/s") {
      seed += 1
      var source = ChoiceSource(seed: seed)
      _ = try invalid.value(from: &source)
      return 1
    }
    Measurement.report("assertions that a value can break alone", "\(invalid.sites.count)")
  }
}
