// A date of the clearing house when it is over: what moved, and what its two files say of it.

/// Works out one date from the state, in an order that no arrival decides.
struct ClearingDay {
    let state: ClearingState
    private let seed: String
    let day: Day
    private var used: [String: Int]
    /// Faults that struck, an entry each.
    private(set) var marks: [JournalEntry] = []

    init(_ state: ClearingState, seed: String, day: Day) {
        self.state = state
        self.seed = seed
        self.day = day
        used = state.strikes
    }

    /// The channel's lines as its file has them, and the net that is really transferred.
    mutating func channel() -> (rows: [[String]], transfer: BatchTransfer?) {
        var rows: [[String]] = []
        var net: Int64 = 0
        let payments = (state.collections[day] ?? []).sorted {
            $0.paymentID.utf8.lexicographicallyPrecedes($1.paymentID.utf8)
        }
        for payment in payments {
            let fault = lineFault(payment.paymentID)
            let fee = state.scenario.fee.fee(of: payment.amount)
            let charged = fault == .feeTwice ? 2 * fee : fee
            if fault != .paymentLost { net += payment.amount - charged }
            switch fault {
            case .missingLine, .paymentLost: break
            case .doubledLine:
                rows += [row(payment, charged), row(payment, charged)]
            case .centOff: rows.append(row(payment, charged, extra: 1))
            default: rows.append(row(payment, charged))
            }
        }
        return (rows, net == 0 ? nil : transfer(net))
    }

    private mutating func transfer(_ net: Int64) -> BatchTransfer {
        let due = day.adding(days: state.scenario.transitDays)
        let plain = BatchTransfer(batch: day, amount: net, on: due)
        let remittance = plain.remittance(state.scenario.currency)
        guard strike(.lateTransfer, remittance, file: "cash.csv", on: due) else { return plain }
        return BatchTransfer(batch: day, amount: net, on: due.adding(days: 1))
    }

    /// The account's lines: the batch of this date counts when it is transferred at once.
    mutating func cash(_ latest: BatchTransfer?) -> [[String]] {
        let currency = state.scenario.currency
        var rows: [[String]] = []
        for transfer in state.transfers + [latest].compactMap(\.self) where transfer.on == day {
            let remittance = transfer.remittance(currency)
            // A batch with a fault of its own is credited right, so that each fault stands alone.
            let isClean = !(state.journal + marks).contains {
                $0.event == .fault && $0.file == "channel.csv" && $0.date == transfer.batch
            }
            let isOff = isClean && strike(.transferOff, remittance, file: "cash.csv", on: day)
            rows.append(row(remittance, transfer.amount - (isOff ? 1 : 0)))
        }
        for payout in state.payouts.values.sorted(by: { $0.key < $1.key }) where payout.isPaid {
            if payout.on == day { rows.append(row("PAYOUT " + payout.key, -payout.amount)) }
            if payout.returnsOn == day { rows.append(row("RETURN " + payout.key, payout.amount)) }
        }
        rows += settlements()
        return rows.sorted { $0[0].utf8.lexicographicallyPrecedes($1[0].utf8) }
    }

    private func row(_ payment: Collection, _ fee: Int64, extra: Int64 = 0) -> [String] {
        let currency = state.scenario.currency
        let gross = payment.amount + extra
        return [
            ClearingDay.reference("CH", payment.paymentID), payment.paymentID,
            currency.text(gross), currency.text(fee), currency.text(gross - fee), currency.code,
            payment.valueDate.description,
        ]
    }

    func row(_ remittance: String, _ amount: Int64) -> [String] {
        let currency = state.scenario.currency
        return [
            ClearingDay.reference("BK", remittance), currency.text(amount), currency.code,
            day.description, remittance,
        ]
    }

    static func reference(_ prefix: String, _ text: String) -> String {
        prefix + "-" + digestText(Array(text.utf8)).prefix(12).uppercased()
    }

    private mutating func lineFault(_ payment: String) -> ClearingFaultKind? {
        for fault in state.faults.money where ClearingFaultKind.ofLines.contains(fault.kind) {
            if strike(fault.kind, payment, file: "channel.csv", on: day) { return fault.kind }
        }
        return nil
    }

    /// Draws whether a fault strikes a record, and notes it when it does.
    mutating func strike(
        _ kind: ClearingFaultKind, _ record: String, file: String, on date: Day,
        detail: String? = nil
    ) -> Bool {
        let name = kind.rawValue
        guard let fault = state.faults.money.first(where: { $0.kind == kind }),
            fault.budget.map({ used[name, default: 0] < $0 }) ?? true,
            Draw(seed, day.description, record, name).hits(fault.probability)
        else { return false }
        used[name, default: 0] += 1
        var entry = JournalEntry(.fault, on: date)
        entry.fault = name
        entry.file = file
        entry.record = record
        entry.detail = detail
        marks.append(entry)
        return true
    }
}
