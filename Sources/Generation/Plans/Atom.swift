/// One requirement on a value; a value is described by several that hold together.
struct Atom: Hashable, Comparable, Sendable {
  enum Kind: UInt8, Sendable {
    /// The schema accepts the value.
    case node
    /// The keywords of the schema that look at the value itself and its parts hold; those that hand
    /// the value to other schemas are dealt with.
    case own
    /// The schema rejects the value, in a way to be chosen.
    case negated
    /// The schema rejects the value, which is only found out afterwards.
    case avoided
    /// One assertion of the schema does not hold.
    case violates
    /// The schema accepts the value but for one assertion, which is given by a ``BreakPoint``.
    case breaks
    /// One branch has still to be chosen, of `anyOf`, `oneOf`, `if` or a dependent schema.
    case anyOf, oneOf, condition, dependent
    /// Two branches of `oneOf` have to be chosen.
    case several
    /// The value is an object with, or without, a member of this name.
    case requires, forbids
    /// The value is of these types, given as the raw value of a set.
    case ofTypes
  }

  var kind: Kind
  /// The schema; for names, types and break points their number.
  var node: Int32
  /// The assertion that `violates` is about, that `own` leaves out, or the dependent schema's index.
  var site: KeywordSite?

  init(_ kind: Kind, _ node: Int, _ site: KeywordSite? = nil) {
    self.kind = kind
    self.node = Int32(node)
    self.site = site
  }

  static func node(_ node: Int) -> Atom { Atom(.node, node) }
  static func negated(_ node: Int) -> Atom { Atom(.negated, node) }
  static func avoided(_ node: Int) -> Atom { Atom(.avoided, node) }

  static func < (left: Atom, right: Atom) -> Bool {
    if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
    if left.node != right.node { return left.node < right.node }
    switch (left.site, right.site) {
    case (nil, nil), (_, nil): return false
    case (nil, _): return true
    case (let left?, let right?): return left < right
    }
  }
}

/// Requirements that hold together, sorted, each once.
struct Conjunction: Hashable, Sendable {
  private(set) var atoms: [Atom]

  init(_ atoms: some Sequence<Atom>) {
    self.atoms = []
    for atom in atoms.sorted() where self.atoms.last != atom { self.atoms.append(atom) }
  }
}
