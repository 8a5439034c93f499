/// A name in a form that is compared with two words.
struct NameEntry {
  /// The first eight bytes, zeros where the name is shorter.
  var head: UInt64
  /// The last eight bytes of a name of more than eight, else zero.
  var tail: UInt64
  /// How many bytes.
  var length: UInt32
  /// Where the name stands among the bytes of all names.
  var offset: UInt32
  /// What the name stands for.
  var payload: UInt32
  /// The bit that its presence sets, from 1; 0 for none.
  var bit: UInt8 = 0
  /// Whether `properties` declares it, or only `required` mentions it.
  var isDeclared = true
}

/// Names that are looked up together.
struct NameTable {
  /// The first entry, and how many.
  var first: UInt32
  var count: UInt32
  /// Where its buckets begin, and how many bits number them; no bits for a table that is searched.
  var buckets: UInt32
  var bits: UInt32

  /// From this many names on a table is hashed.
  static let hashedCount = 4

  /// The bucket of a name.
  @inline(__always)
  static func hash(_ head: UInt64, _ tail: UInt64, _ length: Int, bits: UInt32) -> Int {
    var mixed = head &* 0x9E37_79B9_7F4A_7C15
    mixed ^= tail &* 0xC2B2_AE3D_27D4_EB4F
    mixed = (mixed ^ UInt64(truncatingIfNeeded: length)) &* 0xD6E8_FEB8_6659_FD93
    return Int(truncatingIfNeeded: mixed >> UInt64(64 &- bits))
  }

  /// The first eight bytes of a name, with zeros behind it.
  ///
  /// Reads eight bytes whatever the length.
  @inline(__always)
  static func head(_ start: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
    let word = UnsafeRawPointer(start).loadUnaligned(as: UInt64.self).littleEndian
    return length >= 8 ? word : word & ((1 &<< UInt64(length &* 8)) &- 1)
  }

  /// The last eight bytes of a name of more than eight, else zero.
  @inline(__always)
  static func tail(_ start: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
    guard length > 8 else { return 0 }
    return UnsafeRawPointer(start + length - 8).loadUnaligned(as: UInt64.self).littleEndian
  }
}
