/// A fault that can be planted in the order desk, to see whether a fuzzer finds it.
///
/// Each bites in every run of the same messages on a fresh provider.
package enum DeskBug: String, CaseIterable, Sendable {
  // Input that is not coped with.
  case nullCloses = "null-closes"
  case arrayExit = "array-exit"
  case emptyTextExit = "empty-text-exit"
  case notJSONExit = "not-json-exit"
  case protoTypeCloses = "proto-type-closes"
  case objectTypeCloses = "object-type-closes"
  case deepNestingExit = "deep-nesting-exit"
  case hugeIntegerCloses = "huge-integer-closes"
  case infiniteNumberDrops = "infinite-number-drops"
  case loneSurrogateCloses = "lone-surrogate-closes"
  case duplicateNameCloses = "duplicate-name-closes"
  case nulCutsNote = "nul-cuts-note"
  case limitPlusOne = "limit-plus-one"
  case missingCustomer = "missing-customer"
  case limitAsText = "limit-as-text"
  case extraReflected = "extra-reflected"
  case slowText = "slow-text"
  case typeMustComeFirst = "type-must-come-first"
  case escapesStay = "escapes-stay"
  case idCutTo32Bits = "id-cut-to-32-bits"

  // Answers that are not as documented.
  case cancelledUnitsAsText = "cancelled-units-as-text"
  case undocumentedError = "undocumented-error"
  case zeroIDDropped = "zero-id-dropped"
  case emptyListSilent = "empty-list-silent"
  case duplicatePaid = "duplicate-paid"
  case pendingReplyLost = "pending-reply-lost"
  case stackTrace = "stack-trace"
  case lastWatcherForgotten = "last-watcher-forgotten"
  case staleRead = "stale-read"

  // State.
  case changeAfterDeleteExit = "change-after-delete-exit"
  case deletedReadable = "deleted-readable"
  case doubleWatch = "double-watch"
  case doubleUnwatchCloses = "double-unwatch-closes"
  case watchAgainSilent = "watch-again-silent"
  case beforeLogin = "before-login"
  case shipUnpaid = "ship-unpaid"
  case payTwice = "pay-twice"
  case thirdItemCloses = "third-item-closes"
  case failedDeleteDeletes = "failed-delete-deletes"
  case zombieWatcher = "zombie-watcher"

  // Several connections.
  case dropStopsBroadcast = "drop-stops-broadcast"
  case sessionToNewest = "session-to-newest"
  case sharedUser = "shared-user"
  case lostUpdate = "lost-update"
  case listBlocksOthers = "list-blocks-others"
  case counterDrifts = "counter-drifts"

  // Resources.
  case retainsNotes = "retains-notes"
  case leaksDescriptors = "leaks-descriptors"
  case slowsWithHistory = "slows-with-history"

  // The protocol.
  case wrongCloseCode = "wrong-close-code"
  case binaryAsText = "binary-as-text"
  case longMessageCut = "long-message-cut"
  case closeNotAnswered = "close-not-answered"
  case splitCharacterCloses = "split-character-closes"
  case fragmentsDrop = "fragments-drop"
  case pingLosesFragments = "ping-loses-fragments"
  case pingNotAnswered = "ping-not-answered"
  case pongWithoutPayload = "pong-without-payload"
  case reservedBitsAccepted = "reserved-bits-accepted"
  case unmaskedAccepted = "unmasked-accepted"
  case badTextReplaced = "bad-text-replaced"

  /// Whether it sits in front of the server, in the frames.
  package var isOnWire: Bool {
    switch self {
    case .closeNotAnswered, .splitCharacterCloses, .fragmentsDrop, .pingLosesFragments,
      .pingNotAnswered, .pongWithoutPayload, .reservedBitsAccepted, .unmaskedAccepted,
      .badTextReplaced:
      true
    default: false
    }
  }
}
