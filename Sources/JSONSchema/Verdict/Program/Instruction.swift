/// One step of deciding whether a value of a known kind is valid.
///
/// A list of instructions ends with ``Operation/accept``; the first instruction that fails rejects
/// the value. Operands are places in the tables of ``VerdictProgram``.
struct Instruction {
  /// What to do.
  enum Operation: UInt8 {
    /// Ends the list: the value is valid.
    case accept
    /// Ends the list: the value is not valid.
    case reject
    /// The same value by block `a`.
    case call

    // Numbers.
    /// A whole number.
    case integer
    /// A number written without fraction and exponent.
    case integerNotation
    /// Within the bounds of number rule `a`.
    case numberRange
    /// A multiple of number `a`.
    case multipleOf
    /// Equal to one of the `b` numbers from `a`.
    case numberIn

    // Strings.
    /// From `a` to `b` scalars; `b` may be `Int32.max` for no bound.
    case stringLength
    /// Matches pattern `a`.
    case pattern
    /// Has string format `a`.
    case format
    /// Has what content rule `a` demands.
    case content
    /// Equal to a name of table `a`.
    case stringIn

    // Arrays and objects.
    /// Equal to one of the `b` constants from `a`.
    case valueIn
    /// Satisfies array rule `a`.
    case array
    /// Has items that match, as contains rule `a` says.
    case contains
    /// Has no two equal items.
    case uniqueItems
    /// Satisfies object rule `a`.
    case object
    /// All names by block `a`.
    case propertyNames
    /// Has the `b` names from `a` of the list of names.
    case required
    /// If it has name `a`: the same value by block `b`.
    case dependentSchema
    /// If it has the first of the `b` names from `a`: has the others too.
    case dependentRequired

    // Other schemas for the same value.
    /// One of the `b` blocks from `a` of the list of blocks.
    case anyOf
    /// Exactly one of the `b` blocks from `a` of the list of blocks.
    case oneOf
    /// The block that selection `a` names by a member's value.
    case select
    /// Not block `a`.
    case not
    /// Condition rule `a`.
    case condition

    // The same while noting what was looked at.
    /// The list at `a`, with notes of its own that end with it.
    case track
    case arrayTracked
    case containsTracked
    case objectTracked
    case anyOfTracked
    case oneOfTracked
    case conditionTracked
    /// Members that nobody looked at, by block `a`.
    case unevaluatedProperties
    /// Items that nobody looked at, by block `a`.
    case unevaluatedItems
  }

  var operation: Operation
  var a: UInt32 = 0
  var b: UInt32 = 0
}

/// Where the instructions for each kind of value begin.
///
/// Indexed by the raw value of the tape's kinds; names of members are judged as strings.
struct Block {
  /// The list that only rejects.
  static let reject: UInt32 = 0
  /// The list that only accepts.
  static let accept: UInt32 = 1

  var null = reject
  var `false` = reject
  var `true` = reject
  var number = reject
  var string = reject
  var array = reject
  var object = reject
  var key = reject
}
