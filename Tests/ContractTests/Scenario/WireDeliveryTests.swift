import Contract
import Testing

struct WireDeliveryTests {
  static let examples: [(delivery: WireDelivery, writes: [[UInt8]])] = [
    (WireDelivery(), [[1, 2, 3, 4]]),
    (WireDelivery(splits: [1, 3]), [[1], [2, 3], [4]]),
    (WireDelivery(splits: [0, 2, 2, 4, 9]), [[1, 2], [3, 4]]),
    (WireDelivery(byteLimit: 3, splits: [2, 3]), [[1, 2], [3]]),
    (WireDelivery(byteLimit: 0, splits: [2]), [[]]),
    (WireDelivery(byteLimit: 10), [[1, 2, 3, 4]]),
  ]

  @Test(arguments: examples)
  func `bytes are cut off and divided where a step says`(
    delivery: WireDelivery,
    writes: [[UInt8]]
  ) {
    #expect(delivery.writes(of: [1, 2, 3, 4]) == writes)
  }
}
