import Generation
import JSON
import Testing

struct WireTextTests {
  @Test func `each text is JSON, or not, as it says`() {
    for variant in WireText.variants(of: ["type": "ping", "n": [1, nil, "x"]]) {
      guard let expected = variant.isJSON else { continue }
      let isJSON = (try? JSONDocument(parsing: variant.bytes)) != nil
      #expect(isJSON == expected, "\(variant.label)")
    }
  }
}
