import BusinessCalendar
import LendingRules
import Monetary
import Reconciling

/// Makes findings about cash ready to be kept, with ids that a second run finds again.
struct KeptFindings {
    let party: PartyID
    let date: BusinessDate
    /// Name of the file without suffix.
    let file: String
    let surroundings: Surroundings

    /// The breaks of the findings, `resolved` where the money has settled them.
    func breaks(_ findings: [CashFinding]) -> [KeptBreak] { findings.map(kept) }

    func claims(_ claims: [CashClaim], _ breaks: [KeptBreak]) -> [LineClaim] {
        claims.map { claim in
            LineClaim(
                file: file, side: claim.side, key: claim.key, occurrence: claim.occurrence,
                breakID: claim.finding.map { breaks[$0].id } ?? "")
        }
    }

    private func kept(_ finding: CashFinding) -> KeptBreak {
        let ids = BreakIDSource(partner: party.name, firstDate: date, hash: surroundings.hash)
        let id = ids.id(
            file: finding.file, kind: finding.kind, key: finding.key, ordinal: finding.ordinal)
        return KeptBreak(
            id: id.text, party: party, file: finding.file, kind: finding.kind, key: finding.key,
            loan: finding.loan, firstDate: date, state: finding.isResolved ? .resolved : .open,
            severity: finding.severity, cause: finding.cause, sentence: finding.sentence,
            rule: finding.rule, currency: finding.currency?.code ?? "",
            differences: finding.differences.map {
                KeptBreak.ColumnDifference(column: $0.column, minorUnits: $0.minorUnits)
            }, ours: finding.ours, theirs: finding.theirs, ourLine: 0,
            theirLine: finding.theirLine)
    }
}
