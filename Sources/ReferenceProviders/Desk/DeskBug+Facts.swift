extension DeskBug {
  /// What it does and when, in a line.
  package var summary: String { facts.summary }

  /// Where it sits.
  package var kind: BugClass { facts.kind }

  /// The least number of messages that shows it on a fresh provider; control frames do not count.
  ///
  /// It is `nil` where it takes as many as a watcher of resources needs.
  package var optimum: Int? { facts.optimum }

  private var facts: (kind: BugClass, optimum: Int?, summary: String) {
    switch self {
    case .nullCloses:
      (.input, 1, "a message that is null closes with 1011")
    case .arrayExit:
      (.input, 1, "a message that is an array ends the process")
    case .emptyTextExit:
      (.input, 1, "an empty text message ends the process")
    case .notJSONExit:
      (.input, 1, "a text that is no JSON ends the process")
    case .protoTypeCloses:
      (.input, 1, "the type __proto__ closes with 1011")
    case .objectTypeCloses:
      (.input, 1, "a type that is an object closes with 1011")
    case .deepNestingExit:
      (.input, 1, "arrays or objects nested deeper than 512 end the process")
    case .hugeIntegerCloses:
      (.input, 1, "a number of more than 1,000 digits closes with 1011")
    case .infiniteNumberDrops:
      (.input, 1, "a number that no double can hold drops the connection")
    case .loneSurrogateCloses:
      (.input, 1, "half a surrogate pair in an escape closes with 1011")
    case .duplicateNameCloses:
      (.input, 1, "a name that stands twice in an object closes with 1011")
    case .nulCutsNote:
      (.input, 3, "a note ends before its first U+0000")
    case .limitPlusOne:
      (.input, 2, "list_orders takes a limit of 51, one more than allowed")
    case .missingCustomer:
      (.input, 2, "create_order without a customer is served")
    case .limitAsText:
      (.input, 2, "list_orders takes a limit that is a string")
    case .extraReflected:
      (.input, 2, "create_order keeps unknown members, which come back in each order")
    case .slowText:
      (.input, 2, "echo_note takes time with the square of the text's length, 100 ms for 400")
    case .typeMustComeFirst:
      (.input, 1, "a message whose first member is not its type is refused")
    case .escapesStay:
      (.input, 2, "echo_note does not resolve the escapes of a text")
    case .idCutTo32Bits:
      (.input, 1, "replies repeat only the lower 32 bits of request_id")
    case .cancelledUnitsAsText:
      (.output, 3, "a cancelled order has its units as a string")
    case .undocumentedError:
      (.output, 2, "get_order of an unknown order is answered with an undocumented error")
    case .zeroIDDropped:
      (.output, 1, "replies to request_id 0 do not repeat it")
    case .emptyListSilent:
      (.output, 2, "list_orders is not answered when there is nothing to list")
    case .duplicatePaid:
      (.output, 3, "pay_order in cash is answered twice")
    case .pendingReplyLost:
      (.output, 3, "get_order is not answered when the next request comes before its answer")
    case .stackTrace:
      (.output, 2, "the error for cancelling an unknown order shows a stack trace")
    case .lastWatcherForgotten:
      (.output, 5, "of several watchers the last one is not told of changes")
    case .staleRead:
      (.output, 5, "get_order shows the note as it was when the order was first looked at")
    case .changeAfterDeleteExit:
      (.state, 4, "set_note on an order that was deleted ends the process")
    case .deletedReadable:
      (.state, 4, "get_order shows orders that were deleted")
    case .doubleWatch:
      (.state, 4, "who watches twice is told of each change twice")
    case .doubleUnwatchCloses:
      (.state, 4, "the second unwatch_orders of a connection closes with 1011")
    case .watchAgainSilent:
      (.state, 4, "watch_orders after unwatch_orders is not answered")
    case .beforeLogin:
      (.state, 1, "echo_note is served before authenticate")
    case .shipUnpaid:
      (.state, 3, "ship_order ships orders that are not paid")
    case .payTwice:
      (.state, 4, "pay_order takes money for orders that are paid")
    case .thirdItemCloses:
      (.state, 5, "the third item of an order closes with 1011")
    case .failedDeleteDeletes:
      (.state, 5, "delete_order of a paid order is answered with an error, and deletes it")
    case .zombieWatcher:
      (.state, 4, "a watcher that has gone stays, and whoever makes the next change gets 1011")
    case .dropStopsBroadcast:
      (.connections, 5, "after a watcher was dropped nobody is told of changes")
    case .sessionToNewest:
      (.connections, 2, "the answer to get_session goes to the connection that was opened last")
    case .sharedUser:
      (.connections, 3, "every session shows the user who logged in last")
    case .lostUpdate:
      (.connections, 6, "a connection writes back orders as it saw them, over changes of others")
    case .listBlocksOthers:
      (.connections, 3, "after list_orders nobody is answered for 150 ms")
    case .counterDrifts:
      (.connections, 3, "unwatch_orders of who does not watch lowers the number of watchers")
    case .retainsNotes:
      (.resources, nil, "each echo_note leaves 64 KiB behind")
    case .leaksDescriptors:
      (.resources, nil, "each connection leaves a file open")
    case .slowsWithHistory:
      (.resources, nil, "create_order takes 0.1 ms for each order that was ever opened")
    case .wrongCloseCode:
      (.protocol, 1, "a binary message closes with 1000")
    case .binaryAsText:
      (.protocol, 1, "a binary message is taken for a text")
    case .longMessageCut:
      (.protocol, 1, "a message over 65,536 bytes is cut off there")
    case .closeNotAnswered:
      (.protocol, 0, "a close frame is not answered")
    case .splitCharacterCloses:
      (.protocol, 1, "a fragment that ends within a character closes with 1007")
    case .fragmentsDrop:
      (.protocol, 1, "a message in several frames drops the connection")
    case .pingLosesFragments:
      (.protocol, 1, "a ping between fragments loses those that come after")
    case .pingNotAnswered:
      (.protocol, 0, "a ping is not answered")
    case .pongWithoutPayload:
      (.protocol, 0, "pongs have no payload")
    case .reservedBitsAccepted:
      (.protocol, 1, "reserved bits of a frame are not looked at")
    case .unmaskedAccepted:
      (.protocol, 1, "frames that are not masked are taken")
    case .badTextReplaced:
      (.protocol, 1, "bytes that are no UTF-8 are replaced")
    }
  }
}
