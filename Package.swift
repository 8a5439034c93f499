// swift-tools-version: 6.2

import PackageDescription

/// One settings array serves every target: Swift 6 mode, warnings as errors, explicit imports.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

// Third-party products, each with its reason.
let argumentParser: Target.Dependency =  // options, help texts and completion scripts
  .product(name: "ArgumentParser", package: "swift-argument-parser")
let yams: Target.Dependency =  // YAML with positions
  .product(name: "Yams", package: "Yams")
let nioCore: Target.Dependency =  // sockets, event loops, byte buffers
  .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioWebSocket: Target.Dependency =  // measured beside our own frames; an example's client
  .product(name: "NIOWebSocket", package: "swift-nio")
let nioSSL: Target.Dependency =  // TLS, for wss
  .product(name: "NIOSSL", package: "swift-nio-ssl")
let nioLocks: Target.Dependency =  // a lock that the thread sanitizer understands
  .product(name: "NIOConcurrencyHelpers", package: "swift-nio")
let nioHTTP: Target.Dependency =  // the opening handshake and plain HTTP routes
  .product(name: "NIOHTTP1", package: "swift-nio")
let subprocess: Target.Dependency =  // starts and watches providers and consumers
  .product(name: "Subprocess", package: "swift-subprocess")
let system: Target.Dependency =  // the type of paths in Subprocess's interface
  .product(name: "SystemPackage", package: "swift-system")

/// A library target of the package; its imports may only point up the list below.
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// A command that users run.
func command(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The tests of one target, in a folder of the same name.
func tests(
  _ name: String,
  _ dependencies: [Target.Dependency],
  exclude: [String] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: [.byName(name: name), "TestSupport"] + dependencies,
    exclude: exclude,
    swiftSettings: settings
  )
}

let package = Package(
  name: "wspact",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "wspact", targets: ["wspact"]),
    .executable(name: "wspact-provider", targets: ["wspact-provider"]),
    .executable(name: "wspact-consumer", targets: ["wspact-consumer"]),
    .library(name: "WSPactTesting", targets: ["WSPactTesting"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.34.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.6.0"),
  ],
  targets: [
    // Values and specifications, from the ground up.
    library("JSON"),
    library("YAML", ["JSON", yams]),
    library("JSONSchema", ["JSON"]),
    library("Contract", ["JSON", "JSONSchema"]),
    library("AsyncAPI", ["JSON", "YAML", "JSONSchema", "Contract"]),
    library("Pact", ["JSON", "JSONSchema", "Contract"]),
    library("Generation", ["JSON", "JSONSchema", "Contract"]),

    // The wire.
    // DEFLATE for permessage-deflate: a Swift toolchain on Linux asks for zlib's headers anyway.
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    library("WebSocket", ["CZlib", nioCore, nioPosix, nioLocks, nioHTTP, nioSSL]),
    library(
      "Session",
      ["JSON", "JSONSchema", "YAML", "Contract", "WebSocket", subprocess, system]
    ),

    // One feature each; none imports another.
    library("Capture", ["JSON", "JSONSchema", "Contract", "Pact", "Session", "WebSocket"]),
    library("Verify", ["JSON", "JSONSchema", "Contract", "Pact", "Session", "WebSocket"]),
    library("Fuzz", ["JSON", "JSONSchema", "Contract", "Generation", "Session", "WebSocket"]),
    library("Reporting", ["JSON", "Contract"]),

    // What consumers' own tests import.
    library("WSPactTesting", ["JSON", "Contract", "Pact", "Session", "WebSocket"]),

    // What users type, and the systems that the toolkit proves itself on.
    library("ReferenceProviders", ["JSON", "JSONSchema", "WebSocket", nioCore, nioPosix]),
    command(
      "wspact",
      [
        "JSON", "YAML", "JSONSchema", "Contract", "AsyncAPI", "Pact", "Generation", "WebSocket",
        "Session", "Capture", "Verify", "Fuzz", "Reporting", argumentParser,
      ]
    ),
    command(
      "wspact-provider",
      [
        "JSON", "JSONSchema", "Contract", "AsyncAPI", "WebSocket", "Session",
        "ReferenceProviders", argumentParser,
      ]
    ),
    command("wspact-consumer", ["JSON", "WebSocket", argumentParser]),
    command(
      "Benchmarks",
      [
        "JSON", "JSONSchema", "Contract", "AsyncAPI", "Pact", "Generation", "WebSocket", "Session",
        "ReferenceProviders", nioCore, nioPosix, nioWebSocket,
      ]
    ),

    // Tests mirror the sources.
    .target(
      name: "TestSupport",
      dependencies: ["JSON"],
      path: "Tests/TestSupport",
      swiftSettings: settings
    ),
    tests("JSON", []),
    tests("YAML", ["JSON"]),
    tests("JSONSchema", ["JSON"]),
    tests("Contract", ["JSON", "YAML", "JSONSchema"]),
    tests("AsyncAPI", ["JSON", "YAML", "JSONSchema", "Contract"]),
    tests("Pact", ["JSON", "JSONSchema", "Contract"]),
    tests("Generation", ["JSON", "JSONSchema", "Contract"]),
    tests("WebSocket", [nioCore, nioPosix, nioLocks, nioHTTP]),
    tests("Session", ["JSON", "JSONSchema", "Contract", "WebSocket"]),
    tests(
      "Capture",
      ["JSON", "JSONSchema", "Contract", "AsyncAPI", "Pact", "Session", "WebSocket"],
      exclude: ["Snapshots"]
    ),
    tests(
      "Verify",
      ["JSON", "JSONSchema", "Contract", "AsyncAPI", "Pact", "Session", "WebSocket"]
    ),
    tests(
      "Fuzz",
      ["JSON", "JSONSchema", "Contract", "AsyncAPI", "Generation", "Session", "WebSocket"]
    ),
    tests("Reporting", ["JSON", "Contract"], exclude: ["Snapshots"]),
    tests("WSPactTesting", ["JSON", "Contract", "Pact", "WebSocket"]),
    tests(
      "ReferenceProviders",
      ["JSON", "YAML", "JSONSchema", "Contract", "AsyncAPI", "WebSocket"]
    ),

    // A consumer with its contract tests, as users of WSPactTesting write them.
    .target(
      name: "PriceClient",
      dependencies: [nioCore, nioPosix, nioHTTP, nioWebSocket],
      path: "fixtures/testing/PriceClient",
      swiftSettings: settings
    ),
    .testTarget(
      name: "PriceClientTests",
      dependencies: ["PriceClient", "WSPactTesting"],
      path: "fixtures/testing/PriceClientTests",
      swiftSettings: settings
    ),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "JSON", "Contract", "Session", "TestSupport", "WebSocket", "wspact", subprocess,
      ],
      exclude: ["Snapshots"],
      swiftSettings: settings
    ),
  ]
)
