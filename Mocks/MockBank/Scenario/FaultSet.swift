// The misbehaviour of a bank: drawn by key, so that the same seed misbehaves the same way.

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
    /// Faults that strike before a body is read.
    package var unread: [TransportFault] = []
    /// Faults of money, tried in order.
    package var money: [MoneyFault] = []
    /// Faults in files, tried in order; a line takes at most one.
    package var files: [FileFaultRule] = []

    /// A bank that behaves.
    package init() {}
}
