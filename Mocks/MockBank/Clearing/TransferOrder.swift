// Settlement instructions as the bank of the account has taken them, each once for ever.

/// A transfer between the platform and a partner; the platform pays when the amount is positive.
struct TransferOrder: Equatable {
    let id: String
    let party: String
    let amount: Int64
    let remittance: String
    /// The business date on which the account shows it, faults aside.
    let on: Day

    init(_ row: [String], _ currency: Currency, on: Day) {
        id = row[0]
        party = row[1]
        amount = currency.minorUnits(row[2]) ?? 0
        remittance = row[4]
        self.on = on
    }

    /// Whether a row orders the same.
    func isOrdered(by row: [String], _ currency: Currency) -> Bool {
        self == TransferOrder(row, currency, on: on)
    }
}

extension ClearingState {
    /// The orders of a file that came for a date: those that are new are carried out `transitDays`
    /// after it, or on the first date that is not over when they came too late for that.
    mutating func order(_ rows: [[String]], on day: Day) {
        let due = max(day.adding(days: scenario.transitDays), nextToClose)
        for row in rows where orders[row[0]] == nil {
            orders[row[0]] = TransferOrder(row, scenario.currency, on: due)
        }
    }

    /// Whether a row orders otherwise what was ordered before.
    func contradicts(_ row: [String]) -> Bool {
        orders[row[0]].map { !$0.isOrdered(by: row, scenario.currency) } ?? false
    }
}

extension ClearingDay {
    /// The account's lines for transfers between the platform and partners.
    mutating func settlements() -> [[String]] {
        let (today, eve) = (day, day.adding(days: -1))
        let orders = state.orders.values.filter { $0.amount != 0 && [today, eve].contains($0.on) }
            .sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
        return orders.flatMap { $0.on == today ? carryOut($0) : follow($0) }
    }

    /// What a transfer's own date shows of it.
    private mutating func carryOut(_ order: TransferOrder) -> [[String]] {
        // A settlement takes at most one fault, so that each stands alone.
        for kind in ClearingFaultKind.ofTransfers where strike(kind, order) {
            switch kind {
            case .settlementLate: return []
            case .settlementPart: return [row(order.remittance, -(order.amount / 2))]
            case .settlementOff:
                return [row(order.remittance, -(order.amount - order.amount.signum()))]
            case .settlementDoubled:
                return Array(repeating: row(order.remittance, -order.amount), count: 2)
            default: return [row(order.remittance, -order.amount)]
            }
        }
        return [row(order.remittance, -order.amount)]
    }

    /// What the next date shows: the transfer that was late, the money that came back.
    private func follow(_ order: TransferOrder) -> [[String]] {
        let fault = state.journal.first {
            $0.event == .fault && $0.detail == order.id
        }?.fault
        switch fault {
        case ClearingFaultKind.settlementLate.rawValue:
            return [row(order.remittance, -order.amount)]
        case ClearingFaultKind.settlementReturned.rawValue:
            return [row("RETURN " + order.remittance, order.amount)]
        default: return []
        }
    }

    /// A cent cannot be paid in part.
    private mutating func strike(_ kind: ClearingFaultKind, _ order: TransferOrder) -> Bool {
        if order.amount.magnitude < 2 { return false }
        let date = kind == .settlementReturned ? day.adding(days: 1) : day
        let record =
            kind == .settlementDoubled
            ? ClearingDay.reference("BK", order.remittance) : order.remittance
        return strike(kind, record, file: "cash.csv", on: date, detail: order.id)
    }
}
