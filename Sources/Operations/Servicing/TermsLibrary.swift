package import LendingRules
import Monetary

/// The agreement and product versions that booked loans carry, read back from their snapshots.
package struct TermsLibrary: Sendable {
    private let agreements: [TermsVersion: Agreement]
    private let products: [TermsVersion: Product]

    /// Snapshots that are neither an agreement nor a product are left out.
    package init(_ snapshots: [TermsSnapshot]) {
        var agreements: [TermsVersion: Agreement] = [:]
        var products: [TermsVersion: Product] = [:]
        for snapshot in snapshots {
            if let agreement = Agreement(canonicalTerms: snapshot.text) {
                agreements[snapshot.version] = agreement
            } else if let product = Product(canonicalTerms: snapshot.text) {
                products[snapshot.version] = product
            }
        }
        self.agreements = agreements
        self.products = products
    }

    /// The agreement of a version; `nil` when no loan was booked under it.
    package func agreement(_ version: TermsVersion) -> Agreement? { agreements[version] }

    /// The product of a version; `nil` when no loan was booked under it.
    package func product(_ version: TermsVersion) -> Product? { products[version] }

    /// The terms of a cover, from any version of its agreement: all versions say the same.
    func cover(of id: CoverID) -> CoverTerms? { provision(of: id)?.0.cover }

    /// Who gives a cover and how, from any version of its agreement, and in which currency.
    func provision(of id: CoverID) -> (LossProvision, Currency)? {
        for agreement in agreements.values where agreement.name == id.agreement {
            for layer in agreement.loss.layers where layer.name == id.layer {
                if case .provided(let provision) = layer.bearing {
                    return (provision, agreement.currency)
                }
            }
        }
        return nil
    }

    /// The terms of those covers whose layer a version has.
    func covers(of ids: some Sequence<CoverID>) -> [CoverID: CoverTerms] {
        var covers: [CoverID: CoverTerms] = [:]
        for id in ids { covers[id] = cover(of: id) }
        return covers
    }

    /// Whether any agreement shares losses, or lets the close write loans off.
    var sharesLosses: Bool { !agreementsSharingLosses.isEmpty }

    /// The names of those that do, in any of their versions.
    var agreementsSharingLosses: Set<String> {
        Set(agreements.values.filter(\.loss.isDecided).map(\.name))
    }

    /// Whether any agreement transfers shares after the payout.
    var hasTransfers: Bool {
        agreements.values.contains { $0.fundingMode != .beforePayout }
    }

    /// The contract of a disbursed loan.
    ///
    /// Where shares are transferred after the payout the platform lends everything at first; who
    /// takes claims over by a fact stands behind those who lent.
    /// - Throws: ``ContractFault`` when its terms are not in the library or give no schedule, or
    ///   this program does not know the arithmetic that the loan is computed by.
    package func contract(of dossier: LoanDossier, platform: PartyID) throws(ContractFault)
        -> LoanContract
    {
        let record = dossier.record
        guard let agreement = agreements[record.agreementVersion],
            let product = products[record.productVersion]
        else { throw ContractFault(loan: record.loan, reason: "its terms are not kept") }
        return try dossier.contract(under: agreement, of: product, platform: platform)
    }
}

extension LoanDossier {
    /// The contract of the loan under an agreement, of its own or, to see what another would have
    /// made of it, any other; a schedule that is known need not be built again.
    ///
    /// - Throws: ``ContractFault`` when shares do not make the principal, terms give no schedule or
    ///   the calculation is of a version that is not known.
    func contract(
        under agreement: Agreement, of product: Product, platform: PartyID,
        schedule: Schedule? = nil
    ) throws(ContractFault) -> LoanContract {
        guard record.calculation.isKnown else {
            throw ContractFault(
                loan: record.loan,
                reason: "it is computed by calculation version \(record.calculation.number), and "
                    + "this program knows \(CalculationVersion.current.number)")
        }
        guard plan.makes(record.principal) else {
            throw ContractFault(loan: record.loan, reason: "its shares do not make its principal")
        }
        do {
            let terms = record.scheduleTerms(product, disbursedOn: disbursedOn)
            let lent =
                agreement.fundingMode == .beforePayout
                ? plan.shares : [PlannedShare(party: platform, amount: record.principal)]
            let holders = lent.joined(by: facts, agreement.incomeHolders)
            return try LoanContract(
                loan: record.loan, agreement: record.agreement,
                schedule: try schedule ?? Schedule.build(terms), lenders: holders.map(\.party),
                fundedAmounts: holders.map(\.amount), platform: platform,
                serviceFees: agreement.serviceFees,
                servicing: ServicingTerms(product, agreement),
                income: IncomeTerms(agreement).passedOn(by: facts),
                disbursement: agreement.disbursement)
        } catch {
            throw ContractFault(loan: record.loan, reason: "\(error)")
        }
    }
}

extension [PlannedShare] {
    /// These and, with nothing lent, whoever has income without lending or takes claims over
    /// later, in the order of facts.
    fileprivate func joined(by facts: [LoanFact], _ others: [PartyID]) -> [PlannedShare] {
        var shares = self
        for party in others where !shares.contains(where: { $0.party == party }) {
            shares.append(PlannedShare(party: party, amount: 0))
        }
        for fact in facts.filter({ !$0.parties.isEmpty }).sorted() {
            for party in fact.parties where !shares.contains(where: { $0.party == party }) {
                shares.append(PlannedShare(party: party, amount: 0))
            }
        }
        return shares
    }
}

extension SharePlan {
    /// Whether the shares, none below zero, sum to an amount.
    fileprivate func makes(_ principal: Int64) -> Bool {
        let sum = shares.reduce(Int128(0)) { $0 + Int128($1.amount) }
        return sum == Int128(principal) && shares.allSatisfy { $0.amount >= 0 }
    }
}

/// A booked loan whose contract cannot be put together: the store or the code has changed.
package struct ContractFault: CodedError, Hashable {
    package let loan: LoanID
    package let reason: String

    package init(loan: LoanID, reason: String) {
        self.loan = loan
        self.reason = reason
    }

    package var code: String { "CLOSE-004" }
    package var sentence: String {
        "the contract of loan \(loan) cannot be put together: \(reason); run `colend verify`"
    }
    package var exit: ExitKind { .failed }
}
