/// An import file taken apart into rows and fields, before anything is known of its meaning.
package struct ImportTable: Hashable, Sendable {
    /// File name for messages.
    package let file: String
    package let columns: [String]
    /// Where the columns' names stand in line 1, from 1; empty for a file without a header.
    package let columnPlaces: [Int]
    package let rows: [ImportRow]
    /// What could not be read as a row, when good rows are kept.
    package let rejected: [RejectedRow]

    /// The largest amount of any file, ours or a partner's; minor units without their sign.
    package static var largestAmount: UInt64 { RecordReader.largestAmount.magnitude }

    package init(
        file: String, columns: [String], columnPlaces: [Int] = [], rows: [ImportRow],
        rejected: [RejectedRow] = []
    ) {
        self.file = file
        self.columns = columns
        self.columnPlaces = columnPlaces
        self.rows = rows
        self.rejected = rejected
    }
}

/// One record of an import file.
package struct ImportRow: Hashable, Sendable {
    /// Line on which the record starts, from 1.
    package let line: Int
    /// One field for each column, in column order.
    package let fields: [ImportField]

    package init(line: Int, fields: [ImportField]) {
        self.line = line
        self.fields = fields
    }
}

/// One field with the position it starts at.
package struct ImportField: Hashable, Sendable {
    package let text: String
    /// Character column in the line, from 1; 0 when the record does not have the field.
    package let column: Int

    package init(text: String, column: Int) {
        self.text = text
        self.column = column
    }
}

/// One reason why an import is refused.
package struct ImportFault: CodedError, Hashable {
    package let code: String
    package let file: String
    /// From 1; 0 when the fault is the whole file's.
    package let line: Int
    package let column: Int
    /// The record's own id, or empty.
    package let record: String
    /// What was found and what is allowed.
    package let what: String

    package init(
        code: String, file: String, line: Int, column: Int = 0, record: String = "", what: String
    ) {
        self.code = code
        self.file = file
        self.line = line
        self.column = column
        self.record = record
        self.what = what
    }

    package var sentence: String {
        let subject = record.isEmpty ? "" : ", record \(record)"
        return "\(what)\(subject) (\(place)); \(remedy)"
    }

    private var remedy: String {
        [ImportFault.noRoom, ImportFault.noLineRoom, ImportFault.tooConcentrated].contains(code)
            ? "import it when there is room, and the others now with --keep-good"
            : "correct the file and import it again"
    }

    /// The code of a loan for which a limit has not enough left.
    static let noRoom = "LIMIT-001"

    /// The code of a loan for which a limit that is a part of something has not enough left.
    static let tooConcentrated = "LIMIT-003"

    /// The code of a drawdown or purchase for which its line has not enough left.
    static let noLineRoom = "LIMIT-002"

    /// The code of a loan that no tier of its agreement takes.
    static let noTier = "INTAKE-025"

    /// The code of a loan that its tier's lenders cannot divide.
    static let noSplit = "INTAKE-026"

    /// The code of a loan that a rule forbids.
    static let ruleBroken = "RULE-001"

    /// Codes of what is known when all loans of a file have been read.
    static let ofFunding = [noRoom, tooConcentrated, noTier, noSplit, ruleBroken, "INTAKE-022"]

    /// `file:line:column` as far as it is known.
    private var place: String {
        let parts = line == 0 ? [] : column == 0 ? [line] : [line, column]
        return ([file] + parts.map(String.init)).joined(separator: ":")
    }

    package var exit: ExitKind { .badInput }
}

/// All reasons why a file is refused.
package struct ImportRefused: Error, Hashable, Sendable {
    /// In file order, at most ``limit``.
    package let faults: [ImportFault]
    /// Faults found in all.
    package let count: Int
    /// Records that are booked all the same: earlier batches of a large file whose later ones found
    /// that another import had taken their room. Otherwise 0.
    package let booked: Int

    /// Faults kept for the message; a broken file can hold millions.
    package static let limit = 100

    package init(faults: [ImportFault], booked: Int = 0) {
        self.booked = booked
        self.faults = Array(faults.prefix(ImportRefused.limit))
        count = faults.count
    }
}

/// How many records an import took, and how many were there already.
package struct ImportSummary: Hashable, Sendable {
    package let file: String
    package let imported: Int
    package let alreadyThere: Int
    /// Records left out because of a fault, when good ones were kept.
    package let rejected: Int
    /// What rules warn of, in loan order.
    package let warnings: [LoanWarning]
    /// Payments that came too late for a decision, in file order.
    package let late: [LatePayment]

    package init(
        file: String, imported: Int, alreadyThere: Int, rejected: Int = 0,
        warnings: [LoanWarning] = [], late: [LatePayment] = []
    ) {
        self.warnings = warnings
        self.late = late
        self.file = file
        self.imported = imported
        self.alreadyThere = alreadyThere
        self.rejected = rejected
    }
}
