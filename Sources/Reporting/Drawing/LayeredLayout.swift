/// Places boxes and the labels of their arrows in rows, so that arrows lead from row to row and cross
/// little.
///
/// An arrow's label is a box of its own, in a row between those that the arrow joins; where an arrow
/// passes other rows, it has an empty place in each.
///
/// Spec: the framework of Sugiyama, Tagawa and Toda, "Methods for Visual Understanding of Hierarchical
/// System Structures", 1981: rows, then order within rows by barycentres, then positions.
struct LayeredLayout {
  /// A width and a height.
  struct Size: Hashable {
    var width: Double
    var height: Double
  }

  /// An arrow with the size of its label.
  struct Arrow: Hashable {
    var from: Int
    var to: Int
    var label: Size
  }

  /// A placed box: its middle and its size.
  struct Box: Hashable {
    var x: Double
    var y: Double
    var size: Size

    var top: Double { y - size.height / 2 }
    var bottom: Double { y + size.height / 2 }
    var left: Double { x - size.width / 2 }
    var right: Double { x + size.width / 2 }
  }

  /// The room between neighbours in a row.
  static let columnGap = 22.0
  /// The room between rows.
  static let rowGap = 30.0
  /// How often rows are put in order, and how often positions are drawn towards neighbours.
  private static let sweeps = 12

  /// The boxes, in the order in which they were given.
  private(set) var boxes: [Box] = []
  /// The label of each arrow.
  private(set) var labels: [Box] = []
  /// For each arrow, the empty places it passes on its way from one box to the other, in its direction.
  private(set) var passes: [[Box]] = []
  /// The size of the whole.
  private(set) var size = Size(width: 0, height: 0)

  /// Something that has a place in a row.
  private struct Item {
    var size: Size
    var row: Int
    var x = 0.0
    var above: [Int] = []
    var below: [Int] = []
    /// Whether an arrow passes here; it keeps clear of the whole height of the row.
    var isPass = false
  }

  private var items: [Item] = []
  private var rows: [[Int]] = []

  /// Lays out boxes; the first is at the top.
  ///
  /// - Parameters:
  ///   - sizes: The boxes.
  ///   - arrows: The arrows between different boxes.
  init(_ sizes: [Size], _ arrows: [Arrow]) {
    guard !sizes.isEmpty else { return }
    let depths = Self.depths(sizes.count, arrows)
    items = zip(sizes, depths).map { Item(size: $0, row: 2 * $1) }
    var labelItems: [Int] = []
    var passItems: [[Int]] = []
    for arrow in arrows {
      let isUpwards = depths[arrow.from] > depths[arrow.to]
      let (high, low) = isUpwards ? (arrow.to, arrow.from) : (arrow.from, arrow.to)
      var chain: [Int] = []
      if depths[high] == depths[low] {
        // The label hangs below both.
        let label = add(Item(size: arrow.label, row: 2 * depths[high] + 1))
        join(high, label)
        join(low, label)
        labelItems.append(label)
      } else {
        var above = high
        for row in (2 * depths[high] + 1)..<(2 * depths[low]) {
          let isLabel = row == 2 * depths[high] + 1
          let size = isLabel ? arrow.label : Size(width: 8, height: 1)
          let next = add(Item(size: size, row: row, isPass: !isLabel))
          join(above, next)
          if isLabel { labelItems.append(next) } else { chain.append(next) }
          above = next
        }
        join(above, low)
      }
      passItems.append(isUpwards ? chain.reversed() : chain)
    }
    makeRows()
    order()
    position()
    let placed = boxesOfItems()
    boxes = sizes.indices.map { placed[$0] }
    labels = labelItems.map { placed[$0] }
    passes = passItems.map { $0.map { placed[$0] } }
  }

  /// How far each box is from the first one; what cannot be reached comes below the rest.
  private static func depths(_ count: Int, _ arrows: [Arrow]) -> [Int] {
    var depths = [Int](repeating: -1, count: count)
    var waiting = [0]
    depths[0] = 0
    while let next = waiting.first {
      waiting.removeFirst()
      for arrow in arrows where arrow.from == next && depths[arrow.to] < 0 {
        depths[arrow.to] = depths[next] + 1
        waiting.append(arrow.to)
      }
    }
    let last = (depths.max() ?? 0) + 1
    return depths.map { $0 < 0 ? last : $0 }
  }

  private mutating func add(_ item: Item) -> Int {
    items.append(item)
    return items.count - 1
  }

  private mutating func join(_ high: Int, _ low: Int) {
    items[high].below.append(low)
    items[low].above.append(high)
  }

  private mutating func makeRows() {
    rows = Array(repeating: [], count: (items.map(\.row).max() ?? 0) + 1)
    for place in items.indices { rows[items[place].row].append(place) }
  }

  // MARK: Order

  private mutating func order() {
    for sweep in 0..<Self.sweeps {
      let isDownwards = sweep.isMultiple(of: 2)
      var places = [Double](repeating: 0, count: items.count)
      for row in rows { for (place, item) in row.enumerated() { places[item] = Double(place) } }
      for row in isDownwards ? Array(rows.indices) : rows.indices.reversed() {
        let keyed = rows[row].enumerated().map { place, item in
          let neighbours = isDownwards ? items[item].above : items[item].below
          let centre =
            neighbours.isEmpty
            ? Double(place)
            : neighbours.map { places[$0] }.reduce(0, +) / Double(neighbours.count)
          return (centre: centre, place: place, item: item)
        }
        rows[row] = keyed.sorted { ($0.centre, $0.place) < ($1.centre, $1.place) }.map(\.item)
        for (place, item) in rows[row].enumerated() { places[item] = Double(place) }
      }
    }
  }

  // MARK: Positions

  private mutating func position() {
    for row in rows { pack(row) { _ in 0 } }
    for sweep in 0..<Self.sweeps {
      let isDownwards = sweep.isMultiple(of: 2)
      for row in isDownwards ? Array(rows.indices) : rows.indices.reversed() {
        let wanted = items
        pack(rows[row]) { item in
          let both = wanted[item].above + wanted[item].below
          guard !both.isEmpty else { return wanted[item].x }
          return both.map { wanted[$0].x }.reduce(0, +) / Double(both.count)
        }
      }
    }
  }

  /// Gives the items of a row their places, each as near as can be to where it wants to be: halfway
  /// between the places that come of pushing to the right and of pushing to the left.
  private mutating func pack(_ row: [Int], _ wanted: (Int) -> Double) {
    guard !row.isEmpty else { return }
    let wishes = row.map(wanted)
    var rightwards = wishes
    for place in row.indices.dropFirst() {
      let least = rightwards[place - 1] + distance(row[place - 1], row[place])
      rightwards[place] = max(rightwards[place], least)
    }
    var leftwards = wishes
    for place in row.indices.dropLast().reversed() {
      let most = leftwards[place + 1] - distance(row[place], row[place + 1])
      leftwards[place] = min(leftwards[place], most)
    }
    for (place, item) in row.enumerated() {
      items[item].x = (rightwards[place] + leftwards[place]) / 2
    }
  }

  private func distance(_ left: Int, _ right: Int) -> Double {
    (items[left].size.width + items[right].size.width) / 2 + Self.columnGap
  }

  private mutating func boxesOfItems() -> [Box] {
    let left = items.map { $0.x - $0.size.width / 2 }.min() ?? 0
    let right = items.map { $0.x + $0.size.width / 2 }.max() ?? 0
    var tops: [Double] = []
    var y = 0.0
    for row in rows {
      tops.append(y)
      let height = row.map { items[$0].size.height }.max() ?? 0
      if !row.isEmpty { y += height + Self.rowGap }
    }
    size = Size(width: right - left, height: max(0, y - Self.rowGap))
    return items.map { item in
      let height = rows[item.row].map { items[$0].size.height }.max() ?? 0
      var size = item.size
      if item.isPass { size.height = height }
      return Box(x: item.x - left, y: tops[item.row] + height / 2, size: size)
    }
  }
}
