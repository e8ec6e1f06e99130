import ArgumentParser
import Assembly

struct LedgerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "The books.",
        subcommands: [TrialBalance.self, Entries.self, Export.self])

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

extension ExportFormat: ExpressibleByArgument {}

extension LedgerCommand {
    struct Export: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Journals of closed dates for hledger, beancount or a spreadsheet.",
            discussion: """
                Every account's balance is asserted at the end of each month and of the last date:

                  colend ledger export --format hledger > books.journal
                  hledger check --strict -f books.journal
                """)

        @Option(help: "hledger, beancount or csv.")
        var format: ExportFormat
        @Option(help: .init("Only this party's book; all of them when absent.", valueName: "party"))
        var book: String?
        @Option(
            help: .init("Through this closed date; the last one when absent.", valueName: "date"))
        var until: String?
        @Option(help: .init("Where to write; standard output when absent.", valueName: "file"))
        var to: String?
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.answer(options.launch()) {
                try await $0.exportLedger(format, book: book, until: until, to: to) {
                    try StandardOutput.write($0)
                }
            }
        }
    }
}

struct VerifyCommand: HouseCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Recomputes everything from facts and checks the books and the log.",
        discussion: """
            Exit 2 with the first divergence. With --digest nothing is checked: two stores of the \
            same business have the same digest, sound or not.
            """)

    @Flag(help: "Print only the hexadecimal digest of all business data; does not check.")
    var digest = false
    @OptionGroup var options: GlobalOptions

    func answer() async throws -> Answer {
        try await Application.answer(options.launch()) {
            digest ? try await $0.showDigest() : try await $0.verify()
        }
    }
}
