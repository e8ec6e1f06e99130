import LendingRules
import Monetary

/// Why the other agreement would not have taken a loan, in words that many loans share.
struct ReplayRefusal: Error {
    let code: String
    let because: String
    var shortages: [LimitShortage] = []
}

extension Agreement {
    /// Who would have lent a loan; limits and volumes move with it, or nothing does.
    func plan(of loan: LoanRecord, _ asking: Applicant, in run: inout FundingRun)
        throws(ReplayRefusal) -> SharePlan
    {
        guard products.contains(loan.product), loan.currency == currency else {
            throw ReplayRefusal(
                code: "INTAKE-012",
                because: "\(name) does not take \(loan.product) in \(loan.currency)")
        }
        do throws(FundingRefusal) {
            if let refusal = refusal(ofRate: loan.rate) { throw refusal }
            return try run.fund(asking, by: self)
        } catch {
            throw ReplayRefusal(error, under: self)
        }
    }
}

extension ReplayRefusal {
    fileprivate init(_ refusal: FundingRefusal, under agreement: Agreement) {
        switch refusal {
        case .noTier:
            self.init(code: ImportFault.noTier, because: "no tier of \(agreement.name) takes it")
        case .outsideBounds(let party, _, _, _):
            self.init(
                code: ImportFault.noSplit,
                because: "a part is outside of what \(party) lends of a loan")
        case .noTaker(_, let passed):
            let shortages = passed.flatMap { bank -> [LimitShortage] in
                if case .limits(let shortages) = bank.why { shortages } else { [] }
            }
            self.init(
                code: ImportFault.noSplit, because: "no bank takes a part", shortages: shortages)
        case .noRoom(let shortages):
            let keys = shortages.map(\.slot.key.words)
            self.init(
                code: shortages[0].code,
                because: "not enough is left of \(keys.joined(separator: " and "))",
                shortages: shortages)
        case .rateBelowOwed:
            self.init(
                code: "INTAKE-022", because: "the rate is below what the lenders are owed")
        case .rateNotBlended:
            self.init(code: "INTAKE-022", because: "the rate is not the blended rate")
        case .ruleBroken(let findings):
            let rules = findings.map { "rule \($0.rule) of \($0.pack)" }
            self.init(
                code: ImportFault.ruleBroken,
                because: rules.joined(separator: " and ") + " forbids it")
        case .amountOutOfRange:
            self.init(code: "INTAKE-015", because: "the amounts are out of range")
        }
    }
}

extension LimitKey {
    /// Whose limit it is and over how long, without figures; of borrowers one row tells all.
    fileprivate var words: String {
        "\(party)'s limit per \(span.rawValue)"
            + (scope.dimension == .borrower ? " for a borrower" : scope.words)
            + (agreement.isEmpty ? " over all agreements" : " under \(agreement)")
    }
}
