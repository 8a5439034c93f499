/// The few colours of the text form, or none.
struct Palette: Sendable {
  var isColoured: Bool

  static let plain = Palette(isColoured: false)
  static let colours = Palette(isColoured: true)

  func good(_ text: String) -> String { wrap(text, "32") }
  func bad(_ text: String) -> String { wrap(text, "31;1") }
  func doubtful(_ text: String) -> String { wrap(text, "33") }
  func quiet(_ text: String) -> String { wrap(text, "2") }
  func strong(_ text: String) -> String { wrap(text, "1") }

  private func wrap(_ text: String, _ code: String) -> String {
    isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
