package import BusinessCalendar
import LendingRules
import Monetary
import Reconciling

/// Says what a statement shows of each settlement, once its lines are taken in.
struct SettlementReading {
    /// References of the statement's lines that count.
    let bankRefs: Set<String>
    let records: [CashReceipt: Record]
    let known: StatementSettlements.Known
    /// Settlements that lines name which do not fit.
    let named: Set<String>
    /// What was instructed by then should be on the statement.
    let lastInstructed: BusinessDate
    /// What was instructed before is not this bank's.
    let from: BusinessDate
    private(set) var notes: [SettlementNote] = []
    private(set) var arrived: Set<String> = []

    init(
        bankRefs: Set<String>, records: [CashReceipt: Record],
        known: StatementSettlements.Known, named: Set<String>, lastInstructed: BusinessDate,
        from: BusinessDate
    ) {
        self.bankRefs = bankRefs
        self.records = records
        self.known = known
        self.named = named
        self.lastInstructed = lastInstructed
        self.from = from
    }

    /// A line that settles nothing.
    mutating func note(_ unfit: UnknownReceipt) {
        let line = unfit.receipt
        var kind = SettlementNote.Kind.unknown
        var expected: Int64?
        switch unfit.fault {
        case .namesNone, .namesSeveral: break
        case .otherContent: kind = .changed
        case .otherCurrency: kind = .currency
        case .refused(_, .exceeds(_, let left)): (kind, expected) = (.excess, 0 - left)
        case .refused: kind = .early
        }
        notes.append(
            SettlementNote(
                kind, settlement: unfit.fault.settlement?.description ?? "",
                currency: line.currency, expected: expected, shown: line.amount,
                line: records[line], reason: unfit.reason))
    }

    /// A settlement with everything taken in.
    ///
    /// - Throws: ``SettlementRefusal`` when what is kept contradicts itself.
    mutating func read(_ settlement: Settlement) throws(SettlementRefusal) {
        let shown = Shown(settlement, bankRefs)
        let id = settlement.id.description
        if shown.isHere {
            arrived.insert(id)
            noteLines(of: settlement, shown)
        } else if try settlement.machine().state == .instructed {
            if isDue(settlement), !known.waiting.contains(id), !named.contains(id) {
                notes.append(underWay(settlement, isSeenLater: false))
            }
        } else {
            if known.waiting.contains(id) { arrived.insert(id) }
            if known.awaited.contains(id) {
                notes.append(underWay(settlement, isSeenLater: true))
            }
        }
    }

    private func isDue(_ settlement: Settlement) -> Bool {
        settlement.instructedOn.map { from <= $0 && $0 <= lastInstructed } ?? false
    }

    private mutating func noteLines(of settlement: Settlement, _ shown: Shown) {
        let (id, currency) = (settlement.id.description, settlement.id.currency)
        if let first = shown.forward.first, shown.moved != shown.expected {
            notes.append(
                SettlementNote(
                    .short, settlement: id, currency: currency, expected: 0 - shown.expected,
                    shown: 0 - shown.moved, line: record(first.bankRef),
                    reason: "paid in part, the rest is a line of the next settlement"))
        }
        for back in shown.back {
            notes.append(
                SettlementNote(
                    .back, settlement: id, currency: currency, expected: nil,
                    shown: 0 - back.amount, line: record(back.bankRef),
                    reason: "sent back, it is a line of the next settlement"))
        }
    }

    private func underWay(_ settlement: Settlement, isSeenLater: Bool) -> SettlementNote {
        SettlementNote(
            .underWay(isSeenLater: isSeenLater), settlement: settlement.id.description,
            currency: settlement.id.currency, expected: 0 - settlement.amount, shown: nil,
            line: nil,
            reason: isSeenLater
                ? "in transit, a later statement shows it"
                : "in transit, instructed and not on the statement yet")
    }

    private func record(_ bankRef: String) -> Record? {
        records.first { $0.key.bankRef == bankRef }?.value
    }
}

/// What the lines of one statement show of a settlement, with its sign.
private struct Shown {
    private(set) var forward: [(amount: Int64, bankRef: String)] = []
    private(set) var back: [(amount: Int64, bankRef: String)] = []
    /// What could still move before the first of them.
    private(set) var expected: Int64

    var isHere: Bool { !forward.isEmpty || !back.isEmpty }
    var moved: Int64 { forward.reduce(0) { $0 + $1.amount } }

    init(_ settlement: Settlement, _ bankRefs: Set<String>) {
        expected = settlement.amount
        for booked in settlement.events {
            switch booked.event {
            case .received(let amount, let bankRef) where bankRefs.contains(bankRef):
                if (amount > 0) == (settlement.amount > 0) {
                    forward.append((amount, bankRef))
                } else {
                    back.append((amount, bankRef))
                }
            case .received(let amount, _), .netted(let amount, _):
                if !isHere { expected -= amount }
            default: break
            }
        }
    }
}

extension Settlement {
    /// The date on which it was instructed, or nil.
    package var instructedOn: BusinessDate? {
        events.first { $0.event == .instructed }?.bookedOn
    }
}
