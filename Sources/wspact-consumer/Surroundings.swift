import ArgumentParser

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Prints a line on standard output, at once even when that is a pipe.
func report(_ line: String) {
  print(line)
  fflush(nil)
}

/// Prints a sentence on standard error and ends the run with an exit code.
func fail(_ reason: String, code: Int32) throws -> Never {
  let line = Array("wspact-consumer: error: \(reason)\n".utf8)
  _ = write(STDERR_FILENO, line, line.count)
  throw ExitCode(code)
}

/// A variable of the environment, or `nil` when it is not set.
func environmentVariable(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}
