import LendingRules
import Monetary

extension ServicingTerms {
    /// The rules of a loan of a product under an agreement.
    init(_ product: Product, _ agreement: Agreement) {
        self.init(
            penalty: product.penalty, materiality: product.materiality,
            allocation: agreement.allocation, earlyRepayment: product.earlyRepayment,
            nonAccrual: product.nonAccrual, minimumDays: product.minimumDays,
            collectionCosts: agreement.loss.collectionCosts)
    }
}

extension IncomeTerms {
    /// How the incomes of loans under an agreement are divided.
    init(_ agreement: Agreement) {
        let parties = agreement.lenders.map(\.party)
        func table(_ shares: [Share]?) -> [PartyID: Share]? {
            shares.map { Dictionary(zip(parties, $0)) { first, _ in first } }
        }
        var rates: [PartyID: AnnualRate] = [:]
        var computations: [PartyID: LenderComputation] = [:]
        for lender in agreement.lenders {
            rates[lender.party] = lender.rate
            computations[lender.party] = lender.computation
        }
        self.init(
            pricing: agreement.pricing, interest: table(agreement.incomeShares.interest),
            penalty: table(agreement.incomeShares.penalty),
            fee: table(agreement.incomeShares.fee), rates: rates, computations: computations,
            residueHolder: agreement.residueHolder)
    }
}

extension Agreement {
    /// Who has a part of what loans earn whether it lends or not: the owner of a spread, and who
    /// keeps what lenders' own computations leave.
    var incomeHolders: [PartyID] {
        var holders: [PartyID] = []
        if case .ownRates(let owner, _) = pricing { holders.append(owner) }
        if lenders.contains(where: { $0.computation != .scale }) { holders.append(residueHolder) }
        return holders
    }
}
