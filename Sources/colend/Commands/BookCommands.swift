import ArgumentParser
import Assembly

struct LedgerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "The books.",
        subcommands: [TrialBalance.self, Entries.self])

    struct TrialBalance: HouseCommand {
        static let configuration = CommandConfiguration(
            commandName: "trial-balance", abstract: "Sums by book and account.")

        @Option(help: "Through this date; everything when absent.")
        var date: String?
        @Option(help: "Only this party's book.")
        var book: String?
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.answer(options.launch()) {
                try await $0.trialBalance(through: date, book: book)
            }
        }
    }

    struct Entries: HouseCommand {
        static let configuration = CommandConfiguration(abstract: "Ledger rows in id order.")

        @Option(help: "From this date.")
        var from: String?
        @Option(help: "Through this date.")
        var until: String?
        @Option(help: "Only this party's book.")
        var book: String?
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.answer(options.launch()) {
                try await $0.ledgerEntries(from: from, until: until, book: book)
            }
        }
    }
}

struct VerifyCommand: HouseCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Recomputes everything from facts and checks the books and the log.",
        discussion: "Exit 2 with the first divergence.")

    @Flag(help: "Print only the hexadecimal digest of all business data.")
    var digest = false
    @OptionGroup var options: GlobalOptions

    func answer() async throws -> Answer {
        try await Application.answer(options.launch()) {
            digest ? try await $0.showDigest() : try await $0.verify()
        }
    }
}
