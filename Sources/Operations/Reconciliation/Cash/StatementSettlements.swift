import BusinessCalendar
import LendingRules
import Monetary
import Reconciling

/// What one statement means for settlements: what it confirms, and what there is to say about it.
///
/// A function of what is kept and of the statement's lines in any order: read again, it confirms
/// nothing more and says the same.
struct StatementSettlements {
    /// What is known when a statement is read.
    struct Known {
        /// Every settlement, in id order.
        let settlements: [Settlement]
        /// Lines that were taken in before, by reference.
        let receipts: [String: CashReceipt]
        /// Keys of breaks that were open when the statement came.
        let waiting: Set<String>
        /// Settlements that an earlier reading of the statement found to be under way.
        let awaited: Set<String>
    }

    let steps: [SettlementStep]
    /// Lines taken in now.
    let receipts: [CashReceipt]
    /// In order of settlement and line.
    let notes: [SettlementNote]
    /// Texts of settlements that nobody need wait for any more.
    let arrived: Set<String>

    /// When there is no statement.
    static let none = StatementSettlements(steps: [], receipts: [], notes: [], arrived: [])

    private init(
        steps: [SettlementStep], receipts: [CashReceipt], notes: [SettlementNote],
        arrived: Set<String>
    ) {
        self.steps = steps
        self.receipts = receipts
        self.notes = notes
        self.arrived = arrived
    }

    /// - Parameters:
    ///   - lines: those of the statement that name settlements.
    ///   - date: the statement's.
    ///   - today: the open date, on which confirmations are booked.
    /// - Throws: ``SettlementRefusal`` when what is kept contradicts itself.
    init(
        _ lines: [Record], on date: BusinessDate, _ known: Known, clearing: Clearing,
        platform: PartyID, today: BusinessDate
    ) throws(SettlementRefusal) {
        let records = Dictionary(lines.map { (CashReceipt($0, on: date), $0) }) { first, _ in first
        }
        var desk = ConfirmationDesk(known.settlements, platform: platform, on: today)
        var unfit: [UnknownReceipt] = []
        var fitting: Set<String> = []
        for (bankRef, lines) in Dictionary(grouping: records.keys, by: \.bankRef) {
            let kept = known.receipts[bankRef]
            if let kept, lines.contains(kept) { fitting.insert(bankRef) }
            if kept == nil, lines.count == 1 {
                desk.sort(lines[0])
            } else {
                unfit += lines.filter { $0 != kept }.map { UnknownReceipt($0, .otherContent) }
            }
        }
        try desk.book()
        unfit += desk.unknown
        fitting.formUnion(desk.taken.map(\.bankRef))
        let changed = Dictionary(desk.settlements.map { ($0.id, $0) }) { first, _ in first }
        let named = Set(unfit.compactMap { $0.fault.settlement?.description })
        var reading = SettlementReading(
            bankRefs: fitting, records: records, known: known, named: named,
            lastInstructed: date.adding(days: -clearing.transitDays), from: clearing.from)
        for line in unfit.sorted(by: UnknownReceipt.precedes) { reading.note(line) }
        for settlement in known.settlements {
            try reading.read(changed[settlement.id] ?? settlement)
        }
        self.init(
            steps: desk.steps, receipts: desk.taken, notes: reading.notes,
            arrived: reading.arrived)
    }
}

extension CashReceipt {
    /// A line of the file `cash`; without a date of its own it has its statement's.
    init(_ line: Record, on date: BusinessDate) {
        self.init(
            bankRef: line.key[0], amount: line.amounts[0], currency: line.currency,
            valueDate: line.valueDate ?? date, remittance: line.fields[0])
    }
}

extension UnknownReceipt {
    /// By content alone.
    fileprivate static func precedes(_ one: UnknownReceipt, _ other: UnknownReceipt) -> Bool {
        let (left, right) = (one.receipt, other.receipt)
        return (left.bankRef, left.amount, left.currency, left.valueDate, left.remittance)
            < (right.bankRef, right.amount, right.currency, right.valueDate, right.remittance)
    }
}
