package import Reconciling

/// Lends the bytes of large files and the threads that work on them.
package protocol LargeFiles: Sendable {
    /// Lends the bytes of both files, which stay as they are while `body` runs; `-` is standard
    /// input.
    ///
    /// - Throws: ``UnreadableInput``, or what `body` throws.
    func withBytes<Result>(
        of ours: String, and theirs: String, _ body: (ByteView, ByteView) throws -> Result
    ) throws -> Result
    /// Does numbered pieces of work, several at once; results in the order of their numbers.
    func inParallel<Result: Sendable>(
        _ count: Int, _ work: @Sendable (Int) -> Result
    ) -> [Result]
}

/// Matches two CSV files of any size, without a store.
package struct MatchFiles: Sendable {
    private let files: any LargeFiles
    /// Of the hash of keys; no result depends on it.
    private let seed: UInt64

    package init(files: any LargeFiles, seed: UInt64) {
        self.files = files
        self.seed = seed
    }

    /// Matches both files and hands over the outcome, which may be read while `body` runs.
    ///
    /// - Throws: ``FaultyLine`` for the first fault of our file, else of theirs; what reading the
    ///   files throws; what `body` throws.
    package func run<Result>(
        ours: String, theirs: String, _ options: MatchOptions,
        _ body: (MatchedFiles) throws -> Result
    ) throws -> Result {
        try files.withBytes(of: ours, and: theirs) { first, second in
            let matched: MatchedFiles
            do throws(MatchFault) {
                matched = try match(first, second, options)
            } catch {
                throw FaultyLine(error, file: error.side == .ours ? ours : theirs)
            }
            return try body(matched)
        }
    }

    private func match(_ ours: ByteView, _ theirs: ByteView, _ options: MatchOptions)
        throws(MatchFault) -> MatchedFiles
    {
        let match = try LineFileMatch(ours: ours, theirs: theirs, options: options, seed: seed)
        let scans = files.inParallel(2) { side in
            Result { () throws(MatchFault) in try match.scan(side == 0 ? .ours : .theirs) }
        }
        let (left, right) = (try scans[0].get(), try scans[1].get())
        let pieces = 32
        let width = LineFileMatch.partitions / pieces
        let parts = files.inParallel(pieces) { piece in
            match.join(piece * width..<(piece + 1) * width, left, right)
        }
        return try match.result(left, right, parts)
    }
}

/// A line of a file that cannot be matched.
package struct FaultyLine: CodedError, Hashable {
    package let code: String
    package let file: String
    package let line: Int
    package let column: Int
    package let what: String

    init(_ fault: MatchFault, file: String) {
        code = fault.code
        self.file = file
        line = fault.line
        column = fault.column
        what = fault.what
    }

    package var sentence: String {
        "\(what) (\(file):\(line):\(column)); correct the file or name other columns"
    }
    package var exit: ExitKind { .badInput }
}

/// A file that is not there or cannot be read.
package struct UnreadableInput: CodedError, Hashable {
    package let path: String

    package init(path: String) { self.path = path }

    package var code: String { "IO-001" }
    package var sentence: String { "\(path) cannot be read; check the path and its permissions" }
    package var exit: ExitKind { .inputOutput }
}
