import BusinessCalendar
import LendingRules

/// The loans whose instalments payments change, by themselves and under the changes that were made
/// after their value dates.
struct PaymentPlans {
    private let benches: [LoanID: Bench]
    private let date: BusinessDate

    private struct Bench {
        let contract: LoanContract
        let facts: [LoanFact]
    }

    /// - Throws: ``ContractFault`` when a loan's contract cannot be put together.
    init(
        _ subjects: [LoanID: FactSubject], terms: TermsLibrary, platform: PartyID,
        date: BusinessDate
    ) throws(ContractFault) {
        var benches: [LoanID: Bench] = [:]
        for (loan, subject) in subjects.sorted(by: { $0.key < $1.key }) {
            guard let dossier = subject.dossier else { continue }
            benches[loan] = Bench(
                contract: try terms.contract(of: dossier, platform: platform), facts: dossier.facts)
        }
        self.benches = benches
        self.date = date
    }

    /// Those of the facts with which the close could not go on, and why; each is held against what
    /// is recorded and the facts before it that can be.
    ///
    /// A payment by itself pays no more than is owed on its date and only lowers what is to come,
    /// so that there is always a plan for it; it is a change recorded after it that may have none
    /// any more.
    func faults(_ new: [NewFact]) -> [(fact: NewFact, reason: String)] {
        var faults: [(fact: NewFact, reason: String)] = []
        let loans = Dictionary(grouping: new, by: \.loan)
        for (loan, drafts) in loans.sorted(by: { $0.key < $1.key }) {
            guard let bench = benches[loan] else { continue }
            var facts = bench.facts
            for draft in drafts.sorted(by: { $0.fact < $1.fact }) {
                if let reason = bench.contract.objection(to: draft.fact, after: facts, at: date) {
                    faults.append((draft, reason))
                } else {
                    facts.append(draft.fact)
                }
            }
        }
        return faults
    }
}

extension TermsLibrary {
    /// The loans whose plan a payment may change; elsewhere cash waits for what falls due.
    func replanned(_ loans: [LoanID: ServicedLoan]) -> [LoanID] {
        loans.filter { repaysEarly($0.value) }.map(\.key).sorted()
    }

    private func repaysEarly(_ loan: ServicedLoan) -> Bool {
        guard let product = product(loan.productVersion) else { return false }
        return product.method.repaysAnyTime
            || product.earlyRepayment.effect != .nextInstalment
    }
}
