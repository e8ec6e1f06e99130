import BusinessCalendar
import Foundation
import Synchronization
import TestSupport

/// One platform with its three banks, in a directory of its own.
final class Installation: Sendable {
    static let bankNames = ["harbor", "meridian", "summit"]
    static let clearingName = "clearing"

    let directory: URL
    /// As `--store` takes it.
    let store: String
    /// Where the books are kept when not in a file.
    let server: PostgresCluster?
    let banks: [BankProcess]
    /// The house through which the borrowers' money runs.
    let clearing: BankProcess
    /// Variables that every command gets besides those of the banks.
    private let extra: [String: String]
    private let commands = Mutex(0)

    /// A fresh platform and fresh banks, whose draws follow from the seed.
    ///
    /// - Parameter server: keeps the books; a file when nil.
    static func make(
        _ name: String, seed: UInt64, faults: BankFaults = .none, extra: [String: String] = [:],
        on server: PostgresCluster? = nil
    ) async throws -> Installation {
        let directory = try House.makeDirectory(name)
        let store = try await server?.makeSchema() ?? "sqlite:\(database(in: directory).path)"
        try FileManager.default.copyItem(
            at: House.package.appending(path: "Tests/Fixtures/Demonstration"),
            to: directory.appending(path: "Config"))
        try shareLosses(in: directory.appending(path: "Config"))
        for folder in ["in", "log"] {
            try FileManager.default.createDirectory(
                at: directory.appending(path: folder), withIntermediateDirectories: true)
        }
        func start(_ name: String, _ faults: String) async throws -> BankProcess {
            let bank = try await BankProcess.start(
                BankProcess.Settings(
                    name: name, seed: seed, secret: UUID().uuidString,
                    directory: directory.appending(path: "banks/\(name)")))
            try await bank.setFaults(faults)
            return bank
        }
        var banks: [BankProcess] = []
        for name in bankNames { banks.append(try await start(name, faults.text)) }
        let clearing = try await start(clearingName, faults.ofClearing)
        return Installation(directory, store, server, banks, clearing, extra)
    }

    /// Soon past due, so that closes decide about losses within the days: a guarantor takes claims
    /// over under one agreement, a cover pays under another.
    private static func shareLosses(in config: URL) throws {
        let layers = [
            "harbor-70-30": """
            lossSharing:
              - name: guarantee
                provider: keystone
                lenders: [harbor]
                trigger: 2
                way: compensation
                covers: principal-and-interest

            """,
            "trio": """
            lossSharing:
              - name: first-loss
                provider: platform
                lenders: [harbor, meridian]
                trigger: 1
                way: invocation
                cover: {kind: frozen-set, percent: 5%, setLimit: "1000000.00"}

            """,
        ]
        for (agreement, text) in layers {
            let file = config.appending(path: "agreements/\(agreement).yaml")
            try (String(contentsOf: file, encoding: .utf8) + text)
                .write(to: file, atomically: true, encoding: .utf8)
        }
        try "party: keystone\nname: Keystone Guarantee\nkind: guarantor\n".write(
            to: config.appending(path: "parties/keystone.yaml"), atomically: true,
            encoding: .utf8)
    }

    private init(
        _ directory: URL, _ store: String, _ server: PostgresCluster?, _ banks: [BankProcess],
        _ clearing: BankProcess, _ extra: [String: String]
    ) {
        self.directory = directory
        self.store = store
        self.server = server
        self.banks = banks
        self.clearing = clearing
        self.extra = extra
    }

    /// The database file, where the books are kept in one.
    static func database(in directory: URL) -> URL { directory.appending(path: "colend.db") }

    /// The banks and the clearing.
    var houses: [BankProcess] { banks + [clearing] }

    func bank(_ name: String) throws -> BankProcess {
        guard let bank = houses.first(where: { $0.name == name }) else {
            throw HarnessFault("there is no bank \(name)")
        }
        return bank
    }

    /// Writes an input file and returns its path.
    func write(_ text: String, _ name: String) throws -> String {
        let file = directory.appending(path: "in/\(name)")
        try Data(text.utf8).write(to: file)
        return file.path
    }

    func setClocks(_ date: BusinessDate) async throws {
        for house in houses { try await house.setClock(date) }
    }

    /// Stops the banks; the directory goes only when nothing in it is needed any more.
    func close(removing: Bool) async {
        for house in houses { await house.stop() }
        if removing { try? FileManager.default.removeItem(at: directory) }
    }

    /// Runs a command of the platform to its end.
    func colend(_ arguments: [String], environment: [String: String] = [:]) async throws -> Ended {
        try await start(arguments, environment: environment).ended()
    }

    /// Starts a command of the platform.
    func start(_ arguments: [String], environment: [String: String] = [:]) throws -> Running {
        let number = commands.withLock { count in
            count += 1
            return count
        }
        let log = directory.appending(path: "log/\(number)")
        return try Running(
            arguments, environment: variables.merging(environment) { $1 }, log: log)
    }

    /// A bank that never saw a key is believed after a second, and nobody waits long.
    private var variables: [String: String] {
        var variables = House.environment.merging(extra) { $1 }
        variables["COLEND_CONFIG"] = directory.appending(path: "Config").path
        variables["COLEND_STORE"] = store
        variables["COLEND_OUTPUT"] = "json"
        variables["COLEND_PARTIES_MERIDIAN_SETTLEMENT_APPROVAL"] = "two-person"
        for bank in banks {
            variables["COLEND_PARTIES_\(bank.name.uppercased())_SETTLE_SECONDS"] = "1"
        }
        let clearing = clearing.name.uppercased()
        variables["COLEND_PARTIES_\(clearing)_PAYOUTS_SETTLE_SECONDS"] = "1"
        variables["COLEND_PARTIES_\(clearing)_PAYOUTS_TRIES"] = "2"
        for house in houses {
            let settings = "COLEND_PARTIES_\(house.name.uppercased())_"
            variables[BankProcess.secretVariable(house.name)] = house.settings.secret
            variables[settings + "ENDPOINT"] = house.endpoint
            variables[settings + "TIMEOUTS_CONNECT_MILLISECONDS"] = "1000"
            variables[settings + "TIMEOUTS_TOTAL_MILLISECONDS"] = "2000"
        }
        return variables
    }
}
