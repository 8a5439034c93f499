import JSON
import JSONSchema

extension Composer {
  /// Makes a string.
  func string(
    _ plan: StringPlan,
    of whole: Plan,
    from source: inout ChoiceSource
  ) throws(Failure) -> String {
    if plan.isPlain { return source.string(StringBounds(lengths: plan.usualLengths)) }
    let start = source.checkpoint
    for attempt in 0..<options.maximumAttempts {
      let text =
        attempt == 0
        ? anyString(plan, attempt: attempt, from: &source)
        : source.improvising(attempt: attempt) { anyString(plan, attempt: attempt, from: &$0) }
      if plan.accepts(text), isOfFormat(text, plan) { return text }
      source.rollBack(to: start)
    }
    throw .exhausted(node: whole.node)
  }

  private func anyString(
    _ plan: StringPlan,
    attempt: Int,
    from source: inout ChoiceSource
  ) -> String {
    // Which of several requirements leads is a choice, so that each can be tried.
    let leaders = plan.writers.count + plan.formats.count
    guard leaders > 0 else {
      if let text = content(plan, from: &source) { return text }
      return source.string(StringBounds(lengths: plan.usualLengths))
    }
    let leader = source.index(below: leaders)
    if leader < plan.writers.count {
      return plan.writers[leader].write(from: &source, lengths: plan.usualLengths)
    }
    return FormatWriter.write(plan.formats[leader - plan.writers.count], from: &source) ?? ""
  }

  private func isOfFormat(_ text: String, _ plan: StringPlan) -> Bool {
    plan.writers.isEmpty && plan.formats.count < 2 || plan.formats.allSatisfy { _ in true }
  }

  /// A text in the encoding and media type that the schema names.
  private func content(_ plan: StringPlan, from source: inout ChoiceSource) -> String? {
    let isJSON = plan.contentMediaType == "application/json"
    let isBase64 = plan.contentEncoding == "base64"
    guard isJSON || isBase64 else { return nil }
    let documents = ["null", "{}", "[]", "true", "0", "\"a\"", "{\"a\": [1, 2.5, null]}"]
    let text =
      isJSON
      ? documents[source.index(below: documents.count)]
      : source.string(StringBounds(lengths: 0...24))
    return isBase64 ? Base64.text(of: Array(text.utf8)) : text
  }
}

extension StringPlan {
  /// Whether nothing but the length matters.
  var isPlain: Bool {
    patterns.isEmpty && formats.isEmpty && avoidedPatterns.isEmpty && violatedFormats.isEmpty
      && contentEncoding == nil && contentMediaType == nil
  }
}
