/// Who may import whom. Nothing points back; the compiler alone would miss C libraries, packages
/// and Foundation.
enum ArrowTable {
    static let values: Set = ["Monetary", "BusinessCalendar"]
    static let rules: Set = values.union(["Bookkeeping", "LendingRules"])
    static let operations: Set = rules.union(["Portfolio", "Reconciling", "Operations"])

    /// Same input, same output, byte for byte: no clock, randomness, I/O or floating point.
    static let pure = rules.union(["Portfolio", "Reconciling"])

    /// Inside the package: a target and what it may import.
    static let arrows: [String: Set<String>] = rooms.merging(tests) { room, _ in room }

    static let rooms: [String: Set<String>] = [
        "Monetary": [],
        "BusinessCalendar": [],
        "Bookkeeping": values,
        "LendingRules": values.union(["Bookkeeping"]),
        "Portfolio": rules,
        // The checker cannot inherit the bug it looks for.
        "Reconciling": values,
        "Operations": pure,
        "SQLStore": operations,
        "SQLiteEngine": ["SQLStore", "CSQLite"],
        "PostgresEngine": ["SQLStore", "CPostgres"],
        "CurlTransport": ["CCurl"],
        "PartnerGateway": operations.subtracting(["Portfolio"])
            .union(["CurlTransport", "CCrypto", "CXML"]),
        "HTTPAPI": operations,
        "WebConsole": operations,
        "Settings": rules,
        "Assembly": operations.union([
            "SQLStore", "SQLiteEngine", "PostgresEngine", "CurlTransport", "PartnerGateway",
            "HTTPAPI", "WebConsole", "Settings", "CMemory",
        ]),
        "colend": ["Assembly"],
        "MockBank": [],
        "TestSupport": rules,
    ]

    /// The tests of a room see what the room sees; those of the whole see it from outside.
    static let tests: [String: Set<String>] = {
        var tests = Dictionary(
            uniqueKeysWithValues: rooms.map { room, arrows in
                (room + "Tests", arrows.union([room, "TestSupport"]))
            })
        tests["StoreContractTests"] = operations.union([
            "SQLStore", "SQLiteEngine", "PostgresEngine", "TestSupport",
        ])
        tests["EndToEndTests"] = values.union(["TestSupport"])
        // Of the operations it knows only the names of the points where it kills.
        tests["SimulationTests"] = values.union(["Operations", "TestSupport"])
        tests["TidyTests"] = []
        return tests
    }()

    /// From outside the package: a module and the rooms that may import it. Tests may import what
    /// their room may, and whatever is in `forTests`.
    static let outside: [String: Set<String>] = [
        "ArgumentParser": ["colend", "MockBank"],
        "CBankCrypto": ["MockBank"],
        "CCrypto": ["PartnerGateway"],
        "CCurl": ["CurlTransport"],
        "CMemory": ["Assembly"],
        "CPostgres": ["PostgresEngine"],
        "CSQLite": ["SQLiteEngine"],
        "CXML": ["PartnerGateway"],
        "Crypto": ["SQLStore", "PartnerGateway", "Assembly", "MockBank"],
        "Dispatch": system,
        "Foundation": impure,
        "FoundationEssentials": impure,
        "GRDB": ["SQLiteEngine"],
        "GRDBSQLite": ["SQLiteEngine"],
        "Glibc": system,
        "HTTPTypes": ["HTTPAPI"],
        "Hummingbird": ["HTTPAPI"],
        "HummingbirdCore": ["HTTPAPI"],
        "Logging": ["Operations", "PartnerGateway", "HTTPAPI", "Assembly", "colend"],
        "NIOCore": ["HTTPAPI", "MockBank"],
        "NIOHTTP1": ["HTTPAPI", "MockBank"],
        "NIOHTTPTypes": ["HTTPAPI"],
        "NIOPosix": ["MockBank"],
        "NIOSSL": ["MockBank"],
        "ServiceLifecycle": ["HTTPAPI", "Assembly"],
        "Synchronization": impure,
        "Testing": ["TestSupport"],
        "UnixSignals": ["Assembly"],
        "Yams": ["Settings", "MockBank"],
    ]

    static let forTests: Set = [
        "Testing", "Foundation", "FoundationEssentials", "FoundationNetworking", "Glibc",
        "Dispatch", "Synchronization",
    ]

    private static let impure = Set(rooms.keys).subtracting(pure)

    /// Where threads, files, sockets and processes are held.
    private static let system: Set = [
        "SQLiteEngine", "PostgresEngine", "CurlTransport", "PartnerGateway", "Assembly", "colend",
        "MockBank", "TestSupport",
    ]
}
