import BusinessCalendar
import LendingRules
import Monetary
import Operations
import TestSupport

/// Rejected rows that nobody reads.
struct NobodysRejects: Rejects {
    func take(_ rows: [RejectedRow], of table: ImportTable) throws {}
}

extension RandomDays {
    /// Imports what happens to loans besides payments, as far as it can be.
    func takeFacts(_ date: BusinessDate, in house: TestHouse) async throws {
        let loans = house.store.world.loans.values.sorted { $0.record.loan < $1.record.loan }
        let lines = loans.compactMap { fact(of: $0, on: date) }
        guard !lines.isEmpty else { return }
        _ = try await house.factImport.run(FactFile.table(lines), rejects: NobodysRejects())
    }

    /// At most one a day and loan, so that what one import refuses the next refuses too.
    private func fact(of loan: World.Loan, on date: BusinessDate) -> String? {
        guard let disbursedOn = loan.disbursedOn else { return nil }
        let id = loan.record.loan
        var random = generator("fact of \(id) on \(date)")
        guard random.isOne(in: 6) else { return nil }
        let words = words(of: loan, disbursedOn, using: &random)
        let valueDate = max(disbursedOn, date.adding(days: -random.pick([0, 0, 0, 2, 4])))
        return FactFile.line(
            "F-\(id)-\(date)", words.kind, words.rest, loan: id.text, valueDate: "\(valueDate)",
            at: "\(valueDate)T\(random.pick(["09", "12", "15"])):00:00Z")
    }

    private func words(
        of loan: World.Loan, _ disbursedOn: BusinessDate, using random: inout SeededGenerator
    ) -> (kind: String, rest: String) {
        func amount(_ most: Int64) -> String {
            AmountText.format(random.pick(1...max(1, most)), decimals: 2)
        }
        let part = loan.record.principal / Int64(max(1, loan.record.instalments))
        switch random.pick(0...15) {
        case 0...4:
            let name = random.pick(["interest", "interest", "principal", "penalty"])
            let most = ["interest": part / 80, "penalty": 20][name] ?? part
            let bearer = random.pick(["shares", "shares", "platform", "harbor"])
            return ("waiver", "currency=USD \(name)=\(amount(most)) borneBy=\(bearer)")
        case 5, 6: return ("charge-off", "scope=partial currency=USD principal=\(amount(part))")
        case 7: return ("charge-off", "scope=full")
        case 8, 9: return ("refund", "currency=USD amount=\(amount(25_00))")
        case 10, 11: return ("recovery", "currency=USD amount=\(amount(part))")
        case 12: return ("collection-cost", "currency=USD amount=\(amount(5_00))")
        case 13: return ("cancelled", "charge=\(random.pick(["none", "interest"]))")
        case 14: return (random.pick(["payout-failed", "payout-returned"]), "")
        default:
            let number = random.pick(1...2)
            return ("reversal", "reverses=P-\(loan.record.loan)-\(number)-0")
        }
    }
}
