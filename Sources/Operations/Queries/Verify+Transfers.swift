import BusinessCalendar
import LendingRules

extension Verify {
    /// What changed hands was decided in time: once, to those who fund the loan, while its claims
    /// were those of the disbursement.
    func checkTransfers() async throws -> Divergence? {
        let library = TermsLibrary(try await snapshots.snapshots())
        guard library.hasTransfers else { return nil }
        var last: LoanID?
        while true {
            let dossiers = try await source.dossiers(after: last, limit: Verify.page)
            guard let end = dossiers.last else { return nil }
            for dossier in dossiers {
                guard let fault = try library.transferFault(of: dossier, platform: platform) else {
                    continue
                }
                return Divergence(
                    .transfers, on: dossier.disbursedOn, at: dossier.record.loan.text, fault)
            }
            last = end.record.loan
        }
    }
}

extension TermsLibrary {
    /// Whether shares of a loan are asked for after its payout, and none has changed hands.
    func awaitsTransfer(_ dossier: LoanDossier) -> Bool {
        agreement(dossier.record.agreementVersion)?.fundingMode.transferDays != nil
            && !dossier.facts.contains { !$0.holders.isEmpty }
    }

    fileprivate func transferFault(of dossier: LoanDossier, platform: PartyID) throws -> String? {
        let transfers = dossier.facts.filter { !$0.holders.isEmpty }
        guard let fact = transfers.first else { return nil }
        let mode = agreement(dossier.record.agreementVersion)?.fundingMode ?? .beforePayout
        guard let last = mode.lastTransfer(disbursedOn: dossier.disbursedOn) else {
            return "its agreement transfers nothing, and \(fact.id) does"
        }
        if transfers.count > 1 { return "its claims change hands \(transfers.count) times" }
        if fact.valueDate != fact.bookingDate || fact.valueDate > last {
            return "\(fact.id) of \(fact.valueDate), booked on \(fact.bookingDate), is not of a "
                + "date through \(last)"
        }
        if SharePlan(shares: fact.holders) != dossier.plan {
            return "\(fact.id) gives the claims to others than those who fund the loan"
        }
        let contract = try contract(of: dossier, platform: platform)
        let earlier = dossier.facts.filter { $0 != fact && $0.valueDate <= fact.valueDate }
        let position = try ContractFault.naming(contract.loan) { () throws(ServicingError) in
            try contract.position(facts: earlier, at: fact.valueDate)
        }
        return position.isWhole ? nil : "\(fact.id) moves claims that are no longer whole"
    }
}
