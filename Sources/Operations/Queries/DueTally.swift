import BusinessCalendar
import LendingRules
import Monetary

/// What fell due on each of some dates, and what of it was paid in time.
///
/// By due date and from positions, not from entries: a payment learned late, or taken back, changes
/// the date on which it was owed, so that no date is ever paid more than was due on it.
struct DueTally {
    struct Line: Hashable {
        var due: Int64 = 0
        var onTime: Int64 = 0
    }

    private(set) var lines: [BusinessDate: Line] = [:]
    private let first: BusinessDate

    /// Dates from `first` on.
    init(from first: BusinessDate) { self.first = first }

    /// Adds a loan's instalments that were due by the date of its position; what was cancelled, or
    /// written off before, fell due on nobody.
    mutating func add(_ position: LoanPosition, _ contract: LoanContract) {
        if position.isUndone { return }
        let morrow = position.date.adding(days: 1)
        let end = min(morrow, position.stoppedOn ?? morrow)
        guard first < end else { return }
        let instalments = position.schedule.instalments
        for instalment in instalments where (first..<end).contains(instalment.dueOn) {
            lines[instalment.dueOn, default: Line()].due += instalment.total
        }
        for payment in position.payments {
            for paid in payment.instalments {
                let dueOn = instalments[paid.number - 1].dueOn
                guard (first..<end).contains(dueOn), payment.valueDate <= dueOn else { continue }
                lines[dueOn, default: Line()].onTime += paid.parts.reduce(0) {
                    $0 + $1.components.total - $1.components.allPenalty
                }
            }
        }
    }
}
