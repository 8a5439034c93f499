import JSON

/// An order, as the desk keeps it.
struct Order {
  /// How far an order has come.
  enum Status: String, CaseIterable {
    case created, paid, shipped, cancelled
  }

  /// Something that is ordered.
  struct Item {
    var sku: String
    var quantity: Int
  }

  let id: String
  let customer: String
  var note: String?
  var status = Status.created
  var items: [Item] = []
  /// Counts the changes, from 1.
  var revision = 1
  /// Members of the request that the document does not know; only a planted bug keeps them.
  var extras: JSONObject = [:]

  /// Opens an order.
  init(id: String, customer: String, note: String?) {
    self.id = id
    self.customer = customer
    self.note = note
  }

  /// The sum of all quantities.
  var units: Int { items.reduce(0) { $0 + $1.quantity } }
}

/// Every order by its id; the oldest is forgotten beyond the limit.
struct Orders {
  private var orders: [String: Order] = [:]
  private var oldestFirst: [String] = []
  private var opened = 0

  /// How many orders there are.
  var count: Int { orders.count }

  /// The order with an id; setting one that is not there does nothing.
  subscript(id: String) -> Order? {
    get { orders[id] }
    set { if let newValue, orders[id] != nil { orders[id] = newValue } }
  }

  /// Opens an order with the next id.
  mutating func open(customer: String, note: String?) -> Order {
    opened += 1
    let order = Order(id: DeskIDs.text("ord", opened), customer: customer, note: note)
    orders[order.id] = order
    oldestFirst.append(order.id)
    if oldestFirst.count > DeskLimits.orders { orders[oldestFirst.removeFirst()] = nil }
    return order
  }

  /// Forgets an order.
  ///
  /// - Returns: The order, or `nil` when there is none.
  mutating func remove(_ id: String) -> Order? {
    guard let order = orders.removeValue(forKey: id) else { return nil }
    oldestFirst.removeAll { $0 == id }
    return order
  }

  /// The newest orders, of one status or of all.
  func newest(_ limit: Int, of status: Order.Status?) -> [Order] {
    var found: [Order] = []
    for id in oldestFirst.reversed() where found.count < limit {
      if let order = orders[id], status == nil || order.status == status { found.append(order) }
    }
    return found
  }
}

/// Ids as the desk makes them: they count on, so that every run says the same.
enum DeskIDs {
  static func text(_ prefix: String, _ number: Int) -> String {
    let digits = String(number)
    return "\(prefix)-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }
}

/// Sizes that the desk keeps within; the document states those that clients meet.
enum DeskLimits {
  /// Orders that are kept.
  static let orders = 10_000
  /// Sessions that are kept.
  static let sessions = 10_000
  /// Items of one order.
  static let items = 100
  /// Orders of a list when the request names no limit.
  static let defaultList = 20
  /// Connections that may watch at one time.
  static let watchers = 4
  /// The longest message, in bytes.
  static let messageBytes = 65_536
}
