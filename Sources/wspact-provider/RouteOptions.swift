import ArgumentParser
import WebSocket

/// What is served over plain HTTP beside the socket, on its port.
struct RouteOptions: ParsableArguments {
  @Option(
    name: .customLong("static"),
    help: ArgumentHelp("Serve the files of this folder over HTTP.", valueName: "folder")
  )
  var folder: String?

  @Flag(help: "Serve counters of connections, messages and closes at /metrics, for Prometheus.")
  var metrics = false

  /// Adds the routes to a server.
  ///
  /// - Throws: `TransportError` when there is no such folder.
  func add(to configuration: inout ServerConfiguration) throws {
    configuration.staticFiles = try folder.map { path throws(TransportError) in
      try StaticFiles(folder: path)
    }
    configuration.metrics = metrics ? ServerMetrics() : nil
  }
}
