import Testing

@testable import WebSocket

struct DeflateProposalTests {
  private static func elements(_ text: String) throws -> [WebSocketExtension] {
    try WebSocketExtension.parse([HeaderField("Sec-WebSocket-Extensions", text)])
  }

  private static func settings(
    _ change: (inout CompressionSettings) -> Void
  ) -> CompressionSettings {
    var settings = CompressionSettings()
    change(&settings)
    return settings
  }

  struct Answering: CustomTestStringConvertible {
    var settings = CompressionSettings()
    let offer: String
    /// nil: the offer is declined.
    let answer: String?
    let why: String
    var testDescription: String { why }
  }

  static let answers = [
    Answering(offer: "permessage-deflate", answer: "permessage-deflate", why: "5.1: no parameters"),
    Answering(offer: "x-webkit-deflate-frame", answer: nil, why: "5: another extension"),
    Answering(
      offer: "x-other, permessage-deflate; client_max_window_bits",
      answer: "permessage-deflate",
      why: "5: behind another extension"
    ),
    Answering(
      offer: "permessage-deflate; server_no_context_takeover",
      answer: "permessage-deflate; server_no_context_takeover",
      why: "7.1.1.1: asked for, so it is kept"
    ),
    Answering(
      settings: settings { $0.serverNoContextTakeover = true },
      offer: "permessage-deflate",
      answer: "permessage-deflate; server_no_context_takeover",
      why: "7.1.1.1: the server may do so unasked"
    ),
    Answering(
      offer: "permessage-deflate; client_no_context_takeover",
      answer: "permessage-deflate; client_no_context_takeover",
      why: "7.1.1.2: the hint is taken"
    ),
    Answering(
      settings: settings { $0.clientNoContextTakeover = true },
      offer: "permessage-deflate",
      answer: "permessage-deflate; client_no_context_takeover",
      why: "7.1.1.2: the server may ask unasked"
    ),
    Answering(
      offer: "permessage-deflate; server_max_window_bits=10",
      answer: "permessage-deflate; server_max_window_bits=10",
      why: "7.1.2.1: a smaller window"
    ),
    Answering(
      settings: settings { $0.serverMaxWindowBits = 9 },
      offer: "permessage-deflate; server_max_window_bits=10",
      answer: "permessage-deflate; server_max_window_bits=9",
      why: "7.1.2.1: an even smaller one"
    ),
    Answering(
      settings: settings { $0.serverMaxWindowBits = 12 },
      offer: "permessage-deflate",
      answer: "permessage-deflate; server_max_window_bits=12",
      why: "7.1.2.1: the server may say so unasked"
    ),
    Answering(
      offer: "permessage-deflate; server_max_window_bits=8",
      answer: nil,
      why: "7.1.2.1: a window that zlib cannot write with"
    ),
    Answering(
      offer: "permessage-deflate; server_max_window_bits=8, permessage-deflate",
      answer: "permessage-deflate",
      why: "5.1: the next offer of the same extension"
    ),
    Answering(
      offer: "permessage-deflate; client_max_window_bits=8",
      answer: "permessage-deflate; client_max_window_bits=8",
      why: "7.1.2.2: reading needs no more"
    ),
    Answering(
      settings: settings { $0.clientMaxWindowBits = 11 },
      offer: "permessage-deflate; client_max_window_bits",
      answer: "permessage-deflate; client_max_window_bits=11",
      why: "7.1.2.2: offered without a value"
    ),
    Answering(
      settings: settings { $0.clientMaxWindowBits = 11 },
      offer: "permessage-deflate; client_max_window_bits=12",
      answer: "permessage-deflate; client_max_window_bits=11",
      why: "7.1.2.2: smaller than offered"
    ),
    Answering(
      settings: settings { $0.clientMaxWindowBits = 11 },
      offer: "permessage-deflate",
      answer: "permessage-deflate",
      why: "7.1.2.2: not offered, so not named"
    ),
  ]

  @Test(arguments: answers)
  func `a server answers with what both can keep`(example: Answering) throws {
    let answer = DeflateProposal.answer(
      to: try Self.elements(example.offer),
      example.settings
    )
    #expect(answer?.element.description == example.answer)
  }

  @Test(
    arguments: [
      "x", "x=1", "server_no_context_takeover=1", "client_no_context_takeover=true",
      "server_max_window_bits", "server_max_window_bits=7", "server_max_window_bits=16",
      "server_max_window_bits=010", "server_max_window_bits=+9", "server_max_window_bits=a",
      "client_max_window_bits=7", "client_max_window_bits=16", "client_max_window_bits=08",
      "client_max_window_bits=12; client_max_window_bits",
      "server_no_context_takeover; server_no_context_takeover",
    ]
  )
  func `a server declines an offer with a parameter that may not be there (7_1)`(
    parameters: String
  ) throws {
    let elements = try Self.elements("permessage-deflate; \(parameters)")
    #expect(DeflateProposal.answer(to: elements, CompressionSettings()) == nil)
    #expect(throws: DeflateProposal.Problem.self) {
      try DeflateProposal(try #require(elements.first), isOffer: false)
    }
  }

  struct Checking: CustomTestStringConvertible {
    var settings = CompressionSettings()
    let answer: String
    let problem: String?
    let why: String
    var testDescription: String { why }
  }

  static let checks = [
    Checking(answer: "permessage-deflate", problem: nil, why: "the plain answer"),
    Checking(
      answer: "permessage-deflate; server_max_window_bits=8; client_max_window_bits=8",
      problem: nil,
      why: "7.1.2: windows that were not asked for"
    ),
    Checking(
      settings: settings { $0.serverNoContextTakeover = true },
      answer: "permessage-deflate",
      problem: "no 'server_no_context_takeover', which was asked for",
      why: "7.1.1.1: not kept"
    ),
    Checking(
      settings: settings { $0.serverMaxWindowBits = 10 },
      answer: "permessage-deflate",
      problem: "no 'server_max_window_bits' where 10 was asked for",
      why: "7.1.2.1: not kept"
    ),
    Checking(
      settings: settings { $0.serverMaxWindowBits = 10 },
      answer: "permessage-deflate; server_max_window_bits=11",
      problem: "'server_max_window_bits=11' where 10 was asked for",
      why: "7.1.2.1: larger than asked"
    ),
    Checking(
      settings: settings { $0.serverMaxWindowBits = 10 },
      answer: "permessage-deflate; server_max_window_bits=9",
      problem: nil,
      why: "7.1.2.1: smaller than asked"
    ),
    Checking(
      settings: settings { $0.clientMaxWindowBits = 10 },
      answer: "permessage-deflate; client_max_window_bits=11",
      problem: "'client_max_window_bits=11' where 10 was offered",
      why: "7.1.2.2: larger than offered"
    ),
  ]

  @Test(arguments: checks)
  func `a client checks that the answer keeps its offer`(example: Checking) throws {
    let offer = DeflateProposal(offering: example.settings)
    let element = try #require(try Self.elements(example.answer).first)
    let answer = try DeflateProposal(element, isOffer: false)
    let found = Result { () throws(DeflateProposal.Problem) in try offer.check(answer) }
    switch found {
    case .success: #expect(example.problem == nil)
    case .failure(let problem): #expect(problem.description == example.problem)
    }
  }

  @Test func `an offer that does not name the client's window is not answered with one`() throws {
    let element = try #require(
      try Self.elements("permessage-deflate; client_max_window_bits=9").first
    )
    let answer = try DeflateProposal(element, isOffer: false)
    let error = #expect(throws: DeflateProposal.Problem.self) {
      try DeflateProposal().check(answer)
    }
    #expect(error?.description == "'client_max_window_bits', which was not offered")
  }

  @Test func `what is offered can be read again`() throws {
    let settings = Self.settings {
      $0.serverNoContextTakeover = true
      $0.clientNoContextTakeover = true
      $0.serverMaxWindowBits = 12
      $0.clientMaxWindowBits = 13
    }
    let offer = DeflateProposal(offering: settings)
    let element = try #require(try Self.elements("\(offer.element)").first)
    #expect(try DeflateProposal(element, isOffer: true) == offer)
    #expect(
      "\(element)" == "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
        + "; server_max_window_bits=12; client_max_window_bits=13"
    )
  }
}
