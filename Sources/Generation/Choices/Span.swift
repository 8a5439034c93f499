/// A part of a choice log that belongs together, such as an item or a step.
package struct Span: Hashable, Sendable {
  /// What the part is.
  package var label: SpanLabel
  /// The choices of the part, those of the parts within it included.
  package var range: Range<Int>
  /// How many parts it lies in.
  package var depth: Int

  /// Describes a part.
  package init(label: SpanLabel, range: Range<Int>, depth: Int) {
    self.label = label
    self.range = range
    self.depth = depth
  }
}

/// What a part of a choice log is.
package struct SpanLabel: Hashable, Sendable {
  /// The kinds of parts.
  package enum Kind: UInt8, Sendable, CaseIterable {
    /// One step of a sequence: leaving it out leaves a sequence.
    case step
    /// A value.
    case value
    /// A member of an object: leaving it out leaves an object.
    case member
    /// An item of an array: leaving it out leaves an array.
    case item
  }

  /// The kind of part.
  package var kind: Kind
  /// Which of its kind it is, so that parts are found again after others were left out; 0 where all
  /// are alike.
  package var detail: UInt32

  /// Takes a kind and what tells it from others of the kind.
  package init(_ kind: Kind, detail: UInt32 = 0) {
    self.kind = kind
    self.detail = detail
  }

  /// A step; all steps are alike.
  package static let step = SpanLabel(.step)
  /// A value; all values are alike.
  package static let value = SpanLabel(.value)
  /// An item; all items are alike.
  package static let item = SpanLabel(.item)

  /// The member of a name.
  package static func member(_ name: String) -> SpanLabel {
    // FNV-1a: the same on every machine and in every run.
    var hash: UInt32 = 2_166_136_261
    for byte in name.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return SpanLabel(.member, detail: hash)
  }
}
