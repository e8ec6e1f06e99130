import LendingRules
import Testing

/// The life of a funding request, transition by transition (RULES § 4).
struct RequestMachineTests {
    static let legal = TransitionTable(
        """
        planned claimed sent
        planned reversalDemanded reversing
        sent notSent planned
        sent provenUnseen planned
        sent answeredAccepted accepted
        sent answeredPending pending
        sent answeredRefused refused
        sent noTrustworthyAnswer in-doubt
        pending answeredAccepted accepted
        pending answeredPending pending
        pending answeredRefused refused
        pending noTrustworthyAnswer in-doubt
        pending reversalDemanded reversing
        in-doubt answeredAccepted accepted
        in-doubt answeredPending pending
        in-doubt answeredRefused refused
        in-doubt noTrustworthyAnswer in-doubt
        in-doubt provenUnseen planned
        in-doubt reversalDemanded reversing
        sent answeredReversed reversed
        pending answeredReversed reversed
        in-doubt answeredReversed reversed
        accepted moneyMoved confirmed
        accepted reversalDemanded reversing
        confirmed moneyReturned returned
        reversing notSent reversing
        reversing answeredReversed reversed
        reversing answeredReversalRefused reversal-refused
        reversing noTrustworthyAnswer reversal-in-doubt
        reversal-in-doubt notSent reversing
        reversal-in-doubt answeredReversed reversed
        reversal-in-doubt answeredReversalRefused reversal-refused
        reversal-in-doubt noTrustworthyAnswer reversal-in-doubt
        reversed answeredAccepted reversing
        reversal-refused answeredReversed reversed
        planned contradicted in-doubt
        sent contradicted in-doubt
        pending contradicted in-doubt
        in-doubt contradicted in-doubt
        accepted contradicted in-doubt
        reversing contradicted reversal-in-doubt
        reversal-in-doubt contradicted reversal-in-doubt
        """)

    static let events: [RequestEvent] = [
        .claimed, .notSent, .answeredAccepted, .answeredPending, .answeredRefused,
        .noTrustworthyAnswer, .provenUnseen, .moneyMoved, .reversalDemanded, .answeredReversed,
        .answeredReversalRefused, .moneyReturned, .contradicted,
    ]

    @Test(arguments: RequestState.allCases, events)
    func `a request takes the legal events and refuses all others`(
        state: RequestState, event: RequestEvent
    ) throws {
        guard let expected = Self.legal.state(state.rawValue, after: "\(event)") else {
            let refusal = #expect(throws: IllegalTransition<RequestState, RequestEvent>.self) {
                try state.after(event)
            }
            #expect(refusal?.state == state && refusal?.event == event)
            return
        }
        #expect(try state.after(event).rawValue == expected)
    }

    @Test
    func `every row of the table is met`() {
        let met = RequestState.allCases.flatMap { state in
            Self.events.compactMap { Self.legal.state(state.rawValue, after: "\($0)") }
        }
        #expect(met.count == Self.legal.count)
    }

    @Test(arguments: RequestState.allCases)
    func `a final state takes no event and every other takes one`(state: RequestState) {
        let isStuck = Self.events.allSatisfy { (try? state.after($0)) == nil }
        #expect(state.isFinal == isStuck)
    }

    @Test
    func `what was sent without a final answer is doubtful`() {
        #expect(
            RequestState.allCases.filter(\.isDoubtful)
                == [.sent, .pending, .inDoubt, .reversalInDoubt])
    }

    @Test
    func `a request in doubt is never claimed for sending again`() {
        for state in RequestState.allCases where state != .planned {
            #expect(throws: (any Error).self) { try state.after(.claimed) }
        }
    }
}
