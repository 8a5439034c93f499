/// A way to be odd and still correct, to see that a fuzzer does not complain.
package enum DeskDecoy: String, CaseIterable, Sendable {
  case keyOrder = "key-order"
  case whiteSpace = "white-space"
  case escapes
  case numberForms = "number-forms"
  case optionalMembers = "optional-members"
  case extraMembers = "extra-members"
  case fragments
  case compressed
  case slow
  case otherOrder = "other-order"
  case notices
  case noticesBetweenParts = "notices-between-parts"
  case pings
  case closeAfterLogout = "close-after-logout"

  /// What it does, in a line.
  package var summary: String {
    switch self {
    case .keyOrder: "members of what it says come in changing order"
    case .whiteSpace: "what it says has white space in changing places"
    case .escapes: "every character of its texts is escaped"
    case .numberForms: "whole numbers are written as 1.0 or 1e0 by turns"
    case .optionalMembers: "every other order says by whom it is served"
    case .extraMembers: "sessions have members that the document leaves room for"
    case .fragments: "what it says comes in frames of 7 bytes"
    case .compressed: "compression is agreed to where it is offered"
    case .slow: "every eighth request is answered after 60 ms"
    case .otherOrder: "get_order is answered 3 ms later, so later requests may be answered first"
    case .notices: "every fifth answer comes after a notice"
    case .noticesBetweenParts: "a notice comes between the parts of a list"
    case .pings: "a ping with a payload comes before every tenth answer"
    case .closeAfterLogout: "log_out closes the connection with 4000"
    }
  }
}
