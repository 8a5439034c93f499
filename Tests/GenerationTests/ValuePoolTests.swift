import Generation
import JSON
import JSONSchema
import Testing

struct ValuePoolTests {
  static let reply =
    ##"{"type":"object","properties":{"thread_id":{"$ref":"#/$defs/id"},"messages":{"type":"array","items":{"type":"object","properties":{"message_id":{"type":"string","format":"uuid"},"kind":{"const":"text"}}}}},"$defs":{"id":{"type":"string","minLength":1}}}"##
  static let request =
    #"{"type":"object","required":["thread_id","reply_to"],"properties":{"thread_id":{"type":"string","minLength":1},"reply_to":{"type":"string","format":"uuid"}},"additionalProperties":false}"#

  private func compiled(_ text: String) throws -> CompiledSchema {
    try SchemaCompiler().compile(try JSONValue.parse(text))
  }

  private func pool() throws -> ValuePool {
    var pool = ValuePool()
    let reply = try JSONValue.parse(
      #"{"thread_id":"t-42","messages":[{"message_id":"2eb8aa08-aa98-11ea-b4aa-73b441d16380","kind":"text"}]}"#
    )
    pool.harvest(reply, with: ValueHarvester(schema: try compiled(Self.reply)))
    return pool
  }

  @Test func `values are found again by name and by format`() throws {
    let generator = ValueGenerator(schema: try compiled(Self.request))
    let pool = try pool()
    var sameThread = 0
    var sameMessage = 0
    for seed in 0..<200 {
      var source = ChoiceSource(seed: UInt64(seed))
      let value = try generator.value(from: &source, pool: pool)
      if value["thread_id"] == "t-42" { sameThread += 1 }
      if value["reply_to"] == "2eb8aa08-aa98-11ea-b4aa-73b441d16380" { sameMessage += 1 }
    }
    #expect((120...180).contains(sameThread))
    #expect((120...180).contains(sameMessage))
  }

  @Test func `a fixed value says nothing and is not kept`() throws {
    #expect(try pool().count == 2)
  }

  @Test func `a value that does not fit is not used`() throws {
    var pool = ValuePool()
    pool.add("", at: PoolSite(property: "thread_id"))
    pool.add(7, at: PoolSite(property: "thread_id"))
    let schema = try compiled(Self.request)
    let generator = ValueGenerator(schema: schema)
    for seed in 0..<50 {
      var source = ChoiceSource(seed: UInt64(seed))
      #expect(schema.isValid(try generator.value(from: &source, pool: pool)))
    }
  }

  @Test func `the link to an earlier value stays in the log`() throws {
    let generator = ValueGenerator(schema: try compiled(Self.request))
    var seed: UInt64 = 0
    var source = ChoiceSource(seed: seed)
    while try generator.value(from: &source, pool: try pool())["thread_id"] != "t-42" {
      seed += 1
      source = ChoiceSource(seed: seed)
    }
    var other = ValuePool()
    other.add("t-99", at: PoolSite(property: "thread_id"))
    var again = ChoiceSource(replaying: source.log)
    #expect(try generator.value(from: &again, pool: other)["thread_id"] == "t-99")
    var alone = ChoiceSource(replaying: source.log)
    #expect(try generator.value(from: &alone)["thread_id"] == "a")
  }

  @Test func `the nearest place and the newest value come first`() {
    var pool = ValuePool(capacity: 4)
    pool.add("format", at: PoolSite(format: "uuid"))
    pool.add("old", at: PoolSite(property: "id"))
    pool.add("new", at: PoolSite(property: "id"))
    pool.add("schema", at: PoolSite(schemas: ["#/a"]))
    let site = PoolSite(schemas: ["#/a"], property: "id", format: "uuid")
    #expect(pool.candidates(for: site) == ["schema", "new", "old", "format"])
    pool.add("newest", at: PoolSite(property: "id"))
    #expect(pool.count == 4)
    #expect(pool.candidates(for: site) == ["schema", "newest", "new", "old"])
  }
}
