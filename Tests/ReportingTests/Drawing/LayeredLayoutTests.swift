import Testing

@testable import Reporting

struct LayeredLayoutTests {
  typealias Size = LayeredLayout.Size
  typealias Arrow = LayeredLayout.Arrow

  struct Example: CustomTestStringConvertible {
    let name: String
    let count: Int
    let arrows: [(Int, Int)]
    var testDescription: String { name }
  }

  static let examples = [
    Example(name: "one box", count: 1, arrows: []),
    Example(name: "there and back", count: 2, arrows: [(0, 1), (1, 0)]),
    Example(
      name: "a chain with a way back",
      count: 5,
      arrows: [(0, 1), (1, 2), (2, 3), (3, 4), (4, 0)]
    ),
    Example(name: "two in a row", count: 3, arrows: [(0, 1), (0, 2), (1, 2), (2, 1)]),
    Example(
      name: "each to each",
      count: 7,
      arrows: (0..<7).flatMap { from in (0..<7).filter { $0 != from }.map { (from, $0) } }
    ),
    Example(name: "one that nothing leads to", count: 3, arrows: [(0, 1), (2, 0)]),
  ]

  @Test(arguments: examples)
  func `no two boxes or labels cover each other, and all are inside`(example: Example) {
    let layout = LayeredLayout(
      (0..<example.count).map { Size(width: 60 + 10 * Double($0), height: 30) },
      example.arrows.map { Arrow(from: $0.0, to: $0.1, label: Size(width: 90, height: 20)) }
    )
    #expect(layout.boxes.count == example.count)
    #expect(layout.labels.count == example.arrows.count)
    let all = layout.boxes + layout.labels
    for (place, box) in all.enumerated() {
      #expect(box.left >= -0.01)
      #expect(box.top >= -0.01)
      #expect(box.right <= layout.size.width + 0.01)
      #expect(box.bottom <= layout.size.height + 0.01)
      for other in all.dropFirst(place + 1) {
        let isApart =
          box.right <= other.left || other.right <= box.left || box.bottom <= other.top
          || other.bottom <= box.top
        #expect(isApart, "\(box) and \(other)")
      }
    }
    #expect(layout.boxes.allSatisfy { $0.y >= layout.boxes[0].y })
  }

  @Test func `the same machine is drawn the same`() {
    let arrows = [Arrow(from: 0, to: 1, label: Size(width: 50, height: 20))]
    let sizes = [Size(width: 40, height: 30), Size(width: 60, height: 30)]
    #expect(LayeredLayout(sizes, arrows).boxes == LayeredLayout(sizes, arrows).boxes)
  }
}
