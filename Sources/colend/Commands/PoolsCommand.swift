import ArgumentParser
import Assembly

struct PoolsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pools",
        abstract: "Pools of shares: select, sell to a vehicle, pay the notes on them.",
        subcommands: [Select.self, Sell.self, Pay.self, Report.self, Show.self])

    struct Select: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Chooses the shares of a pool of pools/*.yaml at the end of its cut-off.",
            discussion: """
                The cut-off date must be closed. Told are the shares taken, those left and all \
                that they lack, and what the values under limits make up. With --keep the \
                selection stands with the price of each share, and no later fact changes it.
                """)

        @Argument(help: "The pool's name.")
        var pool: String
        @Flag(help: "Keep the selection with its prices.")
        var keep = false
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.selectPool(pool, isKept: keep, options.launch())
        }
    }

    struct Sell: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sells a kept pool to its buyer.",
            discussion: """
                The close of the settlement date moves every share to the buyer, at the price of \
                the cut-off, and passes on what the sellers have collected since.
                """)

        @Argument(help: "The pool's name.")
        var pool: String
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.sellPool(pool, options.launch())
        }
    }

    struct Pay: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Pays the notes of a pool on their next payment date, once.",
            discussion: """
                The collection period must be closed. What was collected in it is kept, and so is \
                what it came to. With --call what is left goes to who may buy it, at the close of \
                the payment date.
                """)

        @Argument(help: "The pool's name.")
        var pool: String
        @Option(help: .init("The payment date that is meant.", valueName: "date"))
        var on: String?
        @Flag(help: "Buy what is left by the clean-up call.")
        var call = false
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.payPool(pool, on: on, isCalled: call, options.launch())
        }
    }

    struct Report: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "The investor report of a payment date; of the last one when none is given.",
            discussion: """
                With --directory it is written as the file pool-report, one figure a line, for the \
                vehicle and each holder of notes, in a folder of its own.
                """)

        @Argument(help: "The pool's name.")
        var pool: String
        @Option(help: .init("The payment date.", valueName: "date"))
        var on: String?
        @Option(help: .init("Where to write it as files.", valueName: "dir"))
        var directory: String?
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.answer(options.launch()) {
                try await $0.reportPool(pool, on: on, directory: directory)
            }
        }
    }

    struct Show: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Where a pool stands; every pool when none is named.")

        @Argument(help: "The pool's name.")
        var pool: String?
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.answer(options.launch()) {
                try await $0.showPools(pool)
            }
        }
    }
}
