package import Monetary

/// What the settlement desk has to say about a statement: a line that does not fit, or money of a
/// settlement that is not there as instructed.
package struct SettlementNote: Hashable, Sendable {
    /// What is the matter.
    package enum Kind: Hashable, Sendable {
        /// Instructed, due, and on no statement so far.
        case underWay(isSeenLater: Bool)
        /// The lines show less than was instructed.
        case short
        /// The line takes back what was shown before.
        case back
        /// The line names no settlement that there is, or several.
        case unknown
        /// The line is in another currency than its settlement.
        case currency
        /// The settlement is not instructed.
        case early
        /// More than can still move, or against the direction.
        case excess
        /// The bank reference stood for other content before.
        case changed
    }

    package let kind: Kind
    /// The settlement's text; empty when the line names none.
    package let settlement: String
    /// Of the settlement; of the line when there is none.
    package let currency: Currency
    /// Minor units that the account should show, credits positive; nil when nothing is expected.
    package let expected: Int64?
    /// Minor units that it shows, in all lines concerned; nil when there is none.
    package let shown: Int64?
    /// The line itself, or the first of several.
    package let line: Record?
    /// Why, in words that end a sentence.
    package let reason: String

    package init(
        _ kind: Kind, settlement: String, currency: Currency, expected: Int64?, shown: Int64?,
        line: Record?, reason: String
    ) {
        self.kind = kind
        self.settlement = settlement
        self.currency = currency
        self.expected = expected
        self.shown = shown
        self.line = line
        self.reason = reason
    }
}

extension SettlementNote.Kind {
    var breakKind: BreakKind {
        switch self {
        case .underWay: .oursOnly
        case .short, .excess: .amount
        case .back, .unknown, .early, .changed: .theirsOnly
        case .currency: .field
        }
    }

    var cause: Cause {
        switch self {
        case .underWay: .inTransit
        case .short: .paidInPart
        case .back: .sentBack
        case .unknown: .unknownReceipt
        case .currency: .otherCurrency
        case .early: .notInstructed
        case .excess: .transferDiffers
        case .changed: .changedLine
        }
    }

    /// Nothing is left to do: the next settlement takes it, or a later statement shows it.
    var isResolved: Bool {
        switch self {
        case .underWay(let isSeenLater): isSeenLater
        case .short, .back: true
        case .unknown, .currency, .early, .excess, .changed: false
        }
    }

    /// Whether the break is the settlement's rather than the line's.
    var isOfSettlement: Bool {
        switch self {
        case .underWay, .short, .back, .excess, .early: true
        case .unknown, .currency, .changed: false
        }
    }
}

extension StatementMatch {
    /// The finding of a note.
    func finding(_ note: SettlementNote, _ ordinals: inout Ordinals) -> CashFinding {
        let kind = note.kind.breakKind
        let key = note.kind.isOfSettlement ? [note.settlement] : note.line?.key ?? []
        let ours = note.expected.map { Ours($0, note.currency, note.settlement) }
        return finding(
            kind, key, note.kind.cause, ours, note.line, note.difference, note.reason,
            ordinal: ordinals.next(kind, key), isResolved: note.kind.isResolved)
    }
}

extension SettlementNote {
    /// Ours − theirs; amounts of two currencies are not compared.
    fileprivate var difference: [CashFinding.Amount] {
        if kind == .currency { return [] }
        let (units, overflow) = (expected ?? 0).subtractingReportingOverflow(shown ?? 0)
        return [CashFinding.Amount("amount", overflow || units == .min ? .max : units)]
    }
}
