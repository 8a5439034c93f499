/// How much of what the document allows came up in a run.
package struct RunCoverage: Sendable, Hashable {
  /// A message, and how often it came up.
  package struct Message: Sendable, Hashable {
    /// Its name.
    package var name: String
    /// Which way it travels.
    package var direction: MessageDirection
    /// How often it was sent or received as the document has it.
    package var count: Int
    /// What was tried of its schema; `nil` for messages of the provider.
    package var keywords: Keywords?

    /// Counts a message.
    package init(name: String, direction: MessageDirection, count: Int, keywords: Keywords? = nil) {
      self.name = name
      self.direction = direction
      self.count = count
      self.keywords = keywords
    }
  }

  /// The places of keywords in a schema, and what was sent of them.
  package struct Keywords: Sendable, Hashable {
    /// How many keywords have a boundary that a valid message can stand at.
    package var valid: Int
    /// How many of these a message stood at.
    package var validSeen: Int
    /// How many can be broken while all others are kept.
    package var invalid: Int
    /// How many of these a message broke.
    package var invalidSeen: Int
    /// The places that were neither tried at a boundary nor broken though they could have been.
    package var untried: [String]

    /// Counts places.
    package init(
      valid: Int,
      validSeen: Int,
      invalid: Int,
      invalidSeen: Int,
      untried: [String] = []
    ) {
      self.valid = valid
      self.validSeen = validSeen
      self.invalid = invalid
      self.invalidSeen = invalidSeen
      self.untried = untried
    }
  }

  /// An answer that the document lets an operation have.
  package struct Answer: Sendable, Hashable {
    /// The operation.
    package var operation: String
    /// The first message of the answer.
    package var reply: String
    /// How often it came.
    package var count: Int

    /// Counts an answer.
    package init(operation: String, reply: String, count: Int) {
      self.operation = operation
      self.reply = reply
      self.count = count
    }
  }

  /// Every message, in the document's order; one that travels both ways stands twice.
  package var messages: [Message]
  /// Every answer of every operation, in the document's order.
  package var answers: [Answer]
  /// How many pairs of answers were seen one right after the other.
  package var transitions: Int

  /// States how much came up.
  package init(messages: [Message], answers: [Answer], transitions: Int) {
    self.messages = messages
    self.answers = answers
    self.transitions = transitions
  }

  /// The places of all messages together; `nil` where no message was looked into.
  package var keywords: Keywords? {
    let parts = messages.compactMap(\.keywords)
    guard !parts.isEmpty else { return nil }
    return Keywords(
      valid: parts.reduce(0) { $0 + $1.valid },
      validSeen: parts.reduce(0) { $0 + $1.validSeen },
      invalid: parts.reduce(0) { $0 + $1.invalid },
      invalidSeen: parts.reduce(0) { $0 + $1.invalidSeen }
    )
  }
}
