import BusinessCalendar
import LendingRules
import Monetary
import Reconciling

// What partners have said, held against our own balances and the breaks between the two.

extension Verify {
    /// A stated balance is ours less what the date's breaks of it say, and a partner numbers only
    /// loans that it was asked to fund.
    func checkSayings(of closed: [BusinessDate]) async throws -> Divergence? {
        let breaks = Dictionary(
            grouping: try await source.keptBreaks().filter(\.isOfBalance), by: \.firstDate)
        for date in closed {
            let stated = try await source.statedBalances(on: date)
            if stated.isEmpty { continue }
            let ours = try await source.balances(on: date)
            if let found = try check(stated, against: ours, breaks[date] ?? []) { return found }
        }
        let numbers = try await source.partnerLoanNumbers()
        if numbers.isEmpty { return nil }
        let asked = Set(
            try await source.requests().map { "\($0.request.party) \($0.request.loan)" })
        let stray = numbers.first { !asked.contains("\($0.party) \($0.number.loan)") }
        return stray.map {
            Divergence(
                .sayings, on: $0.date, at: $0.number.loan,
                "\($0.party) numbers it \($0.number.number) and was never asked to fund it")
        }
    }

    private func check(
        _ stated: [PartnerBalance], against ours: [LenderBalance], _ breaks: [KeptBreak]
    ) throws -> Divergence? {
        var owed: [String: Int64] = [:]
        for row in ours {
            owed["\(row.lender) \(row.loan)"] = try row.claims.principal.plus(
                row.claims.overduePrincipal)
        }
        for kept in breaks {
            let name = "\(kept.party) \(kept.loan)"
            guard let before = owed[name] else { continue }
            owed[name] = try kept.differences.filter {
                $0.column == "principal" || $0.column == "overdue_principal"
            }.reduce(before) { try $0.minus($1.minorUnits) }
        }
        // Of two rows, or of two currencies, a break's differences do not tell.
        let unclear = Set(
            breaks.filter { $0.kind == .duplicateTheirs || $0.cause == .otherCurrency }
                .map { "\($0.party) \($0.loan)" })
        for row in stated where !unclear.contains("\(row.party) \(row.balance.loan)") {
            let balance = row.balance
            guard let expected = owed["\(row.party) \(balance.loan)"], expected != balance.stated
            else { continue }
            return Divergence(
                .sayings, on: balance.date, at: balance.loan,
                "\(row.party) is said to have stated \(balance.stated), by our balance and its "
                    + "breaks it stated \(expected)")
        }
        return nil
    }
}

extension KeptBreak {
    /// Whether it is a difference between two balances, still as the files in force have it.
    fileprivate var isOfBalance: Bool {
        file == FileLayout.balances.name && state != .superseded && !kind.isAboutFile
    }
}
