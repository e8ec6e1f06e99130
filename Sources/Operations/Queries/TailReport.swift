package import BusinessCalendar
package import LendingRules
package import Monetary

/// What lenders that compute by themselves made of a closed date, against the scales of their
/// loans; reads only (RULES § 2).
///
/// A lender's entitlement is the principal that has fallen due or was repaid early, and the
/// interest that has accrued, both cumulative. Its tail of a day is what the entitlement grew by
/// less what it would have grown by on the scales, so that the tails of all days add up to what
/// its way of computing has come to. Those of a loan's lenders sum to nothing: what one takes, the
/// residue holder gives.
package struct TailReport: Sendable {
    private let days: any BusinessDays
    private let audit: any AuditSource
    private let snapshots: any TermsSnapshots
    private let platform: PartyID

    private static let page = 1_000

    package init(
        days: any BusinessDays, audit: any AuditSource, snapshots: any TermsSnapshots,
        platform: PartyID
    ) {
        self.days = days
        self.audit = audit
        self.snapshots = snapshots
        self.platform = platform
    }

    /// The tails of a date, in loan and agreement order; of the last closed one when none is asked
    /// for.
    ///
    /// - Throws: ``DateNotClosed``, or ``ContractFault``.
    package func run(_ asked: BusinessDate?) async throws -> (date: BusinessDate, tails: [Tail]) {
        let closed = try await days.status().lastClosed?.date
        guard let closed, asked ?? closed <= closed else {
            throw DateNotClosed(date: asked, lastClosed: closed)
        }
        let date = asked ?? closed
        let terms = TermsLibrary(try await snapshots.snapshots())
        var tails: [Tail] = []
        var last: LoanID?
        while true {
            let dossiers = try await audit.dossiers(after: last, limit: TailReport.page)
            guard let end = dossiers.last else { break }
            for dossier in dossiers where dossier.disbursedOn <= date {
                let contract = try terms.contract(of: dossier, platform: platform)
                if contract.income.computations.isEmpty { continue }
                tails += try ContractFault.naming(contract.loan) { () throws(ServicingError) in
                    try contract.tails(facts: dossier.facts, on: date)
                }
            }
            last = end.record.loan
        }
        return (date, tails.sorted { $0.loan < $1.loan })
    }
}

/// What a lender got more, or less, of a loan on one date than the loan's scales give it.
package struct Tail: Hashable, Sendable {
    package let loan: LoanID
    package let lender: PartyID
    package let computation: LenderComputation.Name
    /// Whether the lender takes what the others' computations leave.
    package let isResidueHolder: Bool
    package let currency: Currency
    /// Of principal that fell due or was repaid early, minor units.
    package let principal: Int64
    /// Of interest that accrued, minor units.
    package let interest: Int64
}

extension LoanContract {
    fileprivate func tails(facts: [LoanFact], on date: BusinessDate) throws(ServicingError)
        -> [Tail]
    {
        let (own, scales) = (self, try onScales)
        func grown(_ contract: LoanContract) throws(ServicingError) -> [Entitlement] {
            let eve = try contract.entitlements(facts, endOf: date.adding(days: -1))
            return zip(try contract.entitlements(facts, endOf: date), eve).map { $0 - $1 }
        }
        let differences = zip(try grown(own), try grown(scales)).map { $0 - $1 }
        return zip(lenders, differences).filter { $1 != Entitlement() }.map { lender, difference in
            Tail(
                loan: loan, lender: lender,
                computation: income.computations[lender]?.name ?? .scale,
                isResidueHolder: lender == income.residueHolder ?? platform, currency: currency,
                principal: difference.principal, interest: difference.interest)
        }
    }

    /// The same contract with every lender computing on the scales.
    private var onScales: LoanContract {
        get throws(ServicingError) {
            let terms = IncomeTerms(
                pricing: income.pricing, interest: income.interest, penalty: income.penalty,
                fee: income.fee, rates: income.rates, residueHolder: income.residueHolder)
            return try ServicingError.naming { () throws(AmountError) in
                try LoanContract(
                    loan: loan, agreement: agreement, schedule: schedule, lenders: lenders,
                    fundedAmounts: scale.weights, platform: platform, serviceFees: serviceFees,
                    servicing: servicing, income: terms, disbursement: disbursement)
            }
        }
    }

    /// What each lender was entitled to by the end of a date, from what was booked by then.
    private func entitlements(_ facts: [LoanFact], endOf date: BusinessDate)
        throws(ServicingError) -> [Entitlement]
    {
        let known = facts.filter { $0.bookingDate <= date }
        guard known.contains(where: { $0.kind == .disbursed }) else {
            return lenders.map { _ in Entitlement() }
        }
        return try position(facts: known, at: date).lenders.map(Entitlement.init)
    }
}

/// Cumulative amounts of one lender, minor units.
private struct Entitlement: Hashable {
    var principal: Int64 = 0
    var interest: Int64 = 0

    init() {}

    init(_ lender: LenderPosition) {
        let lent =
            lender.disbursed + lender.capitalised.total + lender.transferred.principal
        principal = lent - lender.principal
        interest = lender.accruedInterest
    }

    static func - (left: Entitlement, right: Entitlement) -> Entitlement {
        var difference = left
        difference.principal -= right.principal
        difference.interest -= right.interest
        return difference
    }
}

extension ServicingError {
    fileprivate static func naming<Result>(_ body: () throws(AmountError) -> Result)
        throws(ServicingError) -> Result
    {
        do { return try body() } catch { throw .amount(error) }
    }
}
