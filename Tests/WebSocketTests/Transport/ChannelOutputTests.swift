import NIOConcurrencyHelpers
import NIOCore
import Testing

@testable import WebSocket

@Suite(.timeLimit(.minutes(1)))
struct ChannelOutputTests {
  /// How each of some promises stands: nil while nothing is known.
  private final class Receipts: Sendable {
    let results = NIOLockedValueBox<[Bool?]>([])

    func add(_ promise: EventLoopPromise<Void>) {
      let index = results.withLockedValue { results in
        results.append(nil)
        return results.count - 1
      }
      promise.futureResult.whenComplete { result in
        let isSuccess = if case .success = result { true } else { false }
        self.results.withLockedValue { $0[index] = isSuccess }
      }
    }

    var succeeded: Int { results.withLockedValue { $0.count { $0 == true } } }
    var failed: Int { results.withLockedValue { $0.count { $0 == false } } }
  }

  private static func frame(_ number: Int, _ size: Int = 1000) -> Frame {
    Frame(.binary, payload: [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: size))
  }

  /// Writes numbered frames and gives each a promise.
  private static func write(
    _ numbers: Range<Int>,
    _ output: ChannelOutput,
    _ pair: OutputPair,
    _ receipts: Receipts
  ) {
    for number in numbers {
      let promise = pair.promise()
      receipts.add(promise)
      let payload = frame(number).payload
      let header = FrameHeader(opcode: 2, payloadByteCount: UInt64(payload.count))
      output.write(header, payload, promise: promise)
    }
  }

  private static func bytes(_ numbers: Range<Int>) -> [UInt8] {
    numbers.flatMap { frame($0).plain }
  }

  @Test func `what an empty channel is given goes out with the flush, not before`() async throws {
    let pair = try await OutputPair.make(sendBufferBytes: 65_536)
    let receipts = Receipts()
    try await pair.withOutput { output in
      Self.write(0..<3, output, pair, receipts)
      #expect(receipts.succeeded == 0)
      output.flush()
      #expect(receipts.succeeded == 3)
      #expect(!output.isThroughChannel)
      #expect(output.isWritable)
      #expect(output.unsentBytes == 0)
    }
    #expect(pair.reads(Self.bytes(0..<3)))
    try await pair.channel.close()
  }

  @Test func `what a short write leaves goes on through the channel, in order`() async throws {
    let pair = try await OutputPair.make()
    let receipts = Receipts()
    try await pair.withOutput { output in
      Self.write(0..<60, output, pair, receipts)
      output.flush()
      #expect(receipts.succeeded > 0)
      #expect(receipts.succeeded < 60)
      #expect(output.isThroughChannel)
      #expect(output.unsentBytes ?? 0 > 0)
      Self.write(60..<70, output, pair, receipts)
      output.flush()
    }
    #expect(pair.reads(Self.bytes(0..<70)))
    // The channel is told by the system that there is room; then all promises are kept.
    try await Self.send(70, pair, receipts)
    #expect(pair.reads(Self.bytes(70..<71)))
    #expect(receipts.succeeded == 71)
    try await pair.withOutput { output in
      Self.write(71..<72, output, pair, receipts)
      #expect(!output.isThroughChannel)
      output.flush()
    }
    #expect(pair.reads(Self.bytes(71..<72)))
    #expect(receipts.failed == 0)
    try await pair.channel.close()
  }

  /// Sends one frame and waits until its last byte is with the system.
  private static func send(_ number: Int, _ pair: OutputPair, _ receipts: Receipts) async throws {
    let promise = pair.promise()
    receipts.add(promise)
    try await pair.withOutput { output in
      let payload = frame(number).payload
      let header = FrameHeader(opcode: 2, payloadByteCount: UInt64(payload.count))
      output.write(header, payload, promise: promise)
      output.flush()
    }
    try await promise.futureResult.get()
  }

  @Test func `a socket without room gets everything from the channel later`() async throws {
    let pair = try await OutputPair.make()
    let receipts = Receipts()
    // A frame at a time until the system does not take the whole of one.
    var count = try await pair.withOutput { output in
      var count = 0
      repeat {
        Self.write(count..<count + 1, output, pair, receipts)
        output.flush()
        count += 1
      } while !output.isThroughChannel
      return count
    }
    try await pair.withOutput { [count] output in
      Self.write(count..<count + 20, output, pair, receipts)
      output.flush()
      #expect(output.isThroughChannel)
      #expect(receipts.succeeded == count - 1)
    }
    count += 20
    #expect(pair.reads(Self.bytes(0..<count)))
    try await pair.channel.close()
    #expect(receipts.failed == 0)
  }

  @Test(arguments: [1, 60])
  func `the end of the output comes behind everything that was written`(count: Int) async throws {
    let pair = try await OutputPair.make()
    let receipts = Receipts()
    try await pair.withOutput { output in
      Self.write(0..<count, output, pair, receipts)
      output.endDirect()
      pair.channel.close(mode: .output, promise: nil)
    }
    #expect(pair.readsToEnd(Self.bytes(0..<count)))
    try await pair.withOutput { output in
      Self.write(count..<count + 1, output, pair, receipts)
      output.flush()
    }
    #expect(receipts.failed == 1)
    try await pair.channel.close()
    #expect(receipts.succeeded == count)
  }

  @Test func `a peer that is gone fails the promise and closes the channel`() async throws {
    let pair = try await OutputPair.make()
    let receipts = Receipts()
    try await pair.withOutput { output in
      // On the loop, so that the write comes before the channel hears of the end.
      pair.shutDownFarEnd()
      Self.write(0..<1, output, pair, receipts)
      output.flush()
      #expect(!pair.channel.isActive)
    }
    try await pair.channel.closeFuture.get()
    #expect(receipts.failed == 1)
  }

  @Test func `what was not flushed when the channel closes fails`() async throws {
    let pair = try await OutputPair.make()
    let receipts = Receipts()
    try await pair.withOutput { output in
      Self.write(0..<2, output, pair, receipts)
      pair.channel.close(promise: nil)
      #expect(receipts.failed == 2)
      Self.write(2..<3, output, pair, receipts)
      output.flush()
      #expect(receipts.failed == 3)
    }
    #expect(pair.read(1) == [])
  }

  @Test func `bytes that are handed over need not be copied and stay what they are`() async throws {
    let pair = try await OutputPair.make(sendBufferBytes: 65_536)
    let first = ByteBuffer(bytes: [1, 2, 3])
    try await pair.withOutput { output in
      output.write(first, promise: nil)
      output.write(ByteBuffer(bytes: [4, 5]), promise: nil)
      output.flush()
      Self.write(0..<1, output, pair, Receipts())
      output.flush()
    }
    #expect(pair.reads([1, 2, 3, 4, 5] + Self.bytes(0..<1)))
    #expect(first == ByteBuffer(bytes: [1, 2, 3]))
    try await pair.channel.close()
  }
}
