/// Where a planted bug sits, as services in the wild have them.
package enum BugClass: String, CaseIterable, Sendable {
  /// Something that clients may well send is not coped with.
  case input
  /// What is answered is not as documented.
  case output
  /// What came before is forgotten, or remembered wrongly.
  case state
  /// Clients get into each other's way.
  case connections
  /// Something is used up.
  case resources
  /// The rules of the protocol are broken.
  case `protocol`
}
