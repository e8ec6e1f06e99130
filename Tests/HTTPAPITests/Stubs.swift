import BusinessCalendar
import HTTPAPI
import LendingRules
import Monetary
import Operations
import Synchronization
import TestSupport

/// What goes wrong behind the interface, as a test wants it.
final class Stubs: Sendable {
    struct State {
        /// What the store throws.
        var failure: (any Error)?
        var isOvertaken = false
        /// Called while a callback is being kept.
        var whileKeeping: @Sendable () async -> Void = {}
        var kept: [JudgedCallback] = []
        var contradictions: [Contradiction] = []
    }

    private let state = Mutex(State())

    var now: State { state.withLock { $0 } }

    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

    var parts: APIParts {
        APIParts(
            callbacks: TakeCallback(
                store: self,
                surroundings: Surroundings(hash: { $0 }, shard: { _ in 0 }, now: { 1 })),
            verifier: StubVerifier(), contradictions: self, health: self, figures: self,
            parties: [PartyID("harbor"), PartyID("meridian")], version: "1.2.3",
            now: { 1_767_225_600 })
    }
}

/// A failure with a code, whose words must not leave the house.
struct StubFailure: CodedError {
    let code = "STUB-001"
    let sentence = "postgres://secret-host refuses; look there"
    let exit: ExitKind
}

/// A failure without a code.
struct UncodedFailure: Error {}

/// Believes bodies by their first word.
struct StubVerifier: CallbackVerifier {
    func verify(
        _ call: IncomingCall, now: Int64
    ) throws(CallbackRefusal) -> PartnerCallback {
        let text = String(decoding: call.body, as: UTF8.self)
        let words = text.split(separator: " ").map(String.init)
        switch words.first {
        case "forged": throw .unproven("bad-signature")
        case "good":
            return PartnerCallback(
                party: PartyID(call.party), key: words.count > 1 ? words[1] : "K1",
                word: .accepted, sequence: 1,
                money: Money(minorUnits: 700, currency: SampleLoan.dollars),
                proof: CallbackProof(
                    nonce: text, expiresAt: 0, content: text, digest: text, signature: ""))
        default: throw .unreadable("the body is '\(text.prefix(20))'")
        }
    }
}

extension Stubs: CallbackStore, StoreHealth, FundingFigures {
    func heard(_ key: String, sequence: Int64) async throws -> HeardRequest? {
        if let failure = now.failure { throw failure }
        guard key == "K1" else { return nil }
        return HeardRequest(
            held: HeldRequest(
                request: Self.request, state: .inDoubt, version: 1, attempt: 1,
                lastAttemptAt: 0), isUndecided: true)
    }

    func keep(_ judged: JudgedCallback, now: Int64) async throws -> CallbackKeeping {
        await self.now.whileKeeping()
        if self.now.isOvertaken { return .overtaken }
        change { $0.kept.append(judged) }
        return .kept
    }

    func contradictions() async throws -> [Contradiction] { now.contradictions }

    func check() async throws {
        if let failure = now.failure { throw failure }
    }

    func openRequests() async throws -> [RequestTally] {
        if let failure = now.failure { throw failure }
        return [RequestTally(party: PartyID("harbor"), state: .pending, count: 7)]
    }

    private static let request: FundingRequest = {
        let date = BusinessDate(dayNumber: 20_454)
        let terms = ScheduleTerms(
            principal: 1_000, currency: SampleLoan.dollars, rate: AnnualRate(units: 0),
            method: .equalInstalment, instalments: 1, every: Period(count: 1, unit: .months),
            disbursedOn: date, firstDueOn: nil, dayCount: .thirty360, rounding: .halfEven,
            instalmentRounding: .halfEven, instalmentMultiple: 1)
        return FundingRequest(
            key: "K1", loan: LoanID("L1"), party: PartyID("harbor"), amount: 700,
            currency: SampleLoan.dollars, loanAmount: 1_000, valueDate: date, expiresAt: 0,
            borrowerRef: "", terms: terms)
    }()
}
