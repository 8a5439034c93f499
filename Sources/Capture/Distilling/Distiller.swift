package import Contract
import JSON
package import Pact

/// Makes a contract from recorded traffic.
///
/// It opens no socket and reads no file: transcripts and the document in, contract and findings out.
package struct Distiller: Sendable {
  /// What the contract is to be like.
  package struct Options: Sendable {
    /// What must be true of the provider beforehand, for every interaction.
    package var providerStates: [ProviderState]
    /// Whether interactions of the old contract that were not seen are dropped.
    package var dropsUnseen: Bool
    /// What is kept out of the contract.
    package var redaction: Redaction

    /// The defaults.
    package init(
      providerStates: [ProviderState] = [],
      dropsUnseen: Bool = false,
      redaction: Redaction = Redaction()
    ) {
      self.providerStates = providerStates
      self.dropsUnseen = dropsUnseen
      self.redaction = redaction
    }
  }

  /// What came of a recording.
  package struct Distillate: Sendable {
    /// The contract.
    package var contract: PactFile
    /// How it differs from the one that was there.
    package var changes: [ContractChange]
    /// What the document does not allow; a contract must not be written when there is any.
    package var findings: [Finding]
    /// Remarks.
    package var notes: [String]
  }

  private let api: APIDescription
  private let consumer: String
  private let provider: String
  private let options: Options

  /// Prepares for contracts between a consumer and a provider.
  package init(
    api: APIDescription,
    consumer: String,
    provider: String,
    options: Options = Options()
  ) {
    self.api = api
    self.consumer = consumer
    self.provider = provider
    self.options = options
  }

  /// Makes the contract of a transcript, joined with one that is there already.
  package func distil(_ transcript: Transcript, existing: PactFile? = nil) -> Distillate {
    distil(Recording(transcript), existing: existing)
  }

  /// Makes the contract of a recording, joined with one that is there already.
  package func distil(_ recording: Recording, existing: PactFile? = nil) -> Distillate {
    var reading = MessageReading(api)
    var pairing = Pairing(api)
    pairing.read(recording, &reading)
    let folding = Folding(pairing.turns)
    var builder = InteractionBuilder(
      recording: recording,
      folding: folding,
      redaction: options.redaction,
      providerStates: options.providerStates
    )
    let interactions = builder.interactions()
    var old = existing ?? PactFile(consumer: consumer, provider: provider)
    let before = old
    old.consumer.name = consumer
    old.provider.name = provider
    var merge = ContractMerge(api: api, existing: old, dropsUnseen: options.dropsUnseen)
    let contract = merge.merged(with: interactions)
    let renamed = JSONDifference.between(
      expected: [
        "consumer": .string(before.consumer.name), "provider": .string(before.provider.name),
      ],
      actual: ["consumer": .string(consumer), "provider": .string(provider)]
    )
    let findings = recording.findings + reading.findings + pairing.findings
    return Distillate(
      contract: contract,
      changes: (renamed.isEmpty ? [] : [.header(renamed)]) + merge.changes,
      findings: findings.enumerated().sorted { left, right in
        (left.element.place, left.offset) < (right.element.place, right.offset)
      }.map(\.element),
      notes: pairing.notes + secretNotes(recording)
    )
  }

  private func secretNotes(_ recording: Recording) -> [String] {
    var names: [String] = []
    for connection in recording.connections {
      for name in options.redaction.secrets(in: connection.handshake) where !names.contains(name) {
        names.append(name)
      }
    }
    return names.map { name in
      "the query parameter '\(name)' looks like a secret and is left out; give it with the "
        + "provider's URL when verifying"
    }
  }
}

extension Finding {
  /// Orders findings by where they stand in the traffic.
  fileprivate var place: Place {
    Place(connection: traffic?.connection ?? "", frame: traffic?.frame ?? 0)
  }

  fileprivate struct Place: Comparable {
    var connection: String
    var frame: Int

    static func < (left: Place, right: Place) -> Bool {
      (left.connection, left.frame) < (right.connection, right.frame)
    }
  }
}
