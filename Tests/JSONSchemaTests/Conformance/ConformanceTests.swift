import JSON
import JSONSchema
import TestSupport
import Testing

@Suite(.enabled(if: TestData.isPresent(Suite.folder), "needs \(Suite.folder)"))
struct ConformanceTests {
  @Test(arguments: Suite.groups(in: .required))
  func `required cases are judged as the suite says`(group: SuiteGroup) { judge(group) }

  @Test(arguments: Suite.groups(in: .optional))
  func `optional cases are judged as the suite says`(group: SuiteGroup) { judge(group) }

  @Test(arguments: Suite.groups(in: .format))
  func `format cases are judged as the suite says`(group: SuiteGroup) { judge(group) }

  @Test func `the whole suite is there`() {
    #expect(Suite.groups.count == 1_705)
    #expect(Suite.groups(in: .required).map(\.cases.count).reduce(0, +) == 4_942)
    #expect(Suite.groups.map(\.cases.count).reduce(0, +) == 8_327)
  }

  private func judge(_ group: SuiteGroup) {
    let schema: CompiledSchema
    do {
      schema = try group.compiled()
    } catch {
      Issue.record("the schema does not compile: \(error)")
      return
    }
    for test in group.cases {
      let name = group.name(of: test)
      let isValid = schema.isValid(test.data)
      let isRight = isValid == test.isValid
      if let reason = ExpectedFailures.reasons[name] {
        #expect(!isRight, "is expected to fail (\(reason)) but passes: \(name)")
      } else {
        #expect(isRight, "\(name): \(test.data.text()) is \(test.isValid ? "valid" : "invalid")")
      }
      #expect(schema.isValidByKeywords(test.data) == isValid, "the two ways differ: \(name)")
      #expect(schema.violations(in: test.data).isEmpty == isValid, "violations differ: \(name)")
    }
  }
}
