package import JSON

extension Scenario {
  /// What stands behind `wspact:` in a scenario file.
  package static let format = "scenario/1"

  /// Reads a scenario from YAML or JSON.
  ///
  ///     wspact: scenario/1
  ///     name: an empty thread
  ///     given:
  ///       - state: no threads exist
  ///     connections:
  ///       main: {path: /ws, query: {token: demo}}
  ///     steps:
  ///       - connect: main
  ///       - send:
  ///           on: main
  ///           message: subscribe_thread
  ///           json: {type: subscribe_thread, thread_id: 5b8c7b8e-0f6d-4c1a-9a55-3f0f6a1d2c01}
  ///       - expect: {on: main, values: {/type: thread_history}, as: history, within: 5s}
  ///       - close: main
  ///
  /// Without `connections` there is one, `main`, that takes the provider's URL as it is given; where
  /// there is only one, steps need not name it with `on`. A step that sends gives one of `json`,
  /// `text`, `pieces` (a text of parts: `[{text: "[", times: 100000}, end]`), `base64` (a binary
  /// message) and `raw` (base64 of bytes that are put on the socket
  /// without a frame around them).
  ///
  /// - Throws: Every problem of the file, each with its place.
  package init(reading document: LocatedValue) throws(DiagnosticsError) {
    let collector = DiagnosticCollector()
    let reader = ScenarioReader(DocumentCursor(document, collector: collector))
    let scenario = reader.read()
    guard let scenario, !collector.hasErrors else {
      throw DiagnosticsError(collector.sorted(first: document.locations.file))
    }
    self = scenario
  }

  /// The scenario as a value that reads back as the same scenario.
  ///
  /// Members that say what is the case anyway are left out. A `json` payload in which a name stands
  /// twice becomes the `text` that is sent, because YAML has no such mappings.
  package var jsonValue: JSONValue { ScenarioWriter(scenario: self).value }

  /// The scenario as YAML, ready for a file.
  package var yamlText: String { YAMLText.text(of: jsonValue) }
}
