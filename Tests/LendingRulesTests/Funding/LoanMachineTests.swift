import LendingRules
import Testing

/// The life of a loan until its payout, transition by transition (RULES § 4).
struct LoanMachineTests {
    static let legal = TransitionTable(
        """
        approved requestsPlanned funding
        approved everyShareAccepted ready
        approved shareRefused declined
        approved cancelled cancelled
        funding everyShareAccepted ready
        funding shareRefused declined
        funding cancelled cancelled
        ready payoutStarted paying-out
        ready cancelled cancelled
        paying-out paidOut disbursed
        paying-out payoutFailed payout-failed
        paying-out payoutUnanswered payout-in-doubt
        payout-failed payoutStarted paying-out
        payout-failed cancelled cancelled
        payout-in-doubt paidOut disbursed
        payout-in-doubt payoutFailed payout-failed
        payout-in-doubt payoutUnseen paying-out
        disbursed cancelled cancelled
        disbursed payoutFailed payout-failed
        disbursed payoutReturned payout-failed
        disbursed transferPlanned transferring
        transferring transferConcluded disbursed
        transferring cancelled cancelled
        transferring payoutFailed payout-failed
        transferring payoutReturned payout-failed
        """)

    static let events: [LoanEvent] = [
        .requestsPlanned, .everyShareAccepted, .payoutStarted, .paidOut, .payoutFailed,
        .payoutUnanswered, .payoutUnseen, .shareRefused, .cancelled, .payoutReturned,
        .transferPlanned, .transferConcluded,
    ]

    @Test(arguments: LoanState.allCases, events)
    func `a loan takes the legal events and refuses all others`(
        state: LoanState, event: LoanEvent
    ) throws {
        guard let expected = Self.legal.state(state.rawValue, after: "\(event)") else {
            let refusal = #expect(throws: IllegalTransition<LoanState, LoanEvent>.self) {
                try state.after(event)
            }
            #expect(refusal?.state == state && refusal?.event == event)
            return
        }
        #expect(try state.after(event).rawValue == expected)
    }

    @Test
    func `every row of the table is met`() {
        let met = LoanState.allCases.flatMap { state in
            Self.events.compactMap { Self.legal.state(state.rawValue, after: "\($0)") }
        }
        #expect(met.count == Self.legal.count)
    }

    @Test
    func `nothing is reversed or cancelled while the payout is in doubt`() {
        for event in [LoanEvent.cancelled, .shareRefused, .payoutStarted] {
            #expect(throws: (any Error).self) { try LoanState.payoutInDoubt.after(event) }
        }
    }
}
