package import Contract

/// A form in which a run report can be written.
package enum ReportFormat: String, Sendable, CaseIterable {
  /// For people, in a terminal.
  case text
  /// For programs.
  case json
  /// For the test view of CI systems.
  case junit
  /// For code scanning: SARIF 2.1.0.
  case sarif
  /// One page for people, in a browser.
  case html
}

extension RunReport {
  /// Renders the report, ending with a newline.
  ///
  /// - Parameters:
  ///   - format: The form.
  ///   - usesColour: Whether escape sequences may colour the text form; the others never use them.
  /// - Returns: The whole text.
  package func rendered(as format: ReportFormat, usesColour: Bool = false) -> String {
    switch format {
    case .text: TextReport(palette: usesColour ? .colours : .plain).render(self)
    case .json: JSONReport.render(self)
    case .junit: JUnitReport.render(self)
    case .sarif: SARIFReport.render(self)
    case .html: HTMLReport.render(self)
    }
  }
}
