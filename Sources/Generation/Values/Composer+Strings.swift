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
    guard let common = plan.common else {
      if let text = triedString(plan, from: &source) { return text }
      throw .exhausted(node: whole.node)
    }
    // A text that only just misses a pattern says more than one that has nothing to do with it.
    if source.boolean(wanted: !plan.avoidedPatterns.isEmpty) {
      if let text = triedString(plan, from: &source) { return text }
      source.rollBack(to: start)
      _ = source.boolean(wanted: false)
    }
    if let text = common.write(from: &source), plan.accepts(text) { return text }
    source.rollBack(to: start)
    throw .exhausted(node: whole.node)
  }

  /// Makes strings until one meets what is required.
  private func triedString(_ plan: StringPlan, from source: inout ChoiceSource) -> String? {
    let start = source.checkpoint
    for attempt in 0..<options.maximumAttempts {
      let text =
        attempt == 0
        ? anyString(plan, attempt: attempt, from: &source)
        : source.improvising(attempt: attempt) { anyString(plan, attempt: attempt, from: &$0) }
      if plan.accepts(text) { return text }
      source.rollBack(to: start)
    }
    return nil
  }

  private func anyString(
    _ plan: StringPlan,
    attempt: Int,
    from source: inout ChoiceSource
  ) -> String {
    // Which of several requirements leads is a choice, so that each can be tried.
    if let text = broken(plan, from: &source) { return text }
    guard !plan.writers.isEmpty else {
      if let text = content(plan, from: &source) { return text }
      return source.string(StringBounds(lengths: plan.usualLengths))
    }
    switch plan.writers[source.index(below: plan.writers.count)] {
    case .pattern(let writer): return writer.write(from: &source, lengths: plan.usualLengths)
    case .format(let write): return write(&source)
    }
  }

  /// A text that breaks a pattern or format which it is not to meet: one that meets it, changed in
  /// one place.
  private func broken(_ plan: StringPlan, from source: inout ChoiceSource) -> String? {
    var text: String
    if let pattern = plan.avoidedPatterns.first {
      let writer = PatternWriter(pattern)
      text = writer.write(from: &source, lengths: plan.usualLengths)
    } else if let format = plan.violatedFormats.first, let write = FormatWriter.writer(of: format) {
      text = write(&source)
    } else {
      return nil
    }
    var scalars = text.unicodeScalars.map(\.value)
    let place = source.integer(in: 0...scalars.count)
    switch source.index(below: 8) {
    case 0: scalars = []
    case 1: scalars.insert(0x20, at: place)
    case 2: if place < scalars.count { scalars.remove(at: place) }
    case 3: if place < scalars.count { scalars[place] = 0x21 }
    case 4: if place < scalars.count { scalars.insert(scalars[place], at: place) }
    case 5: scalars.append(0x0A)
    case 6: if place < scalars.count { scalars[place] = 0x0660 }
    default: if place < scalars.count { scalars.swapAt(place, scalars.count - 1) }
    }
    text = String(scalars: scalars)
    return text
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
