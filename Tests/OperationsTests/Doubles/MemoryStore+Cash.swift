import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Reconciling

extension MemoryStore: CashStore {
    func payments(on date: BusinessDate) async throws -> [CollectedPayment] {
        read { world in
            world.facts.flatMap { loan, facts in
                facts.filter { $0.bookingDate == date }.compactMap { world.payment($0, of: loan) }
            }.joined()
        }
    }

    func movedPayouts(on date: BusinessDate) async throws -> [MovedPayout] {
        read { world in
            world.payouts.values.sorted { $0.payout.key < $1.payout.key }.flatMap { held in
                (world.facts[held.payout.loan] ?? []).filter { $0.bookingDate == date }
                    .compactMap { held.payout.moved(by: $0) }
            }
        }
    }

    func payouts(_ keys: [String]) async throws -> [KnownPayout] {
        read { world in
            world.payouts.values.filter { held in
                keys.contains(held.payout.key)
                    && [.sent, .inDoubt, .confirmed, .disbursed].contains(held.state)
            }.sorted { $0.payout.key < $1.payout.key }.map { held in
                KnownPayout(
                    key: held.payout.key, loan: held.payout.loan, amount: held.payout.amount,
                    currency: held.payout.currency,
                    isUndone: (world.facts[held.payout.loan] ?? []).contains {
                        [.payoutFailed, .payoutReturned].contains($0.kind)
                    })
            }
        }
    }

    func payouts() async throws -> [KeptPayout] {
        read { world in
            world.payouts.values.sorted { $0.payout.loan < $1.payout.loan }.compactMap { held in
                world.loans[held.payout.loan].map {
                    KeptPayout(
                        held: held, plan: $0.plan,
                        agreementVersion: $0.record.agreementVersion, loanState: $0.state)
                }
            }
        }
    }

    func freeze(_ batches: [CashBatch], _ entries: [LedgerRow], on date: BusinessDate) async throws
    {
        write("transit \(date)") { world in
            guard world.inTransit.insert(date).inserted else { return }
            world.cashBatches += batches
            for row in entries { world.add(row) }
        }
    }

    func firstInTransit() async throws -> BusinessDate? { read { $0.inTransit.min() } }

    func batches(on date: BusinessDate) async throws -> [CashBatch] {
        read { $0.cashBatches.filter { $0.date == date } }
    }

    func unseen(before statement: BusinessDate) async throws -> [CashBatch] {
        read { world in
            world.cashBatches.filter { batch in
                batch.date <= statement
                    && world.cashBooked.filter {
                        $0.posting.remittance == batch.remittance
                            && $0.posting.statement < statement
                    }.reduce(0) { $0 + $1.posting.amount } == 0
            }
        }
    }

    func booked(_ remittances: [String]) async throws -> [BookedCash] {
        read { $0.cashBooked.filter { remittances.contains($0.posting.remittance) } }
    }

    func booked(statement: BusinessDate) async throws -> [BookedCash] {
        read { $0.cashBooked.filter { $0.posting.statement == statement } }
    }

    func received(_ name: String, from party: PartyID, on date: BusinessDate) async throws
        -> FileContent?
    {
        read { world in
            world.receivedFiles[TestExchange.Place(party: party, date: date, name: name)]
                .map { FileContent(name: name, bytes: $0) }
        }
    }

    func record(
        _ result: CashResult, _ difference: [CashPosting], _ entries: [LedgerRow],
        on date: BusinessDate
    ) async throws {
        try write("cash \(result.party)") { world in
            try world.require(date)
            if let statement = result.statement {
                let booked = world.cashBooked.filter { $0.posting.statement == statement }
                if booked != result.before { throw Refusal.overtaken("\(statement)") }
            }
            for reconciled in result.dates { try world.keep(reconciled) }
            try world.apply(result.changed)
            try world.take(result.receipts)
            try world.add(result.steps, on: date)
            world.cashBooked += difference.map { BookedCash(bookedOn: date, posting: $0) }
            for row in entries { world.add(row) }
        }
    }

    func cash() async throws -> KeptCash {
        read { KeptCash(batches: $0.cashBatches, booked: $0.cashBooked) }
    }
}

extension World {
    /// What of cash and breaks differs from another world, in words; nil when nothing does.
    func cashDifference(from other: World) -> String? {
        if cashBatches != other.cashBatches { return "batches" }
        if cashBooked != other.cashBooked { return "\(cashBooked)\n\(other.cashBooked)" }
        return breaks == other.breaks ? nil : "breaks"
    }

    private func collected(
        _ id: String, _ loan: LoanID, _ amount: Int64, _ currency: Currency
    ) -> CollectedPayment {
        let whole = PartName.whole(of: id)
        let line = loans[loan]?.record.line
        return CollectedPayment(
            id: whole ?? id, loan: (whole == nil ? nil : line?.text) ?? loan.text, amount: amount,
            currency: currency)
    }

    fileprivate func payment(_ fact: LoanFact, of loan: LoanID) -> CollectedPayment? {
        guard let currency = loans[loan]?.record.currency else { return nil }
        switch fact.kind {
        case .repayment(let amount):
            return collected(fact.id, loan, amount, currency)
        case .reversal(let payment):
            guard
                case .repayment(let amount)? = facts[loan]?.first(where: { $0.id == payment })?
                    .kind
            else { return nil }
            return collected(fact.id, loan, -amount, currency)
        default: return nil
        }
    }
}

extension Payout {
    fileprivate func moved(by fact: LoanFact) -> MovedPayout? {
        let kind: CashExpectation.Kind
        switch fact.kind {
        case .disbursed: kind = .payout
        case .payoutFailed, .payoutReturned: kind = .returned
        default: return nil
        }
        return MovedPayout(
            kind: kind, key: key, currency: currency,
            amount: kind == .payout ? -amount : amount, valueDate: fact.valueDate)
    }
}
