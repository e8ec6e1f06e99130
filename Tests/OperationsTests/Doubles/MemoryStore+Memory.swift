import BusinessCalendar
import LendingRules
import Operations
import Reconciling

extension MemoryStore {
    func loans(numbered numbers: Set<String>, by party: PartyID, before date: BusinessDate)
        async throws -> [LoanNumber]
    {
        read { world in
            let said = world.reconciled.filter { $0.key.party == party && $0.key.date < date }
                .values.flatMap(\.sayings.numbers)
            return Set(said.filter { numbers.contains($0.number) })
                .sorted { ($0.number, $0.loan) < ($1.number, $1.loan) }
        }
    }

    func stated(by party: PartyID, of loans: [String], before date: BusinessDate) async throws
        -> [StatedBalance]
    {
        let gap = try await due(for: [party]).map(\.date).filter { $0 < date }.max()
        return read { world in
            let said = world.reconciled.filter { $0.key.party == party && $0.key.date < date }
                .values.flatMap(\.sayings.balances)
            return loans.compactMap { loan in
                said.filter { $0.loan == loan }.max { $0.date < $1.date }
            }.filter { balance in gap.map { balance.date >= $0 } ?? true }
        }
    }

    func statedBalances(on date: BusinessDate) async throws -> [PartnerBalance] {
        read { world in
            world.reconciled.values.filter { $0.date == date }.flatMap { result in
                result.sayings.balances.map { PartnerBalance(party: result.party, balance: $0) }
            }
        }
    }

    func partnerLoanNumbers() async throws -> [PartnerLoanNumber] {
        read { world in
            world.reconciled.values.flatMap { result in
                result.sayings.numbers.map {
                    PartnerLoanNumber(party: result.party, date: result.date, number: $0)
                }
            }
        }
    }
}
