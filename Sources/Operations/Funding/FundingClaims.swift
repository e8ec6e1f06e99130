import BusinessCalendar
import LendingRules
import Monetary
import Reconciling

/// Breaks about shares that stay with their banks, besides what people do about them.
package protocol FundingClaimStore: BreakStore {
    /// Breaks of the kind `funding`, in party, first date and id order.
    func fundingBreaks() async throws -> [KeptBreak]
}

/// Keeps a claim and a break for every share that its bank will not take back (RULES § 4).
///
/// What the bank says it has paid out is claimed from it, outside settlement, until two persons
/// accept its figure, which collects the share, or ours, which lets it go; or until the bank takes
/// the share back after all. Run again, it does nothing.
struct FundingClaims: Sendable {
    let store: any FundingClaimStore
    let cases: any FundingCases
    let severities: SeverityTable
    let surroundings: Surroundings

    /// Opens, reopens and heals breaks; returns the keys of refused reversals that people have
    /// settled.
    func keep(_ refused: [HeldRequest]) async throws -> Set<String> {
        _ = try await Retries.whileOvertaken { try await keepOnce(refused) }
        let closed = try await store.fundingBreaks().filter { !$0.state.isOpen }
        return Set(closed.compactMap(\.key.first))
    }

    private func keepOnce(_ refused: [HeldRequest]) async throws -> Bool {
        let kept = try await store.fundingBreaks()
        if refused.isEmpty, kept.isEmpty { return false }
        let known = Dictionary(kept.map { ($0.key.first ?? "", $0) }) { first, _ in first }
        let date = try await cases.openDate()
        var changes: [BreakChange] = []
        for held in refused {
            if let change = try refusal(of: held, known[held.request.key], on: date) {
                changes.append(change)
            }
        }
        let keys = Set(refused.map(\.request.key))
        for one in kept where !keys.contains(one.key.first ?? "") && one.isAwaited {
            changes.append(try change(one, .healed(by: date)))
        }
        for change in changes {
            surroundings.crashPoint(.claimsBefore)
            try await store.apply(change)
            surroundings.crashPoint(.claimsAfter)
        }
        return !changes.isEmpty
    }

    /// Nil where the break is there and people see to it, or have done so.
    private func refusal(
        of held: HeldRequest, _ known: KeptBreak?, on date: BusinessDate
    ) throws -> BreakChange? {
        guard let known else { return try change(found(held, on: date), .found) }
        let isBack = [.healed, .booked].contains(known.lifecycle.resolution)
        return isBack ? try change(known, .foundChanged) : nil
    }

    private func change(_ kept: KeptBreak, _ event: BreakEvent) throws -> BreakChange {
        var change = BreakChange(kept, at: surroundings.now())
        try change.add(event)
        try change.book(try change.kept.target(holding: 0))
        return change
    }

    private func found(_ held: HeldRequest, on date: BusinessDate) -> KeptBreak {
        let request = held.request
        let money = Money(minorUnits: held.heldAmount, currency: request.currency)
        let ids = BreakIDSource(
            partner: request.party.name, firstDate: date, hash: surroundings.hash)
        return KeptBreak(
            id: ids.id(file: FundingClaims.file, kind: .funding, key: [request.key]).text,
            party: request.party, file: FundingClaims.file, kind: .funding, key: [request.key],
            loan: request.loan.text, firstDate: date,
            severity: severities.severity(of: .funding, magnitude: held.heldAmount.magnitude),
            cause: .reversalRefused,
            sentence: "\(request.party) holds \(money) of loan \(request.loan) under "
                + "\(request.key), which the loan does without, and refuses to take it back",
            rule: Cause.reversalRefused.rule, currency: request.currency.code, differences: [],
            ours: "", theirs: "\(request.key) \(money)", ourLine: 0, theirLine: 0,
            // As for a disbursement: by its own record the partner owes its share.
            due: DisputedDue(ours: nil, theirs: -held.heldAmount), lifecycle: .new)
    }

    /// What stands where other breaks name the file they were found in.
    private static let file = "funding"
}

extension KeptBreak {
    /// Whether the partner's taking the share back changes anything.
    fileprivate var isAwaited: Bool {
        state.isOpen || lifecycle.resolution == .approval && lifecycle.acceptance != .ours
    }
}
