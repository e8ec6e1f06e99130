import BusinessCalendar
package import LendingRules

extension DayFiles {
    /// Adds a partner's own classes, where it has a ladder: in its balances and status changes, and
    /// a line for each loan whose class alone has changed.
    func addClasses(to lines: inout DetailLines, of partner: PartyID, _ date: BusinessDate)
        async throws
    {
        guard let classes, catalogue.assetRules.inForce(on: date)[partner] != nil else { return }
        let told = Set(lines.statusChanges.map(\.loan))
        let changes = try await classes.classChanges(of: partner, on: date)
        lines.statusChanges += changes.filter { !told.contains($0.claim.loan) }
            .map { StatusChange($0) }
        lines.statusChanges.sort()
        let loans = Set(lines.balances.map(\.loan)).union(lines.statusChanges.map(\.loan))
        var held: [LoanID: AssetClass] = [:]
        for part in loans.sorted().chunks(of: SliceClose.chunk) {
            let kept = try await classes.kept(of: part, before: date.adding(days: 1))
            for (claim, kept) in kept where claim.lender == partner && kept.held != .normal {
                held[claim.loan] = kept.held
            }
        }
        lines.classes = held
    }
}

extension StatusChange {
    /// A change of the class of a loan that stands where it stood.
    fileprivate init(_ change: AssetClassChange) {
        self.init(
            loan: change.claim.loan, date: change.date, from: change.status.standing,
            to: change.status.standing, daysPastDue: change.status.daysPastDue,
            accrual: change.status.accrual)
    }
}

extension DetailLines {
    /// The class of a loan in the words of the files.
    package func className(of loan: LoanID, daysPastDue: Int) -> String {
        guard let classes else {
            return DelinquencyBucket(daysPastDue: daysPastDue).description
        }
        return (classes[loan] ?? .normal).rawValue
    }
}
