import BusinessCalendar
import Monetary

/// One instalment at the end of a date: where every cent of what was scheduled has gone.
///
/// `paid + waived + writtenOff + replanned + unbilled + open.principal + open.interest` is the
/// scheduled principal and interest; penalty and fee are beside it. Amounts are the borrower's, all
/// lenders together, minor units.
package struct InstalmentStanding: Hashable, Sendable {
    package let instalment: Instalment
    /// Principal and interest that payments have brought.
    package let paid: Int64
    /// Principal and interest given up.
    package let waived: Int64
    /// Principal and interest written off.
    package let writtenOff: Int64
    /// Principal and interest that a new plan has taken over.
    package let replanned: Int64
    /// Interest that a charge-off kept from ever being billed, below zero where it billed what
    /// grace had deferred to a later instalment; all of an instalment of a loan that was undone.
    package let unbilled: Int64
    /// What the borrower still owes of it, now or on its due date; penalty to the end of the date.
    package let open: ClaimAmounts

    /// Principal and interest that are still to be paid.
    package var unpaid: Int64 { open.principal + open.interest }
}

extension LoanContract {
    /// Every instalment as a position of this contract leaves it, in the order of the schedule; all
    /// of it open while there is no position yet.
    ///
    /// - Throws: ``ServicingError/amount(_:)`` when a penalty overflows.
    package func standings(of position: LoanPosition?) throws(ServicingError)
        -> [InstalmentStanding]
    {
        guard let position else {
            return schedule.instalments.map {
                InstalmentStanding(InstalmentState($0), penalties: Penalties())
            }
        }
        if position.isUndone { return schedule.instalments.map(InstalmentStanding.init(undone:)) }
        let morrow = position.date.adding(days: 1)
        let date = min(morrow, position.stoppedOn ?? morrow)
        return try ServicingError.amounts { () throws(AmountError) in
            var standings: [InstalmentStanding] = []
            for (index, state) in position.instalments.enumerated() {
                let penalties =
                    index < position.dueCount
                    ? try state.penaltyTargets(on: date, penalty, position.rates) : Penalties()
                standings.append(InstalmentStanding(state, penalties: penalties))
            }
            return standings
        }
    }
}

extension InstalmentStanding {
    fileprivate init(_ state: InstalmentState, penalties: Penalties) {
        let settled = state.settled.principal + state.settled.interest
        self.init(
            instalment: state.instalment,
            paid: settled - state.waived - state.writtenOff - state.replanned,
            waived: state.waived, writtenOff: state.writtenOff, replanned: state.replanned,
            unbilled: state.instalment.interest - state.interest,
            open: ClaimAmounts(
                principal: state.unpaidPrincipal, interest: state.unpaidInterest,
                penalty: penalties.onPrincipal + penalties.onInterest - state.settled.penalty
                    - state.settled.penaltyOnInterest,
                fee: state.unpaidFee))
    }

    fileprivate init(undone instalment: Instalment) {
        self.init(
            instalment: instalment, paid: 0, waived: 0, writtenOff: 0, replanned: 0,
            unbilled: instalment.principal + instalment.interest, open: ClaimAmounts())
    }
}
