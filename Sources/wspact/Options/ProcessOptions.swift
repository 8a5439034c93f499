import ArgumentParser

/// The process of a provider that was not started here.
struct ProcessOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The process of the provider at --provider-url, to see whether its memory, descriptors or "
        + "threads grow (Linux).",
      valueName: "pid"
    )
  )
  var providerPid: Int32?

  func validate() throws {
    guard let providerPid, providerPid < 1 else { return }
    throw ValidationError("--provider-pid is \(providerPid); it has to be at least 1")
  }
}
