import LendingRules
import Testing

/// The life of a payout, transition by transition (RULES § 4).
struct PayoutMachineTests {
    static let legal = TransitionTable(
        """
        planned claimed sent
        planned givenUp abandoned
        sent notSent planned
        sent answeredPaid confirmed
        sent answeredFailed failed
        sent noTrustworthyAnswer in-doubt
        in-doubt provenUnseen planned
        in-doubt answeredPaid confirmed
        in-doubt answeredFailed failed
        in-doubt noTrustworthyAnswer in-doubt
        failed triedAgain planned
        failed givenUp abandoned
        confirmed booked disbursed
        """)

    @Test(arguments: PayoutState.allCases, PayoutEvent.allCases)
    func `a payout takes the legal events and refuses all others`(
        state: PayoutState, event: PayoutEvent
    ) throws {
        guard let expected = Self.legal.state(state.rawValue, after: "\(event)") else {
            #expect(throws: IllegalTransition<PayoutState, PayoutEvent>.self) {
                try state.after(event)
            }
            return
        }
        #expect(try state.after(event).rawValue == expected)
    }

    @Test
    func `every row of the table is met`() {
        let met = PayoutState.allCases.flatMap { state in
            PayoutEvent.allCases.compactMap {
                Self.legal.state(state.rawValue, after: "\($0)")
            }
        }
        #expect(met.count == Self.legal.count)
    }

    /// Giving up a payout that never left is a failure without a try.
    @Test(arguments: PayoutState.allCases, PayoutEvent.allCases)
    func `a loan's state follows its payout's by the loan's own events`(
        state: PayoutState, event: PayoutEvent
    ) throws {
        guard let next = try? state.after(event), next.ofLoan != state.ofLoan else { return }
        let reached = LoanMachineTests.events.compactMap { try? state.ofLoan.after($0) }
        #expect(reached.contains(next.ofLoan))
    }
}
