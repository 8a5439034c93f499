import ArgumentParser

/// The forms in which `wspact ping` tells what it found.
enum PingFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}
