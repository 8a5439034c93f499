extension XMLTree {
  /// The document for people: an element a line, two spaces for each element around it.
  package var lines: [String] { root.lines(indent: "") }
}

extension XMLTree.Element {
  fileprivate func lines(indent: String) -> [String] {
    let tag = indent + "<" + ([name.written] + written).joined(separator: " ")
    let close = "</\(name.written)>"
    let inner = elements
    let text = self.text.escapedXML
    if inner.isEmpty { return [text.isEmpty ? "\(tag)/>" : "\(tag)>\(text)\(close)"] }
    let deeper = indent + "  "
    return ["\(tag)>"] + (text.isEmpty ? [] : [deeper + text])
      + inner.flatMap { $0.lines(indent: deeper) } + [indent + close]
  }

  /// The declarations and attributes as they stand in the tag.
  private var written: [String] {
    declarations.map { declaration in
      let name = declaration.prefix.isEmpty ? "xmlns" : "xmlns:\(declaration.prefix)"
      return "\(name)=\"\(declaration.uri.escapedXML)\""
    } + attributes.map { "\($0.name.written)=\"\($0.value.escapedXML)\"" }
  }
}

extension String {
  /// The text with references where characters would be markup.
  fileprivate var escapedXML: String {
    unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "&": text += "&amp;"
      case "\"": text += "&quot;"
      case "\n": text += "&#10;"
      case "\r": text += "&#13;"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
