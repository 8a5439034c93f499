package import JSON

/// What a run discovered about a provider: a value, made into sentences by the reports.
package struct Finding: Sendable, Hashable {
  /// How sure and how bad it is.
  package enum Severity: String, Sendable, Hashable, CaseIterable {
    /// It was reproduced, and breaks a promise.
    case failure
    /// It was seen, but not every time it was tried again.
    case flaky
    /// It belongs to a pending interaction, and does not fail the run.
    case pending
  }

  /// A stable code (`WSP201`), or empty where the rule's name says all.
  package var code: String
  /// The rule that was broken, as a short name in kebab-case (`late-reply`).
  package var rule: String
  /// How sure and how bad it is.
  package var severity: Severity
  /// One sentence: lower case, no full stop.
  package var message: String
  /// What makes two findings the same one (operation, place, kind); empty where it does not matter.
  package var signature: String
  /// Where in the traffic.
  package var traffic: TrafficLocation?
  /// Where the document has the operation or message that it is about.
  package var definition: SourceLocation?
  /// What was said and heard in the least sequence that shows it.
  package var talk: [TalkLine] = []
  /// Which part of the payload.
  package var pointer: JSONPointer?
  /// What should have been there, as text.
  package var expected: String?
  /// What was there, as text.
  package var actual: String?
  /// More lines that help to mend it (the sequence that leads there, a difference).
  package var details: [String]
  /// How to see it again.
  package var reproduction: Reproduction?
  /// What it took to find it, where it was searched for.
  package var effort: FindingEffort?

  /// States a finding.
  package init(
    code: String = "",
    rule: String,
    severity: Severity = .failure,
    message: String,
    signature: String = "",
    traffic: TrafficLocation? = nil,
    pointer: JSONPointer? = nil,
    expected: String? = nil,
    actual: String? = nil,
    details: [String] = [],
    reproduction: Reproduction? = nil,
    effort: FindingEffort? = nil
  ) {
    self.code = code
    self.rule = rule
    self.severity = severity
    self.message = message
    self.signature = signature
    self.traffic = traffic
    self.pointer = pointer
    self.expected = expected
    self.actual = actual
    self.details = details
    self.reproduction = reproduction
    self.effort = effort
  }
}

/// What it took to find something, and to make small what leads there.
package struct FindingEffort: Sendable, Hashable {
  /// The time from the beginning of the run until it was first seen.
  package var time: Duration
  /// How many messages had been sent until then, those of replays not counted.
  package var messages: Int
  /// How many sequences were played to try it again and to make it smaller.
  package var executions: Int
  /// How many messages are left of the sequence, those of cases that come before included.
  package var steps: Int

  /// States what it took.
  package init(time: Duration, messages: Int, executions: Int, steps: Int) {
    self.time = time
    self.messages = messages
    self.executions = executions
    self.steps = steps
  }
}

/// A place in the traffic.
package struct TrafficLocation: Sendable, Hashable {
  /// The connection's name.
  package var connection: String
  /// The number of the frame or message on that connection, from 1, both directions counted.
  package var frame: Int?
  /// The step of the scenario, from 1.
  package var step: Int?

  /// Names a place.
  package init(connection: String, frame: Int? = nil, step: Int? = nil) {
    self.connection = connection
    self.frame = frame
    self.step = step
  }
}

/// How to see a finding again.
package struct Reproduction: Sendable, Hashable {
  /// The seed of the run, where chance was involved.
  package var seed: UInt64?
  /// The one command that shows it again.
  package var command: String
  /// The scenario that was saved.
  package var scenarioFile: String?
  /// The transcript that was saved.
  package var transcriptFile: String?
  /// How often it came again, out of how many tries.
  package var reproduced: Int
  /// How often it was tried again.
  package var attempts: Int

  /// Describes a reproduction.
  package init(
    seed: UInt64? = nil,
    command: String,
    scenarioFile: String? = nil,
    transcriptFile: String? = nil,
    reproduced: Int = 0,
    attempts: Int = 0
  ) {
    self.seed = seed
    self.command = command
    self.scenarioFile = scenarioFile
    self.transcriptFile = transcriptFile
    self.reproduced = reproduced
    self.attempts = attempts
  }
}

/// Something that was said or happened in a sequence, ready for people.
package struct TalkLine: Sendable, Hashable {
  /// Who says it.
  package enum Speaker: String, Sendable, Hashable {
    /// This program, as a client.
    case client
    /// The provider.
    case provider
    /// Nobody: it happened on the connection, or did not.
    case event
    /// Nobody: it happened to the provider's process.
    case process
  }

  /// The connection; `nil` where it is about none, or there is only one.
  package var connection: String?
  /// Who says it.
  package var speaker: Speaker
  /// What is said, on one line.
  package var text: String
  /// More of what is said, for reports that have the room; `nil` where ``text`` is all.
  package var whole: String?

  /// Keeps a line.
  package init(
    connection: String? = nil,
    speaker: Speaker,
    text: String,
    whole: String? = nil
  ) {
    self.connection = connection
    self.speaker = speaker
    self.text = text
    self.whole = whole
  }

  /// The line as plain text: `c1 -> {"type":"ping"}`.
  package var plain: String {
    let place = connection.map { "\($0) " } ?? ""
    switch speaker {
    case .client: return "\(place)-> \(text)"
    case .provider: return "\(place)<- \(text)"
    case .event: return "\(place)   \(text)"
    case .process: return text
    }
  }
}
