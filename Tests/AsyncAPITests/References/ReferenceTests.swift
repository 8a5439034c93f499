import AsyncAPI
import Contract
import JSON
import JSONSchema
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct ReferenceTests {
  /// Writes files into a folder of their own and loads the first one.
  private static func load(_ files: [(name: String, text: String)]) async throws -> LoadedAPI {
    try await withTemporaryFolder { folder in
      for file in files {
        let path = folder + "/" + file.name
        let parent = path.split(separator: "/").dropLast().joined(separator: "/")
        try FileManager.default.createDirectory(
          atPath: "/" + parent,
          withIntermediateDirectories: true
        )
        try Data(file.text.utf8).write(to: URL(fileURLWithPath: path))
      }
      do {
        return try AsyncAPIDocument.read(path: folder + "/" + files[0].name)
      } catch let error as DiagnosticsError {
        // The folder has another name each time.
        throw DiagnosticsError(
          error.diagnostics.map { diagnostic in
            var plain = diagnostic
            plain.location?.file = diagnostic.location?.file.replacing(folder + "/", with: "") ?? ""
            plain.message = diagnostic.message.replacing(folder + "/", with: "")
            return plain
          }
        )
      }
    }
  }

  private static let main = """
    asyncapi: 3.0.0
    info: {title: T, version: '1'}
    channels:
      a: {$ref: 'parts/channels.yml#/a'}
    operations:
      say:
        action: receive
        channel: {$ref: '#/channels/a'}
        messages: [{$ref: '#/channels/a/messages/hello'}]

    """

  @Test func `references lead through files and back, schemas included`() async throws {
    let loaded = try await Self.load([
      ("api/main.yml", Self.main + "components: {schemas: {id: {type: string, minLength: 2}}}\n"),
      (
        "api/parts/channels.yml",
        "a: {address: /, messages: {hello: {$ref: '../../shared/all%20messages.json#/hello'}}}\n"
      ),
      (
        "shared/all messages.json",
        #"{"hello": {"payload": {"properties": {"id": {"$ref": "../api/main.yml#/components/schemas/id"}, "next": {"$ref": "schema.yml"}}}}}"#
      ),
      ("shared/schema.yml", "properties:\n  again: {$ref: '#'}\n  n: {type: integer}\n"),
    ])
    #expect(loaded.diagnostics.isEmpty)
    let hello = try #require(loaded.api.messages.first)
    #expect(hello.name == "hello")
    #expect(hello.location?.file.hasSuffix("shared/all messages.json") == true)
    #expect(hello.payload.isValid(["id": "ab", "next": ["again": ["n": 1]]]))
    #expect(!hello.payload.isValid(["id": "a"]))
    #expect(!hello.payload.isValid(["next": ["again": ["n": "x"]]]))
  }

  @Test func `problems in other files are told with their places there`() async throws {
    let error = await #expect(throws: DiagnosticsError.self) {
      try await Self.load([
        ("main.yml", Self.main),
        (
          "parts/channels.yml",
          """
          a:
            address: /
            messages:
              hello: {payload: {$ref: 'schema.yml#/gone'}}
              bye: {payload: {type: strin}}
              lost: {$ref: 'mesages.yml'}
              torn: {$ref: 'torn.json'}
          unused: {$ref: '#/nowhere'}
          """
        ),
        ("parts/schema.yml", "gon: {}\n"),
        ("parts/messages.yml", "{}"),
        ("parts/torn.json", "{\"a\": \n}"),
      ])
    }
    let lines = error?.diagnostics.map(\.description) ?? []
    #expect(
      lines.prefix(1) == [
        "parts/channels.yml:4:29: error: 'schema.yml#/gone' points at nothing; did you mean 'schema.yml#/gon'?"
      ]
    )
    #expect(lines.dropFirst().first?.hasPrefix("parts/channels.yml:5:27: error: ") == true)
    #expect(
      lines.dropFirst(2).first
        == "parts/channels.yml:6:18: error: 'mesages.yml' leads nowhere: there is no file 'parts/mesages.yml'; did you mean 'messages.yml'?"
    )
    #expect(lines.dropFirst(3).first?.hasPrefix("parts/torn.json:2:1: error: ") == true)
    #expect(lines.count == 4)
  }

  @Test func `a file that is not there is told once, at the first reference to it`() {
    let text = """
      asyncapi: 3.0.0
      info: {title: T, version: '1'}
      channels:
        a: {messages: {x: {$ref: 'gone.yml#/x'}, y: {$ref: 'gone.yml#/y'}}}
        b: {$ref: './gone.yml#/b'}
        c: {messages: {z: {payload: {items: {$ref: 'gone.yml#/z'}}}, x: {$ref: 'gone.yml#/x'}}}
      """
    #expect(
      Documents.problems(in: text) == [
        "api.yml:4:28: error: 'gone.yml#/x' leads nowhere: there is no file 'gone.yml'"
      ]
    )
  }

  @Test func `a chain of files longer than the limit is an error`() async throws {
    let error = await #expect(throws: DiagnosticsError.self) {
      try await withTemporaryFolder { folder in
        for index in 0..<4 {
          let text = "a: {$ref: '\(index + 1).yml#/a'}\n"
          try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(index).yml"))
        }
        return try AsyncAPIDocument.load(
          text: "asyncapi: 3.0.0\nchannels: {a: {$ref: '0.yml#/a'}}\n",
          file: folder + "/main.yml",
          options: LoadOptions(maximumFiles: 3)
        )
      }
    }
    #expect(error?.description.contains("the document has more than 3 files") == true)
  }

  @Test func `what stands beside a reference is ignored`() throws {
    let text = """
      asyncapi: 3.0.0
      info: {title: T, version: '1'}
      channels:
        a:
          messages:
            m: {$ref: '#/components/messages/m', payload: {$ref: '#/not/looked/at'}, summary: other}
      components: {messages: {m: {summary: own}}}
      """
    let loaded = try Documents.load(text)
    #expect(loaded.diagnostics.isEmpty)
    #expect(loaded.api.messages.first?.summary == "own")
  }

  @Test func `a schema that names itself is found by its name`() throws {
    let text = """
      asyncapi: 3.0.0
      info: {title: T, version: '1'}
      channels:
        a:
          messages:
            m: {payload: {properties: {x: {$ref: '#x'}}, definitions: {x: {$id: '#x', type: integer}}}}
            n: {payload: {$id: 'https://example.com/n', properties: {x: {$ref: 'other'}}, definitions: {o: {$id: other, type: string}}}}
            o: {payload: {properties: {schema: {$ref: 'http://json-schema.org/draft-07/schema#'}}}}
      """
    let loaded = try Documents.load(text)
    #expect(loaded.diagnostics.isEmpty)
    #expect(loaded.api.messages[0].payload.isValid(["x": 1]))
    #expect(!loaded.api.messages[0].payload.isValid(["x": "1"]))
    #expect(loaded.api.messages[1].payload.isValid(["x": "1"]))
    #expect(!loaded.api.messages[1].payload.isValid(["x": 1]))
    #expect(!loaded.api.messages[2].payload.isValid(["schema": ["type": 1]]))
  }

  @Test func `names with slashes that are not escaped are understood in schemas too`() throws {
    let text = """
      asyncapi: 3.0.0
      info: {title: T, version: '1'}
      channels: {a: {messages: {m: {payload: {$ref: '#/components/schemas/a/b%25'}}}}}
      components: {schemas: {'a/b%': {type: integer}}}
      """
    let loaded = try Documents.load(text)
    #expect(loaded.diagnostics.count == 1)
    #expect(loaded.api.messages.first?.payload.isValid(1) == true)
    #expect(loaded.api.messages.first?.payload.isValid("1") == false)
  }

  @Test func `an example may stand in another file`() async throws {
    let loaded = try await Self.load([
      (
        "main.yml",
        """
        asyncapi: 3.0.0
        info: {title: T, version: '1'}
        channels:
          a:
            messages:
              m:
                examples:
                  - payload: {$ref: example.json}
                  - {$ref: 'example.json#/whole'}
                  - payload: {$ref: '#/no', other: 1}
        """
      ),
      ("example.json", #"{"whole": {"name": "b", "payload": 1}}"#),
    ])
    #expect(loaded.diagnostics.isEmpty)
    #expect(
      loaded.api.messages.first?.examples.map { "\($0.name) \($0.payload.text())" } == [
        #" {"whole":{"name":"b","payload":1}}"#, "b 1", ##" {"$ref":"#/no","other":1}"##,
      ]
    )
  }
}
