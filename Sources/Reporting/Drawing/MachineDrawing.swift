import Contract

/// A state machine as a picture.
///
/// What leaves a state as it is stands in its box; what leads elsewhere, beside its arrow.
struct MachineDrawing {
  /// How wide a character is, and how high a line.
  private static let character = 7.3
  private static let line = 16.0
  /// How many characters a line has, and how many lines a box; the rest is told in a hint.
  private static let maximumCharacters = 30
  private static let maximumLines = 12
  /// How many answers stand below each other; more are put together by what is answered.
  private static let maximumSingles = 5
  /// How many labels of an arrow are broken before what is answered.
  private static let maximumBroken = 3
  private static let padding = 9.0
  private static let margin = 6.0
  /// How much a picture may be made smaller to fit a page; beyond that the page scrolls.
  private static let leastScale = 0.62

  /// A box of text.
  private struct TextBox {
    /// What is shown.
    var lines: [String]
    /// All of it.
    var whole: [String]

    /// Takes what is in the box of a state.
    init(state: Int, _ keys: [StateMachine.Transition.Key]) {
      let title = "s\(state)"
      whole = [title] + keys.map { MachineDrawing.text(of: $0) }
      guard keys.count > MachineDrawing.maximumSingles else {
        lines = [title] + keys.map { MachineDrawing.shortened(MachineDrawing.text(of: $0)) }
        return
      }
      var groups: [(reply: String, operations: [String])] = []
      for key in keys {
        if let place = groups.firstIndex(where: { $0.reply == key.reply }) {
          groups[place].operations.append(key.operation)
        } else {
          groups.append((key.reply, [key.operation]))
        }
      }
      // What is rare says most.
      groups.sort { ($0.operations.count, $0.reply) < ($1.operations.count, $1.reply) }
      let shown = groups.flatMap { group in
        MachineDrawing.wrapped("\(group.reply):", group.operations)
      }
      lines = [title] + MachineDrawing.cut(shown)
    }

    /// Takes what stands beside an arrow.
    init(arrow keys: [StateMachine.Transition.Key]) {
      whole = keys.map { MachineDrawing.text(of: $0) }
      let isBroken = keys.count <= MachineDrawing.maximumBroken
      let shown = keys.flatMap { key in
        isBroken ? [key.operation, "  / \(key.reply)"] : [MachineDrawing.text(of: key)]
      }
      lines = MachineDrawing.cut(shown).map(MachineDrawing.shortened)
    }

    var size: LayeredLayout.Size {
      LayeredLayout.Size(
        width: Double(lines.map(\.count).max() ?? 0) * MachineDrawing.character
          + 2 * MachineDrawing.padding,
        height: Double(lines.count) * MachineDrawing.line + 1.2 * MachineDrawing.padding
      )
    }
  }

  private let states: [TextBox]
  private let labels: [TextBox]
  private let arrows: [LayeredLayout.Arrow]
  private let layout: LayeredLayout

  /// Lays out a machine.
  init(_ machine: StateMachine) {
    var own: [Int: [StateMachine.Transition.Key]] = [:]
    var others: [Pair: [StateMachine.Transition.Key]] = [:]
    var order: [Pair] = []
    for transition in machine.transitions {
      let key = transition.key
      guard key.from != key.to else {
        own[key.from, default: []].append(key)
        continue
      }
      let pair = Pair(from: key.from, to: key.to)
      if others[pair] == nil { order.append(pair) }
      others[pair, default: []].append(key)
    }
    states = (0..<machine.states).map { TextBox(state: $0, own[$0] ?? []) }
    labels = order.map { TextBox(arrow: others[$0] ?? []) }
    arrows = zip(order, labels).map { pair, label in
      LayeredLayout.Arrow(from: pair.from, to: pair.to, label: label.size)
    }
    layout = LayeredLayout(states.map(\.size), arrows)
  }

  private struct Pair: Hashable {
    var from: Int
    var to: Int
  }

  private static func text(of key: StateMachine.Transition.Key) -> String {
    "\(key.operation) / \(key.reply)"
  }

  /// The first lines, and how many more there are.
  private static func cut(_ lines: [String]) -> [String] {
    guard lines.count > maximumLines else { return lines }
    return lines.prefix(maximumLines - 1) + ["and \(lines.count - maximumLines + 1) more lines"]
  }

  /// A word with names behind it, in lines of a few names each.
  private static func wrapped(_ head: String, _ names: [String]) -> [String] {
    var lines = [head]
    for (place, name) in names.enumerated() {
      let word = place == names.count - 1 ? name : name + ","
      if lines[lines.count - 1].count + 1 + word.count <= maximumCharacters {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append("  " + word)
      }
    }
    return lines.map(shortened)
  }

  private static func shortened(_ text: String) -> String {
    text.count > maximumCharacters ? text.prefix(maximumCharacters - 1) + "…" : text
  }

  /// The picture as an SVG element; its style sheet gives it colours.
  var svg: String {
    let width = (layout.size.width + 2 * Self.margin).rounded(.up)
    let height = (layout.size.height + 2 * Self.margin).rounded(.up)
    var parts = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width.plain)\" height=\"\(height.plain)\" "
        + "style=\"min-width:\((width * Self.leastScale).plain)px\" viewBox=\"\((-Self.margin).plain) \((-Self.margin).plain) \(width.plain) "
        + "\(height.plain)\" role=\"img\">",
      "<title>the state machine, \(states.count) state\(states.count == 1 ? "" : "s")</title>",
      "<defs><marker id=\"head\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"8\" "
        + "markerHeight=\"8\" orient=\"auto\"><path class=\"head\" d=\"M0 0 L10 5 L0 10 z\"/>"
        + "</marker></defs>",
    ]
    parts += arrows.indices.map(path)
    for (place, label) in labels.enumerated() {
      parts.append(box(layout.labels[place], label, style: "label", isState: false))
    }
    for (place, state) in states.enumerated() {
      let mark = place == 0 ? " style=\"stroke-width:3\"" : ""
      parts.append(box(layout.boxes[place], state, style: "state", isState: true, mark))
    }
    return (parts + ["</svg>"]).joined(separator: "\n")
  }

  private func box(
    _ box: LayeredLayout.Box,
    _ text: TextBox,
    style: String,
    isState: Bool,
    _ mark: String = ""
  ) -> String {
    let lines = text.lines.enumerated().map { place, line in
      let y = box.top + Self.padding * 0.6 + Self.line * (Double(place) + 0.75)
      let name = isState && place == 0 ? "title" : "text"
      let x = isState && place == 0 ? box.x : box.left + Self.padding
      let anchor = isState && place == 0 ? " text-anchor=\"middle\"" : ""
      return
        "<text xml:space=\"preserve\" class=\"\(name)\" x=\"\(x.plain)\" y=\"\(y.plain)\"\(anchor)>"
        + "\(line.html)</text>"
    }
    return "<g><title>\(text.whole.joined(separator: "\n").html)</title>"
      + "<rect class=\"\(style)\"\(mark) x=\"\(box.left.plain)\" y=\"\(box.top.plain)\" "
      + "width=\"\(box.size.width.plain)\" height=\"\(box.size.height.plain)\" "
      + "rx=\"\(isState ? 10 : 4)\"/>" + lines.joined() + "</g>"
  }

  // MARK: Arrows

  /// The line of an arrow: out of its box, past its label, into the other box.
  private func path(_ place: Int) -> String {
    let arrow = arrows[place]
    let (from, to, label) = (layout.boxes[arrow.from], layout.boxes[arrow.to], layout.labels[place])
    let isUpwards = from.y > to.y
    let isLevel = from.y == to.y
    var points: [(Double, Double)] = []
    if isUpwards {
      points.append((port(of: from, towards: label.x), from.top))
      for pass in layout.passes[place] { points += [(pass.x, pass.bottom), (pass.x, pass.top)] }
      points += [(label.x, label.bottom), (label.x, label.top)]
      points.append((port(of: to, towards: label.x), to.bottom))
    } else if isLevel {
      let isRightwards = from.x < to.x
      let (near, far) = isRightwards ? (label.left, label.right) : (label.right, label.left)
      points.append((port(of: from, towards: label.x), from.bottom))
      points += [((near + label.x) / 2, label.top), ((far + label.x) / 2, label.top)]
      points.append((port(of: to, towards: label.x), to.bottom))
    } else {
      points.append((port(of: from, towards: label.x), from.bottom))
      points += [(label.x, label.top), (label.x, label.bottom)]
      for pass in layout.passes[place] { points += [(pass.x, pass.top), (pass.x, pass.bottom)] }
      points.append((port(of: to, towards: layout.passes[place].last?.x ?? label.x), to.top))
    }
    var text = "M\(points[0].0.plain) \(points[0].1.plain)"
    for (start, end) in zip(points, points.dropFirst()) {
      let middle = (start.1 + end.1) / 2
      text +=
        " C\(start.0.plain) \(middle.plain) \(end.0.plain) \(middle.plain) "
        + "\(end.0.plain) \(end.1.plain)"
    }
    return "<path class=\"arrow\" marker-end=\"url(#head)\" d=\"\(text)\"/>"
  }

  /// Where an arrow touches a box: under what it comes from, as far as the box reaches.
  private func port(of box: LayeredLayout.Box, towards x: Double) -> Double {
    let reach = max(0, box.size.width / 2 - 12)
    return min(max(x, box.x - reach), box.x + reach)
  }
}

extension Double {
  /// The number with one decimal place at most.
  fileprivate var plain: String {
    let tenths = (self * 10).rounded() / 10
    return tenths == tenths.rounded() ? String(Int(tenths)) : String(tenths)
  }
}
