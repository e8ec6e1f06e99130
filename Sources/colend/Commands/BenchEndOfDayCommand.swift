import ArgumentParser
import Assembly

struct BenchEndOfDayCommand: HouseCommand {
    static let configuration = CommandConfiguration(
        commandName: "eod",
        abstract: "Times the end of a day of a book: close, reconciliation and settlement.",
        discussion: """
            The book is made by the use cases that make any book, with a bank in this process that \
            takes every share and whose files say what ours say. Only the day is timed. The store \
            is a passing one unless --store names one that is not there yet, which is left then.
            """)

    @Option(help: "Loans in the book, all of them disbursed the day before.")
    var loans = 100_000
    @Option(help: .init("How many of them repay on the date.", valueName: "percent"))
    var repaying = 5
    @OptionGroup var options: GlobalOptions

    func answer() async throws -> Answer {
        try options.requireEarnest()
        return try await BenchEndOfDay(
            options.launch(), loans: loans, repaying: repaying
        ).run()
    }
}
