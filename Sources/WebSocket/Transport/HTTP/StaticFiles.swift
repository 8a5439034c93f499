#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Serves the files of one folder, and nothing else.
///
/// Nothing outside the folder is reached, also not through links, and no name that begins with a
/// dot but `.well-known`. A folder's `index.html` stands for it; folders are not listed.
///
/// Spec: RFC 9110 §8.8 (validators), §9.3.1 (GET), §9.3.2 (HEAD), §13.1 (conditional requests),
/// §14 (ranges), §15.
package struct StaticFiles: Hashable, Sendable {
  /// The folder, links resolved.
  package let folder: String

  /// Takes a folder.
  ///
  /// - Throws: ``TransportError/invalidRequest(_:)`` when there is no such folder.
  package init(folder: String) throws(TransportError) {
    guard let real = Self.realPath(folder), Self.isFolder(real) else {
      throw .invalidRequest("'\(folder)' is no folder that can be served")
    }
    self.folder = real == "/" ? "" : real
  }

  /// Answers a request.
  ///
  /// - Returns: The file or the part that was asked for, 301 for a folder without its slash, 304 for what the client has already,
  ///   400, 404, 405 or 416.
  package func response(to request: PlainHTTPRequest) -> PlainHTTPResponse {
    guard request.isReading else { return .notAllowed(request, allowed: ["GET", "HEAD"]) }
    guard let parts = Self.parts(of: request.path) else {
      return .text("the path \(request.path.shortened()) cannot be read\n", status: 400)
    }
    guard let path = resolved(parts) else { return .nothing(at: request.path) }
    let hasSlash = request.path.hasSuffix("/")
    guard Self.isFolder(path) else {
      return hasSlash ? .nothing(at: request.path) : file(path, for: request)
    }
    guard hasSlash else {
      // Only what stands behind the last slash, so that no other host can be meant.
      let name = request.path.split(separator: "/").last ?? ""
      let query = request.target.dropFirst(request.path.count)
      return .text(
        "this is a folder\n",
        status: 301,
        headers: [HeaderField("Location", "./\(name)/\(query)")]
      )
    }
    guard let index = resolved(parts + ["index.html"]) else { return .nothing(at: request.path) }
    return file(index, for: request)
  }

  private func file(_ path: String, for request: PlainHTTPRequest) -> PlainHTTPResponse {
    guard let file = OpenFile(path: path) else { return .nothing(at: request.path) }
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    let changed = HTTPDate.text(secondsSince1970: file.modified)
    let validators = [
      HeaderField("ETag", file.tag), HeaderField("Last-Modified", changed),
      // A file under development is asked for each time; its validators make that cheap.
      HeaderField("Cache-Control", "no-cache"), HeaderField("Accept-Ranges", "bytes"),
    ]
    if isFresh(request, tag: file.tag, changed: changed) {
      return PlainHTTPResponse(status: 304, headers: validators)
    }
    var response = PlainHTTPResponse(
      status: 200,
      headers: [
        HeaderField("Content-Type", ContentType.of(fileName: name)),
        HeaderField("X-Content-Type-Options", "nosniff"),
      ] + validators,
      file: file
    )
    switch range(request, of: file) {
    case .whole: break
    case .part(let range):
      response.status = 206
      let text = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(file.byteCount)"
      response.headers.append(HeaderField("Content-Range", text))
      response.fileRange = range
    case .outside:
      return .text(
        "the file has \(file.byteCount) bytes\n",
        status: 416,
        headers: [HeaderField("Content-Range", "bytes */\(file.byteCount)")] + validators
      )
    }
    return response
  }

  /// The part of a file that is asked for.
  ///
  /// A condition counts only with the file's own tag: a time is too coarse to promise that the file
  /// is still the one whose other part the client has.
  ///
  /// Spec: RFC 9110 §14.2 (only GET has ranges), §13.1.5 (If-Range).
  private func range(_ request: PlainHTTPRequest, of file: OpenFile) -> ByteRange {
    let condition = request.header("If-Range")
    guard request.method == "GET", condition == nil || condition == file.tag else { return .whole }
    let fields = request.headers.all(named: "Range")
    return ByteRange(fields.count == 1 ? fields[0] : nil, of: file.byteCount)
  }

  /// Whether the client has the file as it is; a time counts only where no tag is given.
  ///
  /// Spec: RFC 9110 §13.1.2, §13.1.3, §13.2.2; a time is compared as text, as it was given out.
  private func isFresh(_ request: PlainHTTPRequest, tag: String, changed: String) -> Bool {
    let tags = request.headers.elements(named: "If-None-Match")
    if !tags.isEmpty {
      return tags.contains { $0 == "*" || $0 == tag || $0 == "W/" + tag }
    }
    return request.header("If-Modified-Since") == changed
  }
}

// MARK: - Paths

extension StaticFiles {
  /// The decoded names in a path; `nil` for one that is no path.
  private static func parts(of path: String) -> [String]? {
    guard path.hasPrefix("/") else { return nil }
    var parts: [String] = []
    for part in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      guard let name = PercentEncoding.decodePath(part), !name.utf8.contains(0) else { return nil }
      parts.append(name)
    }
    if parts.last == "" { parts.removeLast() }
    return parts
  }

  /// Where names lead to, links resolved; `nil` when that is nothing or not in the folder.
  private func resolved(_ parts: [String]) -> String? {
    let isPlain = parts.allSatisfy { name in
      !name.isEmpty && !name.contains("/") && (!name.hasPrefix(".") || name == ".well-known")
    }
    guard isPlain, let real = Self.realPath(([folder] + parts).joined(separator: "/")) else {
      return nil
    }
    return real == folder || real.hasPrefix(folder + "/") ? real : nil
  }

  private static func realPath(_ path: String) -> String? {
    guard let found = realpath(path.isEmpty ? "/" : path, nil) else { return nil }
    defer { free(found) }
    return String(cString: found)
  }

  private static func isFolder(_ path: String) -> Bool {
    var facts = stat()
    return stat(path.isEmpty ? "/" : path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
  }
}
