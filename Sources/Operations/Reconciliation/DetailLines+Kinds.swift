package import LendingRules
package import Monetary

/// One line of the in-flight file: a request the partner has accepted and nobody has paid out.
package struct InFlightLine: Hashable, Sendable {
    package let requestKey: String
    package let loan: LoanID
    package let principal: Int64
    package let currency: Currency

    package init(requestKey: String, loan: LoanID, principal: Int64, currency: Currency) {
        self.requestKey = requestKey
        self.loan = loan
        self.principal = principal
        self.currency = currency
    }
}

/// One line of the instalment plan: an instalment of a loan as far as it is the partner's.
package struct PlanLine: Hashable, Sendable {
    package let loan: LoanID
    package let share: PlanShare
    package let currency: Currency

    package init(loan: LoanID, share: PlanShare, currency: Currency) {
        self.loan = loan
        self.share = share
        self.currency = currency
    }
}

/// One line of the repayments by instalment.
package struct PartLine: Hashable, Sendable {
    package let part: DistributionPart
    package let currency: Currency

    package init(part: DistributionPart, currency: Currency) {
        self.part = part
        self.currency = currency
    }
}

/// One line of the fees file: what the partner owes us.
package struct FeeLine: Hashable, Sendable {
    /// The payment line that earned it, or `<loan>~<base>~<date>` where none did.
    package let id: String
    /// Tax included; minor units.
    package let gross: Int64
    package let tax: Int64
    package let currency: Currency

    package init(id: String, gross: Int64, tax: Int64 = 0, currency: Currency) {
        self.id = id
        self.gross = gross
        self.tax = tax
        self.currency = currency
    }

    /// Without the tax; minor units.
    package var net: Int64 { gross - tax }
}

extension DetailLines {
    /// Loans whose plan the partner gets with these lines: those that begin and those whose shares
    /// have changed; who had a part of a loan and buys or sells claims has its plan already.
    var loansBegun: [LoanID] {
        let new = Set(statusChanges.filter { $0.from == .notDisbursed }.map(\.loan))
        return disbursements.filter(\.isPayout).map(\.loan)
            + facts.filter {
                $0.file == "transfers" && ($0.row.kind == .transfer || new.contains($0.row.loan))
            }.map(\.row.loan)
    }
}

extension DisbursementLine {
    /// Whether the line pays out rather than takes back.
    var isPayout: Bool { reverses.isEmpty }
}
