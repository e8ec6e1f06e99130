// swift-tools-version: 6.2
import PackageDescription

// CI treats warnings as errors; a user's newer compiler must not break the build.
let strict: [SwiftSetting] =
    Context.environment["COLEND_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)]

let house: [SwiftSetting] =
    strict + [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]

let values: [Target.Dependency] = ["Monetary", "BusinessCalendar"]
let rules: [Target.Dependency] = values + ["Bookkeeping", "LendingRules"]

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let lifecycle: [Target.Dependency] = ["ServiceLifecycle", "UnixSignals"].map {
    .product(name: $0, package: "swift-service-lifecycle")
}
let hummingbird: [Target.Dependency] = [
    .product(name: "Hummingbird", package: "hummingbird"),
    .product(name: "HummingbirdCore", package: "hummingbird"),
    .product(name: "HTTPTypes", package: "swift-http-types"),
    .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
    logging,
]
let nio: [Target.Dependency] = ["NIOCore", "NIOPosix", "NIOHTTP1"].map {
    .product(name: $0, package: "swift-nio")
}

/// One room of the house: a library target whose arrows are the table in `TidyTests`.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: house)
}

func tests(
    _ subject: String, _ dependencies: [Target.Dependency] = [], _ linking: [LinkerSetting] = []
) -> Target {
    .testTarget(
        name: subject + "Tests", dependencies: dependencies + ["TestSupport"],
        swiftSettings: house, linkerSettings: linking)
}

/// So that libcurl asks a test, and not the C library, for the address of a name.
let findsNames = LinkerSetting.unsafeFlags(
    ["-Xlinker", "--export-dynamic-symbol=getaddrinfo"], .when(platforms: [.linux]))

let package = Package(
    name: "colend",
    products: [
        .executable(name: "colend", targets: ["colend"]),
        .executable(name: "mock-bank", targets: ["MockBank"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        // Without its traits: no configuration reader, which would bring its own packages.
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        // Pure: no I/O, clock, randomness, Foundation or floating point.
        room("Monetary"),
        room("BusinessCalendar"),
        room("Bookkeeping", values),
        room("LendingRules", values + ["Bookkeeping"]),
        room("Portfolio", rules),
        room("Reconciling", values),

        room("Operations", rules + ["Portfolio", "Reconciling", logging]),

        // Adapters.
        room("SQLStore", rules + ["Portfolio", "Reconciling", "Operations", crypto]),
        // For the calls that GRDB's own module of the library does not give.
        .systemLibrary(
            name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        room("SQLiteEngine", ["SQLStore", "CSQLite", grdb, sqlite]),
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        room("PostgresEngine", ["SQLStore", "CPostgres"]),
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        room("CurlTransport", ["CCurl"]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        room(
            "PartnerGateway",
            rules + ["Reconciling", "Operations", "CurlTransport", "CCrypto", crypto, logging]),
        room("HTTPAPI", rules + ["Operations"] + hummingbird + lifecycle),
        room("Settings", rules + [yams]),

        .systemLibrary(name: "CMemory"),
        room(
            "Assembly",
            rules + [
                "Portfolio", "Reconciling", "Operations", "SQLStore", "SQLiteEngine",
                "PostgresEngine", "CurlTransport", "PartnerGateway", "HTTPAPI", "Settings",
                "CMemory",
                crypto, logging,
            ] + lifecycle),
        .executableTarget(
            name: "colend", dependencies: ["Assembly", argumentParser], swiftSettings: house),

        // The partner banks know nothing of the platform's code.
        .systemLibrary(
            name: "CBankCrypto", path: "Mocks/CBankCrypto", pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"])]),
        .executableTarget(
            name: "MockBank",
            dependencies: nio + [nioSSL, "CBankCrypto", argumentParser, crypto, yams],
            path: "Mocks/MockBank", swiftSettings: house),

        .target(
            name: "TestSupport", dependencies: rules, path: "Tests/Support",
            swiftSettings: house),
        tests("Monetary", ["Monetary"]),
        tests("BusinessCalendar", ["BusinessCalendar"]),
        tests("Bookkeeping", ["Bookkeeping"] + values),
        tests("LendingRules", rules),
        tests("Portfolio", rules + ["Portfolio"]),
        tests("Reconciling", values + ["Reconciling"]),
        tests("Settings", rules + ["Settings", yams]),
        tests(
            "StoreContract",
            rules + [
                "Portfolio", "Reconciling", "Operations", "SQLStore", "SQLiteEngine",
                "PostgresEngine",
            ]),
        tests("PostgresEngine", ["SQLStore", "PostgresEngine"]),
        tests("CurlTransport", ["CurlTransport"], [findsNames]),
        tests(
            "PartnerGateway",
            rules + ["Reconciling", "Operations", "CurlTransport", "PartnerGateway", "CCrypto"]),
        tests("HTTPAPI", rules + ["Operations", "HTTPAPI", logging] + lifecycle),
        tests("Operations", rules + ["Portfolio", "Reconciling", "Operations"]),
        tests(
            "Assembly",
            rules + [
                "Reconciling", "Operations", "SQLStore", "SQLiteEngine", "PartnerGateway",
                "Assembly",
            ]),
        .testTarget(
            name: "MockBankTests", dependencies: nio + [nioSSL, "MockBank", "TestSupport"],
            swiftSettings: house),
        tests("EndToEnd", values + ["colend", "MockBank"]),
        tests("Simulation", values + ["Operations", "colend", "MockBank"]),
        tests("Tidy"),
    ],
    swiftLanguageModes: [.v6]
)
