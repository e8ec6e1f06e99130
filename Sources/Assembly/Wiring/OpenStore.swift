import Foundation
import Operations
import PostgresEngine
import SQLStore
import SQLiteEngine

/// A store that is open: an engine with our tables behind it.
struct OpenStore: Sendable {
    let engine: any SQLEngine
    /// Where it is, without secrets.
    let shown: String
    /// Whether it was not there, or had no tables yet.
    let isNew: Bool
    /// Ends the connections.
    let close: @Sendable () -> Void

    /// Opens what `--store` names and brings its tables up to date, if it may be written to.
    ///
    /// - Throws: ``UsageFault`` USAGE-006 for a store of another kind, ``StoreAbsent`` IO-003,
    ///   ``OutputFault`` IO-002 when a rehearsal has no room, or a store error with its code.
    init(_ launch: Launch, for use: StoreUse) async throws {
        guard PostgresAddress.isAddress(launch.store) else {
            try await self.init(StorePlace(launch, for: use), for: use)
            return
        }
        guard let address = PostgresAddress(launch.store) else {
            throw UsageFault(
                code: "USAGE-006",
                "--store is no address of a PostgreSQL database; write "
                    + "postgres://USER@HOST:PORT/DATABASE?OPTION=VALUE")
        }
        try await self.init(address, for: use, isDryRun: launch.isDryRun)
    }

    /// Makes sure that there is nothing yet behind `--store`.
    ///
    /// - Throws: ``OutputFault`` IO-002 when there is, or what ``init(_:for:)`` throws.
    static func requireEmpty(_ launch: Launch) async throws {
        do {
            let store = try await OpenStore(launch, for: .reading)
            store.close()
            throw OutputFault(path: store.shown, reason: "there is a store already")
        } catch is StoreAbsent {
            return
        }
    }

    private init(_ place: StorePlace, for use: StoreUse) async throws {
        let engine = try SQLiteEngine(path: place.path, opening: place.opening)
        let isNew = try await Schema.migrate(
            engine, path: place.path, isCopying: use == .receiving)
        self.init(engine: engine, shown: place.path, isNew: isNew) {
            try? engine.close()
            place.forget()
        }
    }

    private init(_ address: PostgresAddress, for use: StoreUse, isDryRun: Bool) async throws {
        let isReading = use == .reading || isDryRun
        let engine = try await PostgresEngine(
            address, opening: isReading ? .readOnly : .readWrite)
        if !use.makes || isDryRun, try await Schema.isEmpty(engine) {
            if use == .founding || use == .receiving {
                self.init(engine: engine, shown: address.shown, isNew: true) { engine.close() }
                return
            }
            engine.close()
            guard use == .making else { throw StoreAbsent(path: address.shown) }
            try await self.init(StorePlace.rehearsal(), for: use)
            return
        }
        let isNew = try await Schema.migrate(
            engine, path: address.shown, isCopying: use == .receiving)
        self.init(engine: engine, shown: address.shown, isNew: isNew) { engine.close() }
    }

    private init(
        engine: any SQLEngine, shown: String, isNew: Bool, close: @escaping @Sendable () -> Void
    ) {
        self.engine = engine
        self.shown = shown
        self.isNew = isNew
        self.close = close
    }
}

extension Launch {
    /// An address of a store as it may be shown: without a password.
    package static func shown(store: String) -> String {
        guard store.contains("@") || store.contains("password") else { return store }
        let scheme = store.contains("://") ? store.prefix { $0 != ":" } : ""
        return PostgresAddress(store)?.shown ?? (store.hasPrefix("sqlite:") ? store : "\(scheme):…")
    }
}
