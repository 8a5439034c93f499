/// The kinds of invalid input, as the choice log numbers them.
enum InputFamily: Int, CaseIterable {
  /// A value of the list: one assertion of the message's schema is broken.
  case listed
  /// The same, with a value made by chance.
  case generated
  /// A text that is no message.
  case text
  /// A message in unusual or forbidden frames.
  case frame

  /// How likely each is.
  static let weights = [4, 4, 4, 5]
}
