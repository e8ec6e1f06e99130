import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Reconciling

extension MemoryStore: ReconciliationStore {
    func due(for parties: [PartyID]) async throws -> [PartnerDate] {
        try await states(of: parties).filter { [.awaiting, .missing].contains($0.state) }
    }

    func states(of parties: [PartyID]) async throws -> [PartnerDate] {
        read { world in
            world.closed.map(\.date).flatMap { date in
                parties.sorted().map { party in
                    let pair = World.Pair(party: party, date: date)
                    return PartnerDate(
                        party: party, date: date, state: world.reconciled[pair]?.state ?? .awaiting)
                }
            }
        }
    }

    func lending(of loans: Set<LoanID>) async throws -> [LoanID: LentLoan] {
        let terms = TermsLibrary(world.snapshots)
        return read { world in
            loans.reduce(into: [:]) { lending, loan in
                guard let booked = world.loans[loan],
                    let agreement = terms.agreement(booked.record.agreementVersion)
                else { return }
                lending[loan] = LentLoan(
                    plan: booked.plan, disbursement: agreement.disbursement)
            }
        }
    }

    func openBreaks(of party: PartyID, before date: BusinessDate) async throws -> [KeptBreak] {
        read { world in
            world.breaks.values.filter {
                $0.party == party && $0.firstDate < date
                    && ($0.state.isOpen || $0.lifecycle.healedBy.map { $0 >= date } ?? false
                        || $0.lifecycle.resolution == .approval && $0.isAccepted)
            }.sorted { ($0.firstDate, $0.id) < ($1.firstDate, $1.id) }
        }
    }

    func breaks(of party: PartyID, on date: BusinessDate) async throws -> [KeptBreak] {
        read { world in
            world.breaks.values.filter { $0.party == party && $0.firstDate == date }
                .sorted { $0.id < $1.id }
        }
    }

    func settled(_ party: PartyID, _ date: BusinessDate) async throws -> Set<Currency> {
        read { world in
            Set(
                world.covered.filter { $0.party == party && $0.date == date }.map(\.currency))
        }
    }

    func rounded(_ party: PartyID, _ dates: Range<BusinessDate>) async throws
        -> [Currency: Int64]
    {
        read { world in
            var sums: [Currency: Int64] = [:]
            for kept in world.breaks.values
            where kept.party == party && dates.contains(kept.firstDate) {
                guard let currency = Currency(code: kept.currency) else { continue }
                sums[currency, default: 0] += abs(kept.posted.rounded)
            }
            return sums
        }
    }

    func record(_ result: ReconciledDate) async throws {
        try write("reconciled \(result.party) \(result.date)") { try $0.keep(result) }
    }
}

extension World {
    /// Takes the place of what an earlier run of the same party and date has left.
    mutating func keep(_ result: ReconciledDate) throws {
        keepVersions(of: result)
        try apply(result.changes)
        for file in result.received {
            let place = TestExchange.Place(
                party: result.party, date: result.date, name: file.name)
            receivedFiles[place] = file.bytes
        }
    }
}
