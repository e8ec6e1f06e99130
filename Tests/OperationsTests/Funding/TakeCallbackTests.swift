import LendingRules
import Operations
import Testing

/// What partners say on their own: once, in any order, and never against what is decided.
struct TakeCallbackTests {
    @Test(arguments: RequestState.allCases, PartnerWord.allCases)
    func `a first word does in every state what the rule says`(
        state: RequestState, word: PartnerWord
    ) async throws {
        for loan in [LoanState.funding, .payingOut] {
            let house = try await CallbackHouse(state, loan: loan)
            let before = try house.request
            let outcome = try await house.take(word, 1)
            let meaning = state.meaning(of: word, fits: true, isUndecided: loan == .funding)
            let (expected, next): (CallbackOutcome, RequestState) =
                switch meaning {
                case .moves(let next): (.applied, next)
                case .known: (.known, state)
                case .doubt(let next): (.doubted, next)
                case .contradiction: (.contradiction, state)
                }
            #expect(outcome == expected)
            #expect(try house.state == next)
            #expect(try house.request.version == before.version + 1)
            #expect(house.house.store.world.loans[LoanID("L1")]?.state == loan)
            #expect(house.callbacks.words.map(\.outcome) == [expected])
        }
    }

    @Test func `the reference of an acceptance is kept`() async throws {
        let house = try await CallbackHouse(.inDoubt)
        #expect(try await house.take(.accepted, 1) == .applied)
        #expect(house.house.store.world.answers[CallbackHouse.key] == "H-1")
    }

    @Test func `the same word again changes nothing, whatever its nonce`() async throws {
        let house = try await CallbackHouse(.inDoubt)
        #expect(try await house.take(.accepted, 3) == .applied)
        let before = try house.request
        for nonce in ["other-1", "other-2"] {
            let again = try house.callback(
                .accepted, 3, nonce: nonce, content: "accepted 3 0")
            #expect(try await house.take(again) == .duplicate)
        }
        #expect(try house.request == before)
        #expect(house.callbacks.words.count == 1)
    }

    @Test func `a nonce that was used lets nothing in`() async throws {
        let house = try await CallbackHouse(.inDoubt)
        #expect(try await house.take(house.callback(.pending, 1, nonce: "n")) == .applied)
        let before = try house.request
        let replayed = try house.callback(.accepted, 2, nonce: "n")
        await #expect(throws: CallbackRefusal.unproven("replayed")) {
            try await house.take(replayed)
        }
        #expect(try house.request == before)
    }

    @Test(arguments: PartnerWord.allCases)
    func `a word from before the last one changes nothing`(word: PartnerWord) async throws {
        let house = try await CallbackHouse(.inDoubt)
        #expect(try await house.take(.accepted, 5) == .applied)
        let before = try house.request
        #expect(try await house.take(word, 4) == .late)
        #expect(try house.request == before)
        #expect(house.callbacks.words.count == 2, "it is kept as evidence")
    }

    @Test(arguments: [
        (RequestState.inDoubt, LoanState.funding, CallbackOutcome.doubted, RequestState.inDoubt),
        (.accepted, .funding, .doubted, .inDoubt),
        (.accepted, .payingOut, .contradiction, .accepted),
        (.refused, .funding, .contradiction, .refused),
        (.confirmed, .disbursed, .contradiction, .confirmed),
        (.reversing, .declined, .doubted, .reversalInDoubt),
        (.reversed, .declined, .contradiction, .reversed),
    ])
    func `a cent off never accepts`(
        state: RequestState, loan: LoanState, outcome: CallbackOutcome, after: RequestState
    ) async throws {
        for cents in [Int64(1), -1] {
            let house = try await CallbackHouse(state, loan: loan)
            #expect(try await house.take(.accepted, 1, cents: cents) == outcome)
            #expect(try house.state == after)
            #expect(house.house.store.world.facts.isEmpty)
        }
    }

    @Test func `an acceptance without an amount is doubted, a refusal needs none`() async throws {
        for (word, outcome) in [
            (PartnerWord.accepted, CallbackOutcome.doubted), (.refused, .applied),
        ] {
            let house = try await CallbackHouse(.inDoubt)
            let callback = try house.callback(word, 1, hasMoney: false)
            #expect(try await house.take(callback) == outcome)
        }
    }

    @Test func `two words under one sequence are doubted`() async throws {
        let house = try await CallbackHouse(.inDoubt)
        #expect(try await house.take(.accepted, 1) == .applied)
        #expect(try await house.take(.refused, 1) == .doubted)
        #expect(try house.state == .inDoubt)
        #expect(try house.request.evidence.contains("refused"))
    }

    @Test func `a later word that goes back is not believed`() async throws {
        let house = try await CallbackHouse(.inDoubt)
        #expect(try await house.take(.refused, 1) == .applied)
        #expect(try await house.take(.accepted, 2) == .contradiction)
        #expect(try house.state == .refused)
    }

    @Test(arguments: [PartnerWord.accepted, .confirmed])
    func `what a bank accepts after its reversal is reversed once more`(word: PartnerWord)
        async throws
    {
        for sequences in [(1, 2), (2, 2)] as [(Int64, Int64)] {
            let house = try await CallbackHouse(.reversing, loan: .declined)
            #expect(try await house.take(.reversed, sequences.0) == .applied)
            let outcome = try await house.take(word, sequences.1)
            let isLater = sequences.0 < sequences.1
            #expect(outcome == (isLater ? .applied : .contradiction))
            #expect(try house.state == (isLater ? .reversing : .reversed))
            _ = try await house.house.fund().run()
            #expect(try house.state == .reversed)
            #expect(house.house.banks.count("reverse L1.harbor.1") == (isLater ? 1 : 0))
        }
    }

    @Test func `a contradiction stands until the partner takes it back`() async throws {
        let house = try await CallbackHouse(.accepted, loan: .payingOut)
        #expect(try await house.take(.accepted, 1) == .known)
        #expect(try await house.take(.refused, 2) == .contradiction)
        #expect(try await house.callbacks.contradictions().map(\.sequence) == [2])
        let again = try house.callback(.accepted, 1, nonce: "again", content: "accepted 1 0")
        #expect(try await house.take(again) == .duplicate)
        #expect(try await house.callbacks.contradictions().count == 1)
        #expect(try await house.take(.confirmed, 3) == .known)
        #expect(try await house.callbacks.contradictions().isEmpty)
        #expect(try house.state == .accepted)
    }

    @Test(arguments: [("harbor", "L9.harbor.1"), ("meridian", CallbackHouse.key)])
    func `an unknown key and another's key are the same to a partner`(party: String, key: String)
        async throws
    {
        let house = try await CallbackHouse(.inDoubt)
        let before = try house.request
        let callback = try house.callback(.accepted, 1, party: party, key: key)
        await #expect(throws: CallbackFault.unknownKey(key)) { try await house.take(callback) }
        #expect(try house.request == before)
        #expect(house.callbacks.words.isEmpty)
    }
}
