import JSON
import JSONSchema
import TestSupport
import Testing

/// The verdict and the list of violations come from different machines; they must agree.
@Suite(.enabled(if: TestData.isPresent(Suite.folder), "needs \(Suite.folder)"))
struct TwoWaysTests {
  static let seeds: [UInt64] = [1, 2]

  @Test(arguments: seeds)
  func `verdict and violations agree on changed values`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let values = Suite.groups.flatMap { $0.cases.map(\.data) }
    for group in Suite.groups {
      let schema = try group.compiled()
      for test in group.cases.prefix(4) {
        let other = values[Int.random(in: values.indices, using: &random)]
        let changed = change(test.data, other, &random)
        for value in [other, changed] {
          expectAgreement(schema, value, group)
        }
      }
    }
  }

  @Test(arguments: seeds)
  func `a changed schema is refused or judges both ways alike`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let groups = Suite.groups
    let values = groups.flatMap { $0.cases.map(\.data) }
    for group in groups.shuffled(using: &random).prefix(600) {
      let other = groups[Int.random(in: groups.indices, using: &random)].schema
      let compiler = SchemaCompiler(registry: Suite.remotes, dialect: group.dialect)
      // A schema that does not compile any more is as good: it must only say so.
      guard let schema = try? compiler.compile(change(group.schema, other, &random)) else {
        continue
      }
      let strange = values[Int.random(in: values.indices, using: &random)]
      for value in group.cases.map(\.data) + [strange] {
        expectAgreement(schema, value, group)
      }
    }
  }

  private func expectAgreement(_ schema: CompiledSchema, _ value: JSONValue, _ group: SuiteGroup) {
    let isValid = schema.isValid(value)
    let name = "\(group.testDescription): \(value.text())"
    #expect(schema.isValidByKeywords(value) == isValid, "\(name)")
    #expect(schema.violations(in: value).isEmpty == isValid, "\(name)")
  }

  /// Puts one value in place of a part of another, or beside it.
  private func change(
    _ value: JSONValue,
    _ other: JSONValue,
    _ random: inout SplitMix64
  ) -> JSONValue {
    switch value {
    case .array(var items) where !items.isEmpty && Bool.random(using: &random):
      let index = Int.random(in: items.indices, using: &random)
      items[index] = change(items[index], other, &random)
      return .array(items)
    case .array(let items):
      return .array(items + [other])
    case .object(var object) where !object.isEmpty && Bool.random(using: &random):
      let index = Int.random(in: object.members.indices, using: &random)
      object.members[index].value = change(object.members[index].value, other, &random)
      return .object(object)
    case .object(var object):
      object["added"] = other
      return .object(object)
    default:
      return other
    }
  }
}
