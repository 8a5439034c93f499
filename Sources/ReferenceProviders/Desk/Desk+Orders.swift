import JSON
import WebSocket

extension Desk {
  mutating func createOrder(
    _ request: DeskRequest,
    _ customer: String,
    _ note: String?,
    _ asker: Int
  ) -> [DeskEffect] {
    var order = orders.open(customer: customer, note: note.map(kept))
    if !request.extras.isEmpty {
      order.extras = request.extras
      orders[order.id] = order
    }
    let effects = changed(request.id, order, .created, asker)
    traces.opened += 1
    guard bug == .slowsWithHistory else { return effects }
    return [.block(.microseconds(100 * traces.opened))] + effects
  }

  mutating func setNote(
    _ id: JSONNumber,
    _ orderID: String,
    _ note: String,
    _ asker: Int
  ) -> [DeskEffect] {
    if bug == .changeAfterDeleteExit, traces.deleted[orderID] != nil { return [.exit] }
    return change(id, orderID, .noted, asker) { $0.note = note }
  }

  mutating func addItem(
    _ id: JSONNumber,
    _ orderID: String,
    _ item: Order.Item,
    _ asker: Int
  ) -> [DeskEffect] {
    if bug == .thirdItemCloses, orders[orderID]?.items.count == 2 {
      return [.close(asker, .internalError, reason: "")]
    }
    if orders[orderID]?.items.count == DeskLimits.items {
      return [error(id, .tooManyItems, "an order has \(DeskLimits.items) items at most", asker)]
    }
    return change(id, orderID, .itemAdded, asker, from: [.created]) { $0.items.append(item) }
  }

  mutating func getOrder(_ id: JSONNumber, _ orderID: String, _ asker: Int) -> [DeskEffect] {
    var found = orders[orderID]
    if bug == .deletedReadable { found = found ?? traces.deleted[orderID] }
    guard var order = found else {
      guard bug == .undocumentedError else { return [unknown(id, asker)] }
      let error: JSONValue = ["request_id": .number(id), "error": "not found"]
      return [.send(error, to: [asker])]
    }
    if bug == .staleRead {
      order.note = traces.firstLooks[orderID, default: order].note
      if traces.firstLooks[orderID] == nil { traces.firstLooks[orderID] = order }
    }
    if bug == .lostUpdate { members[asker]?.copies[orderID] = order }
    return [.send(reply(id, order), to: [asker])]
  }

  mutating func payOrder(
    _ request: DeskRequest,
    _ orderID: String,
    _ asker: Int
  ) -> [DeskEffect] {
    let allowed: [Order.Status] = bug == .payTwice ? [.created, .paid] : [.created]
    let effects = change(request.id, orderID, .paid, asker, from: allowed) { $0.status = .paid }
    guard bug == .duplicatePaid, request.message["method"] == "cash", let reply = effects.first,
      orders[orderID]?.status == .paid
    else { return effects }
    return [reply] + effects
  }

  mutating func shipOrder(_ id: JSONNumber, _ orderID: String, _ asker: Int) -> [DeskEffect] {
    let allowed: [Order.Status] = bug == .shipUnpaid ? [.created, .paid] : [.paid]
    return change(id, orderID, .shipped, asker, from: allowed) { $0.status = .shipped }
  }

  mutating func cancelOrder(_ id: JSONNumber, _ orderID: String, _ asker: Int) -> [DeskEffect] {
    if bug == .stackTrace, orders[orderID] == nil {
      let place = #"File "/srv/desk/orders.py", line 88, in cancel"#
      return [error(id, .notFound, "Traceback (most recent call last): \(place)", asker)]
    }
    return change(id, orderID, .cancelled, asker, from: [.created, .paid]) {
      $0.status = .cancelled
    }
  }

  mutating func deleteOrder(_ id: JSONNumber, _ orderID: String, _ asker: Int) -> [DeskEffect] {
    guard let order = orders[orderID] else { return [unknown(id, asker)] }
    guard order.status != .paid else {
      if bug == .failedDeleteDeletes { _ = orders.remove(orderID) }
      return [error(id, .wrongStatus, "the order is paid and waits to be shipped", asker)]
    }
    _ = orders.remove(orderID)
    if bug == .changeAfterDeleteExit || bug == .deletedReadable { traces.deleted[orderID] = order }
    let reply = DeskReply.message("order_deleted", id, ["order_id": .string(orderID)])
    return [.send(reply, to: [asker])] + announce(orderID, .deleted)
  }

  func listOrders(
    _ id: JSONNumber,
    _ status: Order.Status?,
    _ limit: Int,
    _ asker: Int
  ) -> [DeskEffect] {
    let listed = orders.newest(limit, of: status)
    if listed.isEmpty, bug == .emptyListSilent { return [] }
    let count = JSONValue.number(JSONNumber(listed.count))
    var parts = [DeskReply.message("orders_begin", id, ["count": count])]
    parts += listed.map {
      let members: JSONObject = ["order_id": .string($0.id), "status": .string($0.status.rawValue)]
      return DeskReply.message("order_summary", id, members)
    }
    parts.append(DeskReply.message("orders_end", id, ["count": count]))
    return parts.map { .send($0, to: [asker]) }
  }
}

// MARK: - Changing

extension Desk {
  /// Changes an order that is in one of some states, and tells who asked and who watches.
  private mutating func change(
    _ id: JSONNumber,
    _ orderID: String,
    _ event: DeskEvent,
    _ asker: Int,
    from allowed: [Order.Status] = Order.Status.allCases,
    _ body: (inout Order) -> Void
  ) -> [DeskEffect] {
    guard let current = orders[orderID] else { return [unknown(id, asker)] }
    guard allowed.contains(current.status) else {
      return [error(id, .wrongStatus, "the order is \(current.status.rawValue)", asker)]
    }
    var order = current
    if bug == .lostUpdate { order = members[asker]?.copies[orderID] ?? current }
    body(&order)
    order.note = order.note.map(kept)
    order.revision += 1
    orders[orderID] = order
    return changed(id, order, event, asker)
  }

  private mutating func changed(
    _ id: JSONNumber,
    _ order: Order,
    _ event: DeskEvent,
    _ asker: Int
  ) -> [DeskEffect] {
    if bug == .lostUpdate { members[asker]?.copies[order.id] = order }
    return [.send(reply(id, order), to: [asker])] + announce(order.id, event)
  }

  private func unknown(_ id: JSONNumber, _ asker: Int) -> DeskEffect {
    error(id, .notFound, "there is no such order", asker)
  }

  private func reply(_ id: JSONNumber, _ order: Order) -> JSONValue {
    let reply = DeskReply.order(id, order)
    guard bug == .cancelledUnitsAsText, order.status == .cancelled,
      var members = reply.objectValue
    else { return reply }
    members["units"] = .string(String(order.units))
    return .object(members)
  }

  /// A note as it is kept.
  private func kept(_ note: String) -> String { bug == .nulCutsNote ? note.beforeNUL : note }
}
