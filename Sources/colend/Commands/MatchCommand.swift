import ArgumentParser
import Assembly

struct MatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match", abstract: "Compares two CSV files line by line, without a store.",
        discussion: """
            Breaks come as NDJSON in key order, the summary last; exit 2 when one is left that is \
            neither rounding nor timing. One of the files may be - for standard input.
            """)

    @Option(help: .init("Our file.", valueName: "file"))
    var ours: String
    @Option(help: .init("Their file.", valueName: "file"))
    var theirs: String
    @Option(
        help: .init(
            "Columns that name a line; every column but amounts and dates when absent.",
            valueName: "columns"))
    var key: String?
    @Option(
        help: .init(
            "Columns that hold amounts; those of the partner protocol when absent.",
            valueName: "columns"))
    var amount: String?
    @Option(
        help: .init(
            "The column that holds a date; those of the partner protocol when absent.",
            valueName: "column"))
    var date: String?
    // What begins with a dash is a wrong value to be told of, no other option.
    @Option(
        parsing: .unconditional,
        help: .init("How far amounts may be apart and count as rounding.", valueName: "amount"))
    var tolerance = "0"
    @Option(
        parsing: .unconditional,
        help: .init("How many days dates may be apart and count as timing.", valueName: "days"))
    var window = 0
    @Option(help: .init("Columns compared as text.", valueName: "columns"))
    var fields: String?
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let format = try options.format()
        let isColored = try options.isColored()
        var request = MatchRequest(ours: ours, theirs: theirs)
        request.key = key
        request.amount = amount
        request.date = date
        request.tolerance = tolerance
        request.window = window
        request.fields = fields
        let exit = try Matching.run(
            request, format, isColored: isColored, write: StandardOutput.write,
            note: StandardError.write)
        if let exit { throw ExitCode(exit) }
    }
}
