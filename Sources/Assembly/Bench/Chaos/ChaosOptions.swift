/// What `colend bench chaos` was asked for.
package struct ChaosOptions: Hashable, Sendable {
    package var seed: UInt64
    /// Funding requests in all.
    package var requests: Int
    /// Kills of either side in all.
    package var kills: Int
    /// Partner banks of each round.
    package var partners: Int
    /// Requests of one round; each has books of its own on both sides.
    package var roundRequests = 5_000
    /// Rounds under way at a time.
    package var sideBySide = 3
    /// The only round to run; nil runs all of them.
    package var round: Int?
    /// A PostgreSQL address; nil keeps each round's books in a file.
    package var store: String?
    /// Where the rounds are; nil is a new directory of the system's.
    package var directory: String?
    /// What is changed behind the comparison's back, to see that it notices.
    package var falsification: Falsification?
    package var isQuiet = false

    /// A share that is changed on one side before the books are compared.
    package enum Falsification: String, Sendable, CaseIterable {
        case bank, channel, store
    }

    package init(seed: UInt64, requests: Int, kills: Int, partners: Int) {
        self.seed = seed
        self.requests = requests
        self.kills = kills
        self.partners = partners
    }

    /// - Throws: ``UsageFault`` USAGE-025 for numbers that make no chaos.
    func check() throws(UsageFault) {
        try ChaosOptions.check("--requests", requests, 1...10_000_000)
        try ChaosOptions.check("--kills", kills, 0...100_000)
        try ChaosOptions.check("--partners", partners, 2...16)
        try ChaosOptions.check("--round-requests", roundRequests, 50...50_000)
        try ChaosOptions.check("--side-by-side", sideBySide, 1...16)
        if let round { try ChaosOptions.check("--round", round, 1...roundCount) }
    }

    private static func check(
        _ option: String, _ value: Int, _ range: ClosedRange<Int>
    ) throws(UsageFault) {
        if range.contains(value) { return }
        throw UsageFault(
            code: "USAGE-025",
            "\(option) \(value) is not within \(range.lowerBound) to \(range.upperBound)")
    }

    /// How many rounds the requests make.
    package var roundCount: Int { max(1, (requests + roundRequests - 1) / roundRequests) }

    /// The command that does the same again, of one round or of all.
    func command(round: Int? = nil) -> String {
        let words = [
            "colend bench chaos --seed \(seed) --requests \(requests) --kills \(kills)",
            "--partners \(partners) --round-requests \(roundRequests)",
        ]
        return (words + (round.map { ["--round \($0)"] } ?? [])).joined(separator: " ")
    }
}
