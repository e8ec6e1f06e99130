// The misbehaviour of a bank: drawn by key, so that the same seed misbehaves the same way.

/// What can go wrong on the way of a request or its answer.
package enum TransportFaultKind: String, CaseIterable, Sendable {
    /// Booked, then the connection is closed without an answer.
    case dropAfterCommit = "drop-after-commit"
    /// Booked, and answered later than anybody waits.
    case lateAnswer = "late-answer"
    /// The connection is closed and nothing is booked.
    case dropBeforeReading = "drop-before-reading"
    /// Answered 429 or 503, nothing is booked.
    case busy
}

/// How a connection is closed.
package enum Closing: String, CaseIterable, Sendable {
    case rst, fin, either
}

/// One transport fault and how often it strikes.
package struct TransportFault: Sendable {
    let kind: TransportFaultKind
    let probability: Probability
    let budget: Int?
    let closing: Closing
    let delayMilliseconds: Int
    let status: Int

    func strikes(seed: String, key: String, attempt: Int) -> Bool {
        Draw(seed, key, "\(attempt)", kind.rawValue).hits(probability)
    }

    func resets(seed: String, key: String, attempt: Int) -> Bool {
        closing == .either ? Draw(seed, key, "\(attempt)", "rst").value & 1 == 0 : closing == .rst
    }
}

/// What can be wrong in an offered file; the bank's books stay right.
package enum FileFaultKind: String, CaseIterable, Sendable {
    case centOff = "cent-off"
    case missingLine = "missing-line"
    case doubledLine = "doubled-line"
    case datedLater = "dated-later"
    /// A line that nobody booked.
    case extraLine = "extra-line"
    /// An amount that is ten units of its currency off.
    case amountOff = "amount-off"
    /// Another class, or other days past due, than the loan has.
    case wrongStatus = "wrong-status"
    /// The file is not there for some days.
    case lateFile = "late-file"
    /// The manifest states another control total than the file has.
    case wrongTotals = "wrong-totals"
    /// The manifest states the digest of another file for some days.
    case wrongDigest = "wrong-digest"

    /// Whether it strikes a file as a whole rather than one of its lines.
    var isOfFile: Bool { [.lateFile, .wrongTotals, .wrongDigest].contains(self) }

    /// Whether the files of a layout have what it spoils.
    func canStrike(_ layout: FileLayout) -> Bool {
        switch self {
        case .missingLine, .extraLine, .lateFile, .wrongDigest: true
        case .doubledLine: layout.name != FileLayout.balances.name
        case .datedLater: layout.columns.contains("value_date")
        case .centOff, .wrongTotals: !layout.amounts.isEmpty
        case .amountOff: !layout.amounts.isEmpty && layout.name != FileLayout.balances.name
        case .wrongStatus: layout.columns.contains("class")
        }
    }
}

/// One file fault, the file it strikes and how often.
package struct FileFaultRule: Sendable {
    let kind: FileFaultKind
    let file: String
    let probability: Probability
    let budget: Int?
    /// How long a file is late or its digest wrong.
    let days: Int
}

/// All faults in force.
package struct FaultSet: Sendable {
    /// Faults of the connection, tried in order.
    package var transport: [TransportFault] = []
    /// Faults in files, tried in order; a line takes at most one.
    package var files: [FileFaultRule] = []

    /// A bank that behaves.
    package init() {}
}
