extension XMLTree {
  /// The paths that rules can be put on: elements, their attributes and their texts.
  var allPlaces: [ValuePath] {
    var places: [ValuePath] = [.root]
    root.collectPlaces(at: .root.appending(root, index: 0, of: 1), into: &places)
    return places
  }
}

extension XMLTree.Element {
  fileprivate func collectPlaces(at path: ValuePath, into places: inout [ValuePath]) {
    places.append(path)
    places += attributes.map { path.appending(attribute: $0.name) }
    places.append(path.appendingText)
    for group in elementsByName {
      for (index, element) in group.elements.enumerated() {
        let place = path.appending(element, index: index, of: group.elements.count)
        element.collectPlaces(at: place, into: &places)
      }
    }
  }

  /// The elements among the children, those of one name together, in the order of their first ones.
  var elementsByName: [(name: String, elements: [XMLTree.Element])] {
    var groups: [(name: String, elements: [XMLTree.Element])] = []
    var places: [String: Int] = [:]
    for element in elements {
      let name = element.name.expanded
      if let place = places[name] {
        groups[place].elements.append(element)
      } else {
        places[name] = groups.count
        groups.append((name, [element]))
      }
    }
    return groups
  }
}

extension ValuePath {
  /// The path to an element.
  ///
  /// - Parameters:
  ///   - element: The element.
  ///   - index: Its place among the elements of its name, from 0.
  ///   - count: How many there are of its name.
  /// - Returns: The path with one more step.
  func appending(_ element: XMLTree.Element, index: Int, of count: Int) -> ValuePath {
    ValuePath(steps: steps + [.element(element.name.expanded, index: index, of: count)])
  }

  /// The path to an attribute: `['@name']`.
  func appending(attribute name: XMLTree.Name) -> ValuePath { appending("@" + name.expanded) }

  /// The path to the text of an element: `['#text']`.
  var appendingText: ValuePath { appending("#text") }
}
