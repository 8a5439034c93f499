import JSON

extension Verdict {
  /// The value of a number that is written with digits alone and is short enough, else `nil`.
  @inline(__always)
  func shortInteger(_ node: Int) -> Int? {
    let entry = tape.nodes[node]
    guard !entry.flags.contains(.isFractional), entry.length <= 18 else { return nil }
    var digit = tape.bytes + entry.offset
    let end = digit + entry.length
    let isNegative = digit.pointee == UInt8(ascii: "-")
    if isNegative { digit += 1 }
    var value = 0
    while digit < end {
      value = value &* 10 &+ Int(digit.pointee & 0x0F)
      digit += 1
    }
    return isNegative ? 0 &- value : value
  }

  @inline(__always)
  func isInRange(_ index: UInt32, _ node: Int) -> Bool {
    let rule = tables.pointee.numberRules + Int(index)
    if rule.pointee.knowsIntegers, let value = shortInteger(node) {
      return value >= rule.pointee.lowest && value <= rule.pointee.highest
    }
    return isInFractionalRange(rule, node)
  }

  /// Compares with the nearest doubles, which decides all but what is nearest to a bound itself.
  private func isInFractionalRange(_ rule: UnsafePointer<NumberRule>, _ node: Int) -> Bool {
    guard let value = shortDouble(node) else { return isInExactRange(rule, node) }
    if value > rule.pointee.below, value < rule.pointee.above { return true }
    if value < rule.pointee.below || value > rule.pointee.above { return false }
    return isInExactRange(rule, node)
  }

  /// The nearest double of a number of up to 15 digits without exponent, else `nil`.
  @inline(__always)
  private func shortDouble(_ node: Int) -> Double? {
    let entry = tape.nodes[node]
    guard entry.length <= 16 else { return nil }
    var next = tape.bytes + entry.offset
    let end = next + entry.length
    let isNegative = next.pointee == UInt8(ascii: "-")
    if isNegative { next += 1 }
    var digits = 0
    var point = end
    while next < end {
      let byte = next.pointee
      if byte == UInt8(ascii: ".") {
        point = next + 1
      } else if byte.isDigit {
        digits = digits &* 10 &+ Int(byte & 0x0F)
      } else {
        return nil
      }
      next += 1
    }
    // Both are exact, so the quotient is rounded once.
    let value = Double(digits) / tables.pointee.powersOfTen[end - point]
    return isNegative ? -value : value
  }

  @inline(never)
  private func isInExactRange(_ rule: UnsafePointer<NumberRule>, _ node: Int) -> Bool {
    let numbers = tables.pointee.numbers
    let bounds = rule.pointee
    if bounds.minimum != .max, tape.compare(node, with: numbers[Int(bounds.minimum)]) < 0 {
      return false
    }
    if bounds.exclusiveMinimum != .max,
      tape.compare(node, with: numbers[Int(bounds.exclusiveMinimum)]) <= 0
    {
      return false
    }
    if bounds.maximum != .max, tape.compare(node, with: numbers[Int(bounds.maximum)]) > 0 {
      return false
    }
    return bounds.exclusiveMaximum == .max
      || tape.compare(node, with: numbers[Int(bounds.exclusiveMaximum)]) < 0
  }

  func isNumber(_ node: Int, among start: UInt32, _ count: UInt32) -> Bool {
    for index in start..<start + count
    where tape.compare(node, with: tables.pointee.numbers[Int(index)]) == 0 {
      return true
    }
    return false
  }

  @inline(__always)
  func hasLength(_ node: Int, from low: UInt32, to high: UInt32) -> Bool {
    // A scalar takes from one byte to the twelve of an escaped surrogate pair, so the bytes alone
    // often tell.
    let bytes = tape.nodes[node].length
    if bytes < low { return false }
    if bytes <= high, (bytes + 11) / 12 >= low { return true }
    let length = tape.scalarCount(of: node)
    return length >= low && length <= high
  }

  /// Hands out the bytes of a string with its escapes resolved.
  @inline(__always)
  func withText(_ node: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
    if tape.flags(of: node).contains(.hasEscapes) {
      return tape.unescapedBytes(of: node).withUnsafeBufferPointer(body)
    }
    return body(tape.rawBytes(of: node))
  }

  @inline(__always)
  func hasFormat(_ node: Int, _ format: UInt32) -> Bool {
    withText(node) { tables.pointee.formats[Int(format)].matches($0) }
  }

  func hasContent(_ node: Int, _ content: UInt32) -> Bool {
    tables.pointee.contents[Int(content)].brokenKeyword(tape.unescapedBytes(of: node)) == nil
  }

  func isConstant(_ node: Int, among start: UInt32, _ count: UInt32) -> Bool {
    for index in start..<start + count {
      let isEqual = tables.pointee.constants[Int(index)].withTape { tape.isEqual(node, to: $0, 0) }
      if isEqual { return true }
    }
    return false
  }
}
