import ArgumentParser
import Assembly

struct LoansCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "loans", abstract: "Approved loans: take in, list, look at.",
        subcommands: [Import.self, List.self, Show.self, Payoff.self])

    struct Import: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Books the loans of a CSV or NDJSON file: all of them, or none.",
            discussion: """
                A row of a product with `line` opens a line of credit: its principal is the limit, \
                and nothing is lent before a fact draws or buys under it.

                Loans are decided in the order of their ids, as text, whatever the order of the \
                rows: that is how routes, waterfalls and limits see them.
                """)

        @OptionGroup var rows: ImportOptions
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.importLoans(
                rows.file, keepGood: rows.keepGood, options.launch())
        }
    }

    struct List: HouseCommand {
        static let configuration = CommandConfiguration(abstract: "Lists booked loans.")

        @Option(help: "Start after this loan.")
        var after: String?
        @Option(help: "At most this many.")
        var limit = 1_000
        @OptionGroup var options: GlobalOptions

        func validate() throws {
            if !(1...1_000_000).contains(limit) {
                throw ValidationError("--limit \(limit) is outside 1 to 1000000")
            }
        }

        func answer() async throws -> Answer {
            try await Application.answer(options.launch()) {
                try await $0.listLoans(after: after, limit: limit)
            }
        }
    }

    struct Show: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "The life of one loan: terms, shares, schedule, who got what and why.",
            discussion: """
                Everything is told as it was known at the end of the date: facts booked later are \
                left out. CSV has the payment lines. Of a line of credit: limit, what is lent, its \
                notes and statement, at the end of the open date when no other is given.
                """)

        @Argument(help: "The loan's id, or a line's.")
        var loan: String
        @Option(
            help: .init(
                "The end of this date; of the last closed one when absent.", valueName: "date"))
        var on: String?
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.answer(options.launch()) {
                try await $0.showLoan(loan, on: on)
            }
        }
    }
}

extension LoansCommand {
    struct Payoff: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "What a payment with a value date would have to bring to end a loan.",
            discussion: """
                Where cash beyond what is due waits for its instalments, that is all of them as \
                they will be billed; else what is due, the interest of the days before the date, \
                the principal, and the fee for repaying early. Of a line of credit: all its notes.
                """)

        @Argument(help: "The loan's id, or a line's.")
        var loan: String
        @Option(
            help: .init(
                "The payment's value date; the open business date when absent.",
                valueName: "date"))
        var on: String?
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.answer(options.launch()) {
                try await $0.quotePayoff(loan, on: on)
            }
        }
    }
}

struct RepaymentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repayments", abstract: "Repayments of borrowers.",
        subcommands: [Import.self])

    struct Import: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Records the repayments of a CSV or NDJSON file: all of them, or none.")

        @OptionGroup var rows: ImportOptions
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.importRepayments(
                rows.file, keepGood: rows.keepGood, options.launch())
        }
    }
}
