import Foundation
import JSON
import JSONSchema
import TestSupport
import Testing

@Suite(.enabled(if: TestData.isPresent(AnnotationSuite.folder), "needs \(AnnotationSuite.folder)"))
struct AnnotationConformanceTests {
  @Test(arguments: AnnotationSuite.groups)
  func `annotations appear where the suite says`(group: AnnotationSuite.Group) throws {
    var registry = SchemaRegistry()
    for member in group.external?.objectValue?.members ?? [] {
      registry.add(member.value, uri: member.name)
    }
    let schema = try SchemaCompiler(registry: registry, dialect: group.dialect)
      .compile(group.schema)
    for test in group.tests {
      let found = schema.annotations(in: test["instance"] ?? .null)
      for assertion in test["assertions"]?.arrayValue ?? [] {
        let location = assertion["location"]?.stringValue ?? ""
        let keyword = assertion["keyword"]?.stringValue ?? ""
        var actual = JSONObject()
        for annotation in found
        where annotation.instance.description == location && annotation.keyword == keyword {
          actual["\(annotation.schemaURI)#\(annotation.schema)"] = annotation.value
        }
        var expected = JSONObject()
        for member in assertion["expected"]?.objectValue?.members ?? [] {
          expected[member.name.removingPercentEncoding ?? member.name] = member.value
        }
        #expect(actual == expected, "\(keyword) at '\(location)' of \(test.text())")
      }
    }
  }
}

/// The official suite of annotations.
enum AnnotationSuite {
  static let folder = "json-schema-test-suite/annotations/tests"

  struct Group: Sendable, CustomTestStringConvertible {
    let dialect: SchemaDialect
    let file: String
    let description: String
    let schema: JSONValue
    let external: JSONValue?
    let tests: [JSONValue]

    var testDescription: String { "\(dialect.rawValue)/\(file): \(description)" }
  }

  static let groups: [Group] = TestData.files(below: folder, withSuffix: ".json").flatMap { path in
    guard let bytes = TestData.bytes(path), let content = try? JSONValue.parse(bytes) else {
      return [Group]()
    }
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return (content["suite"]?.arrayValue ?? []).flatMap { group in
      releases.filter { isCompatible(group["compatibility"]?.stringValue, $0.release) }.map {
        Group(
          dialect: $0.dialect,
          file: file,
          description: group["description"]?.stringValue ?? "",
          schema: group["schema"] ?? .null,
          external: group["externalSchemas"],
          tests: group["tests"]?.arrayValue ?? []
        )
      }
    }
  }

  private static let releases: [(dialect: SchemaDialect, release: Int)] = [
    (.draft4, 4), (.draft6, 6), (.draft7, 7), (.draft2019_09, 2019), (.draft2020_12, 2020),
  ]

  /// Whether a constraint such as `6,<=2019` admits a release.
  private static func isCompatible(_ constraint: String?, _ release: Int) -> Bool {
    (constraint ?? "").split(separator: ",").allSatisfy { part in
      if part.hasPrefix("<=") { return release <= Int(part.dropFirst(2)) ?? 0 }
      if part.hasPrefix("=") { return release == Int(part.dropFirst()) ?? 0 }
      return release >= Int(part) ?? 0
    }
  }
}
