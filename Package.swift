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
let nio: [Target.Dependency] = ["NIOCore", "NIOPosix", "NIOHTTP1"].map {
    .product(name: $0, package: "swift-nio")
}

/// One room of the house: a library target whose arrows are the table in `TidyTests`.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: house)
}

func tests(_ subject: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: subject + "Tests", dependencies: dependencies + ["TestSupport"],
        swiftSettings: house)
}

let package = Package(
    name: "colend",
    products: [
        .executable(name: "colend", targets: ["colend"]),
        .executable(name: "mock-bank", targets: ["MockBank"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
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
        room("SQLiteEngine", ["SQLStore", grdb, sqlite]),
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        room("PostgresEngine", ["SQLStore", "CPostgres"]),
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        room("CurlTransport", ["CCurl"]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        room(
            "PartnerGateway",
            rules + ["Reconciling", "Operations", "CurlTransport", "CCrypto", crypto, logging]),
        room("Settings", rules + [yams]),

        room(
            "Assembly",
            rules + [
                "Portfolio", "Reconciling", "Operations", "SQLStore", "SQLiteEngine",
                "PostgresEngine", "CurlTransport", "PartnerGateway", "Settings", crypto, logging,
            ]),
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
        tests("Settings", rules + ["Settings"]),
        tests(
            "StoreContract",
            rules + [
                "Portfolio", "Reconciling", "Operations", "SQLStore", "SQLiteEngine",
                "PostgresEngine",
            ]),
        tests("PostgresEngine", ["SQLStore", "PostgresEngine"]),
        tests("CurlTransport", ["CurlTransport"]),
        tests(
            "PartnerGateway",
            rules + ["Reconciling", "Operations", "CurlTransport", "PartnerGateway", "CCrypto"]),
        tests("Operations", rules + ["Portfolio", "Reconciling", "Operations"]),
        tests(
            "Assembly",
            [
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
