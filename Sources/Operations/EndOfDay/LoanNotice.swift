import BusinessCalendar
package import LendingRules
import Monetary
import Portfolio

/// What the files of a date say of a loan and no stored row does: a plan that has changed, and
/// service fees that no payment earned or that a tax is part of.
package struct LoanNotice: Hashable, Sendable {
    package let loan: LoanID
    let currency: Currency
    /// The plan by lender from the first instalment that changed on; empty when none did.
    let plans: [PartyID: [PlanShare]]
    /// Fees that no payment earned, by payer.
    let fees: [PartyID: [FeeLine]]
    /// Of the fees of the day's payments: the tax in them, by payer.
    let taxes: [PartyID: Int64]

    func plans(of lender: PartyID) -> [PlanLine] {
        (plans[lender] ?? []).map { PlanLine(loan: loan, share: $0, currency: currency) }
    }
}

extension LoanNotice {
    /// The notices of loans whose shards are in none of the ranges: what a close that was killed
    /// has posted and not written.
    static func all(
        outside open: [Range<Int>], on date: BusinessDate, _ book: any LoanBook,
        _ terms: TermsLibrary, platform: PartyID
    ) async throws -> [LoanNotice] {
        var notices: [LoanNotice] = []
        for shards in gaps(between: open) {
            let live = try await book.anchors(in: shards).filter(\.isLive).map(\.loan)
            let touched = try await book.touched(in: shards, on: date)
            for loans in Set(live + touched).sorted().chunks(of: SliceClose.chunk) {
                for dossier in try await book.dossiers(loans, bookedThrough: date) {
                    let contract = try terms.contract(of: dossier, platform: platform)
                    let notice = try ContractFault.naming(contract.loan) {
                        () throws(ServicingError) in
                        try LoanDay(contract: contract, facts: dossier.facts, date: date).notice
                    }
                    if let notice { notices.append(notice) }
                }
            }
        }
        return notices
    }

    /// The shards that are in none of the ranges.
    static func gaps(between open: [Range<Int>]) -> [Range<Int>] {
        var gaps: [Range<Int>] = []
        var next = 0
        for range in open.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if next < range.lowerBound { gaps.append(next..<range.lowerBound) }
            next = max(next, range.upperBound)
        }
        let end = Surroundings.shardCount
        if next < end { gaps.append(next..<end) }
        return gaps
    }
}

// MARK: - Of one loan's day

extension LoanDay {
    /// What its files say beyond stored rows; nil when they say nothing more.
    var notice: LoanNotice? {
        get throws(ServicingError) {
            let plans = try changedPlans
            let (fees, taxes) = (dailyFees, taxes)
            if plans.isEmpty, fees.isEmpty, taxes.isEmpty { return nil }
            return LoanNotice(
                loan: contract.loan, currency: contract.currency, plans: plans, fees: fees,
                taxes: taxes)
        }
    }

    /// The plan of everybody who holds the loan, where the date's facts changed it.
    private var changedPlans: [PartyID: [PlanShare]] {
        get throws(ServicingError) {
            guard let before, !after.isUndone, !after.isStopped,
                let first = firstChange(before.schedule, after.schedule)
            else { return [:] }
            let shares = try contract.changedPlan(facts: facts, endOf: date, from: first)
            var plans: [PartyID: [PlanShare]] = [:]
            for (lender, plan) in shares.enumerated() {
                // Who handed its principal over may have kept interest that is to fall due.
                let hasPart = plan.contains { $0.principal != 0 || $0.interest != 0 || $0.fee != 0 }
                guard hasPart || after.holding.scale.weights[lender] > 0 else { continue }
                plans[contract.lenders[lender]] = plan
            }
            return plans
        }
    }

    /// Number of the first instalment that is another one, or no longer there.
    private func firstChange(_ earlier: Schedule, _ later: Schedule) -> Int? {
        if earlier == later { return nil }
        let (old, new) = (earlier.instalments, later.instalments)
        let place = zip(old, new).prefix { $0 == $1 }.count
        return place == max(old.count, new.count) ? nil : place + 1
    }

    /// Fees on what was lent and on what is outstanding, tax included.
    private var dailyFees: [PartyID: [FeeLine]] {
        var lines: [PartyID: [FeeLine]] = [:]
        for (place, fee) in contract.serviceFees.enumerated() {
            guard fee.base == .disbursed || fee.base == .principalOutstanding,
                let (past, now) = charged(fee, place), now != past
            else { continue }
            lines[fee.payer, default: []].append(
                FeeLine(
                    id: "\(contract.loan)~\(fee.base.rawValue)~\(date)", gross: now - past,
                    tax: fee.tax(within: now) - fee.tax(within: past),
                    currency: contract.currency))
        }
        return lines
    }

    private var taxes: [PartyID: Int64] {
        var taxes: [PartyID: Int64] = [:]
        for (place, fee) in contract.serviceFees.enumerated() where fee.tax != nil {
            guard fee.base == .interestCollected || fee.base == .principalCollected,
                let (past, now) = charged(fee, place), now != past
            else { continue }
            taxes[fee.payer, default: 0] += fee.tax(within: now) - fee.tax(within: past)
        }
        return taxes
    }

    /// What a fee to us had come to, and has come to; nil when its payer does not lend.
    private func charged(_ fee: ServiceFee, _ place: Int) -> (past: Int64, now: Int64)? {
        guard fee.payee == contract.platform,
            let lender = contract.lenders.firstIndex(of: fee.payer)
        else { return nil }
        func charged(_ position: LoanPosition?) -> Int64 {
            let fees = position?.lenders[lender].serviceFees ?? []
            return place < fees.count ? fees[place] : 0
        }
        return (charged(before), charged(after))
    }
}

extension [LoanNotice] {
    /// Our fees of a date for a partner, in the order of their ids: one for each payment line that
    /// earned one, with its part of the tax of its loan's day, and those that no payment earned.
    func fees(of payer: PartyID, with repayments: [RepaymentLine]) -> [FeeLine] {
        let taxes = reduce(into: [LoanID: Int64]()) { $0[$1.loan] = $1.taxes[payer] }
        let loans = Dictionary(grouping: repayments.filter { $0.row.serviceFee != 0 }) {
            $0.row.loan
        }
        var fees = flatMap { $0.fees[payer] ?? [] }
        for (loan, lines) in loans {
            fees += FeeLine.lines(of: lines, tax: taxes[loan] ?? 0)
        }
        return fees.sorted { $0.id < $1.id }
    }
}

extension FeeLine {
    /// The fees of a loan's payments on one date; the tax follows the fees, and the last line has
    /// what is left of it.
    fileprivate static func lines(of payments: [RepaymentLine], tax: Int64) -> [FeeLine] {
        let total = payments.reduce(0) { $0 + $1.row.serviceFee }
        var (gross, taxed) = (Int64(0), Int64(0))
        return payments.enumerated().map { place, payment in
            gross += payment.row.serviceFee
            let isLast = place + 1 == payments.count
            let target =
                isLast || total == 0
                ? (isLast ? tax : 0) : Int64(Int128(tax) * Int128(gross) / Int128(total))
            defer { taxed = target }
            return FeeLine(
                id: payment.row.line, gross: payment.row.serviceFee, tax: target - taxed,
                currency: payment.currency)
        }
    }
}
