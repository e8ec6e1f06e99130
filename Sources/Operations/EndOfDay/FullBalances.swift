import BusinessCalendar
import LendingRules
import Monetary
import Portfolio

/// What every live loan owes each lender at the end of a date whose slices are posted.
///
/// Quiet loans by the closed form of their anchors, all others by their positions.
struct FullBalances: Sendable {
    private let files: DayFiles

    /// Shards whose anchors are held in memory at a time.
    private static let width = 256

    init(_ files: DayFiles) { self.files = files }

    /// Rows with something owed, in no particular order.
    func all(endOf date: BusinessDate) async throws -> [LenderBalance] {
        var balances: [LenderBalance] = []
        for start in stride(from: 0, to: Surroundings.shardCount, by: FullBalances.width) {
            let shards = start..<start + FullBalances.width
            var eventful: [LoanID] = []
            let anchors = try await files.surroundings.during(.load) {
                try await files.book.anchors(in: shards)
            }
            for anchor in anchors where anchor.isLive {
                if anchor.isQuiet {
                    balances += try anchor.balances(endOf: date)
                } else {
                    eventful.append(anchor.loan)
                }
            }
            for loans in eventful.sorted().chunks(of: SliceClose.chunk) {
                let dossiers = try await files.surroundings.during(.load) {
                    try await files.book.dossiers(loans, bookedThrough: date)
                }
                for dossier in dossiers {
                    balances += try self.balances(of: dossier, endOf: date)
                }
            }
        }
        return balances.filter(\.isOwed)
    }

    private func balances(of dossier: LoanDossier, endOf date: BusinessDate) throws
        -> [LenderBalance]
    {
        let contract = try files.terms.contract(of: dossier, platform: files.catalogue.platform)
        return try ContractFault.naming(contract.loan) { () throws(ServicingError) in
            let position = try contract.position(facts: dossier.facts, at: date)
            return contract.balances(at: position)
        }
    }
}

extension LoanAnchor {
    /// The balances of a quiet loan: nothing is overdue, every instalment that fell due is paid.
    ///
    /// - Throws: ``AmountError``.
    fileprivate func balances(endOf date: BusinessDate) throws(AmountError) -> [LenderBalance] {
        let scale = try ProportionalScale(weights: fundedAmounts)
        let repaid = try scale.parts(
            of: fundedAmounts.reduce(0) { $0 + $1 } - openingBalance)
        let accrued = try accruedInterest(endOf: date)
        let interest = try ProportionalScale(weights: interestWeights).parts(
            from: interestBefore, to: interestBefore + accrued)
        return lenders.indices.map {
            LenderBalance(
                loan: loan, lender: lenders[$0], date: date, currency: currency,
                claims: Components(
                    principal: fundedAmounts[$0] - repaid[$0], interest: interest[$0]),
                daysPastDue: 0, accrualStatus: .accrual,
                accrual: OpenAccrual(interest: interest[$0]))
        }
    }

    /// Interest of the open period by the end of a date.
    private func accruedInterest(endOf date: BusinessDate) throws(AmountError) -> Int64 {
        let length = dueOn.days(since: startsOn)
        let days = min(max(0, date.adding(days: 1).days(since: startsOn)), length)
        return try AccrualQuotient(
            openingBalance: openingBalance, rate: rate, fraction: fraction, days: length
        ).accrued(days: days, rounding: rounding)
    }
}
