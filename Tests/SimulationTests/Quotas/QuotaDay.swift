import BusinessCalendar
import Foundation
import TestSupport

/// A day on which several processes take in and fund far more loans than limits have room for.
struct QuotaDay: Sendable {
    static let workers = 4

    let installation: Installation
    let date: BusinessDate
    let loans: [AskedLoan]
    let quotas: [Quota]
    /// For each process its files: a large one, which all begin together, and small ones.
    private let files: [[String]]

    static func make(_ name: String, loans count: Int, hazard: String? = nil) async throws
        -> QuotaDay
    {
        guard let date = BusinessDate("2026-01-01") else { throw HarnessFault("no such date") }
        let installation = try await Installation.make(
            name, seed: 1, faults: .dropsAfterCommit("1%"),
            extra: hazard.map { ["COLEND_HAZARD": $0] } ?? [:],
            on: try await PostgresCluster.shared())
        let quotas = Quota.tight(for: count)
        for quota in quotas { try quota.configure(in: installation.directory) }
        try await installation.setClocks(date)
        var random = SeededGenerator(seed: SeededCase.runSeed)
        let loans = (0..<count).map { number in
            AskedLoan(
                id: "Q\(number + 100_000)",
                agreement: SimulatedLoan.agreements[number % SimulatedLoan.agreements.count],
                principal: random.pick(1_000...20_000))
        }
        return QuotaDay(
            installation: installation, date: date, loans: loans, quotas: quotas,
            files: try write(loans, in: installation))
    }

    /// Two fifths of a process's loans in its first file, a fifth in each of three more. The very
    /// first loans stand alone: with them the counting begins.
    private static func write(_ loans: [AskedLoan], in installation: Installation) throws
        -> [[String]]
    {
        func write(_ loans: some Sequence<AskedLoan>, _ name: String) throws -> String {
            try installation.write(loans.reduce(AskedLoan.header) { $0 + $1.row }, name)
        }
        _ = try write(loans.prefix(first), "first.csv")
        let rest = Array(loans.dropFirst(first))
        return try (0..<workers).map { worker in
            let own = stride(from: worker, to: rest.count, by: workers).map { rest[$0] }
            let cuts = [0, 2, 3, 4, 5].map { own.count * $0 / 5 }
            return try zip(cuts, cuts.dropFirst()).enumerated().map { index, cut in
                try write(own[cut.0..<cut.1], "\(worker)-\(index).csv")
            }
        }
    }

    /// One of each agreement.
    private static let first = 5

    /// Takes the largest files in, all processes at the same moment.
    func takeInTogether() async throws {
        let file = installation.directory.appending(path: "in/first.csv").path
        try await installation.colend(["loans", "import", file]).done()
        let running = try files.map {
            try installation.start(
                ["loans", "import", "--keep-good", $0[0]],
                environment: ["COLEND_STOP_AT": "intake.before-booking"])
        }
        for one in running { _ = try await one.process.waitUntilStopped() }
        for one in running { one.process.signal(SIGCONT) }
        for one in running { try await one.ended().done() }
    }

    /// Takes in and funds the rest, each process in its own order.
    func workOff() async throws {
        try await withThrowingTaskGroup { group in
            for own in files {
                group.addTask {
                    try await patiently(["fund"])
                    for file in own.dropFirst() {
                        try await patiently(["loans", "import", "--keep-good", file])
                        try await patiently(["fund"])
                    }
                }
            }
            try await group.waitForAll()
        }
        try await funding.fund()
    }

    var funding: FundingDay { FundingDay(installation: installation, date: date) }

    /// Again as long as another process is in the way.
    private func patiently(_ arguments: [String]) async throws {
        for _ in 0..<50 {
            let ended = try await installation.colend(arguments)
            if ended.exit != 75 {
                try ended.done()
                return
            }
        }
        throw HarnessFault("\(arguments) never gets its turn")
    }

    /// Ids of the loans that were left out, by the files beside those that were taken in.
    func rejected() throws -> [String] {
        let folder = installation.directory.appending(path: "in")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return try names.filter { $0.hasSuffix(".rejected.csv") }.flatMap { name in
            try String(contentsOf: folder.appending(path: name), encoding: .utf8)
                .split(separator: "\n").dropFirst().compactMap { line in
                    // The reasons may hold commas, and they come before the row.
                    line.split(separator: ",").first { $0.hasPrefix("Q1") }.map(String.init)
                }
        }
    }
}
