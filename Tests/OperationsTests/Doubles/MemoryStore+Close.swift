import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations
import Portfolio

extension MemoryStore: BusinessDays {
    func status() async throws -> DayStatus {
        read { DayStatus(open: $0.open, closing: $0.closing, lastClosed: $0.closed.last) }
    }

    func freeze(_ date: BusinessDate) async throws {
        try write("freeze \(date)") { world in
            if world.closing == date { return }
            try world.require(date)
            world.closing = date
            world.open = date.adding(days: 1)
        }
    }

    func finish(_ date: BusinessDate, head: [UInt8]) async throws {
        write("finish \(date)") { world in
            world.closing = nil
            world.closed.append(ClosedDay(date: date, head: head))
        }
    }
}

extension MemoryStore: LoanBook {
    func openSlices(_ date: BusinessDate) async throws -> [Range<Int>] {
        read { world in
            let done = world.posted[date] ?? []
            return stride(from: 0, to: 4096, by: sliceWidth)
                .map { $0..<min($0 + sliceWidth, 4096) }.filter { !done.contains($0) }
        }
    }

    func anchors(in shards: Range<Int>) async throws -> [LoanAnchor] {
        read { world in
            world.anchors.values.filter { $0.isLive && shards.contains(Int($0.shard)) }
                .sorted { ($0.shard, $0.loan) < ($1.shard, $1.loan) }
        }
    }

    func touched(in shards: Range<Int>, on date: BusinessDate) async throws -> [LoanID] {
        read { world in
            let live = world.anchors.values.filter { isEverythingTouched && $0.isLive }.map(\.loan)
            let booked = world.facts.filter { $0.value.contains { $0.bookingDate == date } }.keys
            return Set(booked).union(live).map { (TestHash.shard($0.text), $0) }
                .filter { shards.contains(Int($0.0)) }.sorted { $0 < $1 }.map(\.1)
        }
    }

    func dossiers(_ loans: [LoanID], bookedThrough date: BusinessDate) async throws
        -> [LoanDossier]
    {
        read { world in loans.compactMap { world.dossier($0, bookedThrough: date) } }
    }

    func post(_ slice: SliceResult) async throws {
        write("post \(slice.shards) of \(slice.date)") { world in
            if world.posted[slice.date]?.contains(slice.shards) == true { return }
            world.posted[slice.date, default: []].append(slice.shards)
            for row in slice.ledger { world.add(row) }
            world.distributions += slice.distributions
            world.factLines += slice.factLines
            world.balances += slice.balances
            world.parts += slice.parts
            world.statusChanges += slice.statusChanges
            for anchor in slice.anchors { world.anchors[anchor.loan] = anchor }
        }
    }
}

extension MemoryStore: TermsSnapshots {
    func snapshots() async throws -> [TermsSnapshot] { world.snapshots }
}

extension MemoryStore: DayTotals {
    func ledger(on date: BusinessDate) async throws -> [LedgerRow] {
        read { $0.ledgerRows.filter { $0.date == date } }
    }

    func freeze(_ obligations: [Obligation], on date: BusinessDate) async throws {
        write("obligations \(date)") { world in
            if world.obligations[date] == nil { world.obligations[date] = obligations }
        }
    }
}

extension World {
    func dossier(_ id: LoanID, bookedThrough date: BusinessDate?) -> LoanDossier? {
        guard let loan = loans[id], let disbursedOn = loan.disbursedOn else { return nil }
        let facts = (facts[id] ?? []).filter { date == nil || $0.bookingDate <= date ?? open }
        return LoanDossier(
            record: loan.record, plan: loan.plan, disbursedOn: disbursedOn, facts: facts)
    }
}

extension MemoryStore: RuleWatchStore {
    func lent(through date: BusinessDate) async throws -> [LentPrincipal] {
        read { world in
            world.ledgerRows.filter { row in
                row.date <= date
                    && [Account.principal, .overduePrincipal].contains(row.posting.account)
            }.map { row in
                LentPrincipal(
                    agreement: row.agreement, party: PartyID(row.posting.book.name),
                    currency: row.posting.currency, amount: row.posting.amount)
            }
        }
    }

    func keep(_ findings: [KeptFinding]) async throws {
        write("findings") { world in
            world.findings += findings.filter { !world.findings.contains($0) }
        }
    }
}
