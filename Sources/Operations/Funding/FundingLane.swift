import LendingRules

/// One bank's requests in a run: claimed, waiting for a place, under way.
///
/// A bank keeps its own places: the next requests are claimed while the earlier ones are still
/// answered, so that no place stays empty, and never more than are soon sent.
struct FundingLane {
    /// A claimed request that is not under way.
    struct Waiting: Sendable {
        let held: HeldRequest
        fileprivate let claim: Claim
        fileprivate(set) var tries = 0
    }

    /// What was claimed together for one party.
    fileprivate struct Claim: Hashable {
        let number: Int
        let party: PartyID
    }

    private struct Course {
        /// Those without a last answer.
        var left = 0
        var hasReached = false
    }

    /// What became of a call.
    struct Outcome {
        /// Answers that no further try follows.
        var last: [Exchanged<HeldRequest, PartnerAnswer>] = []
        /// The banks that not one request of a claim has left for.
        var down: [PartyID] = []
    }

    let party: PartyID
    /// Requests under way at a time.
    private let places: Int
    /// Requests in one call.
    private let lines: Int
    /// How often a request that does not leave is tried.
    private let tries: @Sendable (HeldRequest) -> Int
    private var waiting: [Waiting] = []
    /// Requests that did not leave and are tried again once the line has had time to mend.
    private var resting: [Waiting] = []
    private var isResting = false
    /// Nothing more is claimed, whatever is planned.
    private var isStopped = false
    private var next = 0
    private var courses: [Claim: Course] = [:]
    private var claims = 0
    private var underWay = 0
    private var isClaiming = false
    private var hasReached = false
    /// Something was claimed.
    private(set) var hasClaimed = false
    /// The last claim has left nothing to claim.
    private var isDry = false

    init(
        party: PartyID, places: Int, lines: Int = 1,
        tries: @escaping @Sendable (HeldRequest) -> Int
    ) {
        precondition(places > 0 && lines > 0)
        self.party = party
        self.places = places
        self.lines = lines
        self.tries = tries
    }

    private var waitingCount: Int { waiting.count - next }

    /// Nothing is left to do.
    var isDone: Bool {
        (isDry || isStopped) && !isClaiming && !isResting && underWay == 0 && waitingCount == 0
            && resting.isEmpty
    }

    /// Something did not leave and is to be tried again.
    var hasResting: Bool { !resting.isEmpty }

    /// Claims no more: its bank is down.
    mutating func stop() { isStopped = true }

    /// How often what did not leave has been tried; nil while others are to be sent first.
    mutating func beginRest() -> Int? {
        guard !isResting, waitingCount == 0, let tries = resting.map(\.tries).max() else {
            return nil
        }
        isResting = true
        return tries
    }

    /// What did not leave may be sent again.
    mutating func endRest() {
        isResting = false
        waiting += resting
        resting = []
    }

    /// How many to claim now; nil when it is not time to. Nothing is claimed ahead for a bank that
    /// may be down.
    mutating func beginClaim(_ batch: Int) -> Int? {
        guard !isDry, !isStopped, !isClaiming, resting.isEmpty,
            waitingCount < max(places, lines), hasReached || courses.isEmpty
        else { return nil }
        isClaiming = true
        return (max(1, batch) + lines - 1) / lines * lines
    }

    /// Takes in what was claimed and may be sent.
    ///
    /// - Parameter isLast: Fewer were found than were asked for.
    mutating func take(_ claimed: [HeldRequest], isLast: Bool) {
        isClaiming = false
        isDry = isLast
        hasClaimed = hasClaimed || !claimed.isEmpty
        claims += 1
        waiting.removeFirst(next)
        next = 0
        for held in claimed {
            let claim = Claim(number: claims, party: held.request.party)
            courses[claim, default: Course()].left += 1
            waiting.append(Waiting(held: held, claim: claim))
        }
    }

    /// A claim could not be made.
    mutating func endClaim() {
        isClaiming = false
        isDry = true
    }

    /// The requests of the next call, all of one party; empty when none may go out now.
    mutating func nextCall() -> [Waiting] {
        let first = min(lines, waitingCount)
        // A call that is not full waits for more to fill it.
        if first == 0 || (first < lines && isClaiming && underWay > 0) { return [] }
        guard underWay == 0 || underWay + first <= places else { return [] }
        let piece = Array(waiting[next..<(next + first)])
        next += first
        underWay += first
        return piece
    }

    /// Takes in the answers to a call, in the order of its requests.
    mutating func take(
        _ answers: [Exchanged<HeldRequest, PartnerAnswer>], to call: [Waiting]
    ) -> Outcome {
        precondition(answers.count == call.count, "each request has its answer")
        underWay -= call.count
        var outcome = Outcome()
        for (var sent, answer) in zip(call, answers) {
            sent.tries += 1
            if answer.answer.hasNotLeft, sent.tries < tries(sent.held) {
                resting.append(sent)
                continue
            }
            outcome.last.append(answer)
            if end(sent.claim, hasReached: !answer.answer.hasNotLeft) {
                outcome.down.append(sent.claim.party)
            }
        }
        return outcome
    }

    /// Takes out what waits for a bank that is down, or everything.
    mutating func setAside(_ isSetAside: (HeldRequest) -> Bool) -> [HeldRequest] {
        let aside = (waiting[next...] + resting).filter { isSetAside($0.held) }
        if aside.isEmpty { return [] }
        waiting = waiting[next...].filter { !isSetAside($0.held) }
        next = 0
        resting.removeAll { isSetAside($0.held) }
        for one in aside { _ = end(one.claim, hasReached: true) }
        return aside.map(\.held)
    }

    /// True when nothing of a claim has left.
    private mutating func end(_ claim: Claim, hasReached: Bool) -> Bool {
        courses[claim]?.left -= 1
        if hasReached {
            courses[claim]?.hasReached = true
            self.hasReached = true
        }
        guard let course = courses[claim], course.left == 0 else { return false }
        courses[claim] = nil
        return !course.hasReached
    }
}
