import ArgumentParser

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Prints a problem on standard error and ends the run with exit code 2.
func fail(_ problem: some Error) throws -> Never {
  let text = "\(problem)"
  // Problems in a file begin with their place; others with the program's name.
  let isLocated = text.contains(": error: ")
  let line = Array(((isLocated ? text : "wspact-provider: error: \(text)") + "\n").utf8)
  _ = write(STDERR_FILENO, line, line.count)
  throw ExitCode(2)
}

/// Prints a line on standard output, at once even when that is a pipe.
func announce(_ line: String) {
  print(line)
  fflush(nil)
}

/// Ends the process without any ceremony, as a planted bug does.
func endProcess(_ code: Int32) -> Never { _exit(code) }
