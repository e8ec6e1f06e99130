import BusinessCalendar
package import LendingRules
import Monetary
import Portfolio

/// Writes and keeps our files of a closing date, a transaction for each partner.
///
/// What the slices of the date have stored is read back; plans of new loans and the balances of a
/// full date are computed from the loans themselves.
struct DayFiles: Sendable {
    let book: any LoanBook
    let files: any OutgoingFiles
    var classes: (any AssetClassStore)?
    let format: any DetailFileFormat
    let catalogue: Catalogue
    let terms: TermsLibrary
    let surroundings: Surroundings

    func keep(_ date: BusinessDate, _ notices: [LoanNotice]) async throws {
        let notices = notices.sorted { $0.loan < $1.loan }
        var lines: [PartyID: DetailLines] = [:]
        for partner in catalogue.partners {
            lines[partner.party] = try await surroundings.during(.load) {
                try await files.lines(for: partner.party, on: date)
            }
        }
        let plans = try await plans(
            of: Set(lines.values.flatMap(\.loansBegun)), on: date)
        let isFull = catalogue.fullFiles.isFull(date)
        let owed = isFull ? try await FullBalances(self).all(endOf: date) : []
        let balances = Dictionary(grouping: owed, by: \.lender)
        for partner in catalogue.partners {
            guard var detail = lines[partner.party] else { continue }
            detail.plans = plans[partner.party] ?? []
            let begun = Set(detail.loansBegun)
            detail.plans += notices.filter { !begun.contains($0.loan) }
                .flatMap { $0.plans(of: partner.party) }
            detail.plans.sort { ($0.loan, $0.share.number) < ($1.loan, $1.share.number) }
            detail.fees = notices.fees(of: partner.party, with: detail.repayments)
            if isFull { detail.balances = detail.balances.joined(by: balances[partner.party]) }
            try await addClasses(to: &detail, of: partner.party, date)
            let rendered = try format.render(detail, for: partner.party, on: date)
            try await surroundings.during(.post) {
                try await files.keep(rendered, for: partner.party, on: date)
            }
        }
    }

    /// The instalments of the loans by lender, in loan and instalment order.
    private func plans(of loans: Set<LoanID>, on date: BusinessDate) async throws
        -> [PartyID: [PlanLine]]
    {
        var plans: [PartyID: [PlanLine]] = [:]
        for chunk in loans.sorted().chunks(of: SliceClose.chunk) {
            let dossiers = try await surroundings.during(.load) {
                try await book.dossiers(chunk, bookedThrough: date)
            }
            for dossier in dossiers {
                let contract = try terms.contract(of: dossier, platform: catalogue.platform)
                let shares = try ContractFault.naming(contract.loan) { () throws(ServicingError) in
                    try contract.planShares(facts: dossier.facts)
                }
                for (lender, plan) in zip(contract.lenders, shares) {
                    plans[lender, default: []] += plan.map {
                        PlanLine(loan: contract.loan, share: $0, currency: contract.currency)
                    }
                }
            }
        }
        return plans
    }
}

extension [LenderBalance] {
    /// These and the others, one of a loan: what moved to nothing stays beside what is owed.
    fileprivate func joined(by others: [LenderBalance]?) -> [LenderBalance] {
        let moved = Set(map(\.loan))
        return (self + (others ?? []).filter { !moved.contains($0.loan) }).sorted()
    }
}

extension ContractFault {
    /// What a body gives, its faults told with the loan's name.
    ///
    /// - Throws: ``ContractFault`` for what the body throws.
    package static func naming<Result>(
        _ loan: LoanID, _ body: () throws(ServicingError) -> Result
    ) throws(ContractFault) -> Result {
        do {
            return try body()
        } catch {
            throw ContractFault(loan: loan, reason: "\(error)")
        }
    }
}
