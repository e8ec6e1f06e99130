package import BusinessCalendar
import Monetary

/// A loan of which nothing is ever paid back, run through the layers of its agreement.
///
/// Every cover stands as if nothing but the loan had been lent and nothing been taken of it;
/// interest is left out. The same run decides as at the close.
package struct TotalLoss: Hashable, Sendable {
    /// One date on which something is due.
    package struct Stage: Hashable, Sendable {
        package let date: BusinessDate
        package let daysPastDue: Int
        /// Whether somebody asks layers to pay, which wait for a word.
        package let isInstructed: Bool
        package let outcome: LossOutcome
    }

    /// What one party bears in the end, minor units.
    package struct Burden: Hashable, Sendable {
        package let party: PartyID
        package internal(set) var asLender: Int64 = 0
        package internal(set) var asProvider: Int64 = 0

        package var amount: Int64 { asLender + asProvider }
    }

    /// The principal.
    package let amount: Int64
    package internal(set) var stages: [Stage] = []
    /// Lenders in agreement order, then other providers in the order of layers; they make
    /// ``amount``.
    package internal(set) var burdens: [Burden] = []

    /// Runs a loan's total loss.
    ///
    /// - Parameters:
    ///   - plan: Who lends how much of it.
    ///   - instalments: When which principal falls due.
    /// - Throws: ``LossError``.
    package init(
        of loan: LoanID, under agreement: Agreement, plan: SharePlan, disbursedOn: BusinessDate,
        instalments: [Instalment]
    ) throws(LossError) {
        amount = plan.total
        var standing = TotalLossStanding(
            loan: loan, agreement: agreement, plan: plan, disbursedOn: disbursedOn,
            instalments: instalments)
        let moments = TotalLossMoment.all(of: agreement.loss, instalments)
        for moment in moments {
            let date = standing.firstDueOn.adding(days: moment.daysPastDue)
            let outcome = try standing.take(moment, on: date)
            stages.append(
                Stage(
                    date: date, daysPastDue: moment.daysPastDue,
                    isInstructed: !moment.instructed.isEmpty, outcome: outcome))
        }
        burdens = standing.burdens(stages)
    }
}

/// When something is due of a loan that is not paid.
struct TotalLossMoment: Hashable {
    let daysPastDue: Int
    var instructed: Set<String> = []
    var isWrittenOff = false

    /// Whether the date itself brings it about.
    var isReached: Bool { instructed.isEmpty && !isWrittenOff }

    /// In order: days past due, a word just before the charge-off, the charge-off.
    static func all(of terms: LossTerms, _ instalments: [Instalment]) -> [TotalLossMoment] {
        let last = terms.chargeOffAt
        let reached = Set(terms.layers.flatMap { $0.days(instalments) })
            .filter { day in last.map { day < $0 } ?? true }
        var moments = reached.sorted().map { TotalLossMoment(daysPastDue: $0) }
        let asked = terms.layers.filter { $0.trigger == .instruction }.map(\.name)
        if !asked.isEmpty {
            moments.append(
                TotalLossMoment(
                    daysPastDue: moments.last?.daysPastDue ?? 1, instructed: Set(asked)))
        }
        if let last {
            moments.append(TotalLossMoment(daysPastDue: last))
        } else if terms.layers.contains(where: { $0.trigger == .chargeOff }) {
            moments.append(
                TotalLossMoment(
                    daysPastDue: moments.last?.daysPastDue ?? 1, isWrittenOff: true))
        }
        return moments
    }
}

extension LossLayer {
    /// Days past due of the loan on which the layer is asked, where days ask it.
    fileprivate func days(_ instalments: [Instalment]) -> [Int] {
        guard case .daysPastDue(let days) = trigger else { return [] }
        guard goesByInstalments, let first = instalments.first else { return [days] }
        return instalments.map { days + $0.dueOn.days(since: first.dueOn) }
    }
}
