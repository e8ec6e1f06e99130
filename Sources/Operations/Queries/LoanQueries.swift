package import BusinessCalendar
package import LendingRules

/// Loans as people ask about them.
package protocol LoanQueries: Sendable {
    /// Loans in id order after `loan`, at most `limit`.
    func loans(after loan: LoanID?, limit: Int) async throws -> [LoanLine]
    /// Everything about one loan, or nil when it is not booked.
    func loan(_ id: LoanID) async throws -> LoanView?
    /// A line of credit with its notes, or nil when it is not opened.
    func line(_ id: LoanID) async throws -> LineSubject?
}

/// One line of the loan list.
package struct LoanLine: Hashable, Sendable {
    package let record: LoanRecord
    package let state: LoanState
    package let disbursedOn: BusinessDate?

    package init(record: LoanRecord, state: LoanState, disbursedOn: BusinessDate?) {
        self.record = record
        self.state = state
        self.disbursedOn = disbursedOn
    }
}

/// Everything the store knows of one loan.
package struct LoanView: Hashable, Sendable {
    package let line: LoanLine
    package let plan: SharePlan
    package let requests: [HeldRequest]
    /// How it goes to its borrower over the payment channel; nil when it does not.
    package let payout: PayoutView?
    /// Partner references and reasons by request key.
    package let answers: [String: String]
    package let facts: [LoanFact]
    package let distributions: [DistributionRow]
    package let factLines: [FactLine]
    package let balances: [LenderBalance]
    /// What people said of requests by their keys, oldest first.
    package let said: [String: [Resolution]]
    /// What layers were asked and paid, and of which orders and corrections not all came about.
    package let draws: [KeptDraw]

    package init(
        line: LoanLine, plan: SharePlan, requests: [HeldRequest], payout: PayoutView? = nil,
        answers: [String: String], facts: [LoanFact], distributions: [DistributionRow],
        factLines: [FactLine], balances: [LenderBalance], said: [String: [Resolution]] = [:],
        draws: [KeptDraw] = []
    ) {
        self.said = said
        self.draws = draws
        self.payout = payout
        self.line = line
        self.plan = plan
        self.requests = requests
        self.answers = answers
        self.facts = facts
        self.distributions = distributions
        self.factLines = factLines
        self.balances = balances
    }

    /// What its lender said of a request; of one that is open, what the last exchange showed.
    package func answer(to held: HeldRequest) -> String? {
        answers[held.request.key] ?? (held.evidence.isEmpty ? nil : held.evidence)
    }
}

/// A payout as people ask about it.
package struct PayoutView: Hashable, Sendable {
    package let held: HeldPayout
    /// The channel's reference, empty while it has not paid.
    package let reference: String
    /// Why the latest try that failed did; empty when none has.
    package let reason: String

    package init(held: HeldPayout, reference: String, reason: String) {
        self.held = held
        self.reference = reference
        self.reason = reason
    }
}
