import ArgumentParser

/// What every import of rows is told.
struct ImportOptions: ParsableArguments {
    @Argument(help: "The file, or - for standard input.")
    var file: String
    @Flag(
        name: .customLong("keep-good"),
        help: """
            Import the good rows and leave the others in FILE.rejected.csv (exit 2); those of \
            standard input in stdin.rejected.csv, here.
            """)
    var keepGood = false
}
