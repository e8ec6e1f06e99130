import BusinessCalendar

/// What layers have paid for a loan's claims, by who has these now: what was paid for a claim goes
/// with it, so that nobody is paid a second time for what somebody else had been paid for (RULES
/// § 5).
struct PaidLosses {
    private var paid = PaidLossLines()

    /// - Parameters:
    ///   - facts: Decisions with their corrections, which count where the decision does.
    ///   - passages: What part of claims each sale or buy-back has moved.
    ///   - losses: What was written off before. What was paid for it is no payment for claims that
    ///     a payment taken back has revived; what was paid beyond it is.
    ///   - layers: Those that have paid, in their order.
    init(
        _ facts: [LoanFact], passing passages: [String: ClaimPassage],
        writtenOff losses: [WrittenOffLosses], layers: [LossLayer]
    ) {
        let corrections = Dictionary(grouping: facts) { $0.correctedDecision ?? "" }
        var next = losses[...]
        for fact in facts.sorted() where fact.correctedDecision == "" {
            while let loss = next.first, fact.valueDate > loss.date {
                paid.spend(loss, by: layers)
                next.removeFirst()
            }
            let later = corrections[fact.id] ?? []
            for one in [fact] + later where one.isCash || !one.isBefore(losses.last) {
                paid.count(one.kind)
            }
            if case .assigned(let one) = fact.kind, one.reason != .compensation,
                let passage = passages[fact.id]
            {
                paid.pass(passage.corrected(by: later), from: one.from, to: one.to)
            }
        }
        for loss in next { paid.spend(loss, by: layers) }
    }

    /// What has been paid for the claims that a lender has, less what it paid others under loss
    /// shares.
    func indemnities(of party: PartyID) -> LossAmounts {
        let cash = (paid.cash[party] ?? [:]).values.reduce(into: LossAmounts.zero) { $0 += $1 }
        return cash - (paid.borne[party] ?? .zero)
    }

    /// What each layer has paid for them, and for those of which they were a part.
    func byLayer(to party: PartyID) -> [String: LossAmounts] {
        (paid.cash[party] ?? [:]).merging(paid.moved[party] ?? [:]) { cash, moved in
            var both = cash
            both += moved
            return both
        }
    }
}

/// Which part of its giver's claims a sale or a buy-back has moved, minor units of principal, or of
/// interest where it had no principal.
struct ClaimPassage: Hashable {
    private let isPrincipal: Bool
    private let gone: Int64
    private let held: Int64

    /// Nil for an effect that moves no claims, or only corrects what did.
    init?(_ effect: FactEffect, of contract: LoanContract) {
        guard case .assignment(let one) = effect.kind, one.corrects.isEmpty,
            let from = contract.lenders.firstIndex(of: one.from)
        else { return nil }
        isPrincipal = effect.held.allPrincipal > 0
        gone = -(isPrincipal ? effect.parts[from].allPrincipal : effect.parts[from].allInterest)
        held = isPrincipal ? effect.held.allPrincipal : effect.held.allInterest
    }

    private init(isPrincipal: Bool, gone: Int64, held: Int64) {
        (self.isPrincipal, self.gone, self.held) = (isPrincipal, gone, held)
    }

    /// With what people have corrected of it; what follows because it revives is the same part.
    fileprivate func corrected(by corrections: [LoanFact]) -> ClaimPassage {
        var gone = gone
        for fact in corrections where !fact.isRevival {
            guard case .assigned(let one) = fact.kind else { continue }
            gone += isPrincipal ? one.claims.principal : one.claims.interest
        }
        return ClaimPassage(isPrincipal: isPrincipal, gone: min(max(0, gone), held), held: held)
    }

    /// Moves the part, rounded down, of what was paid the one to the other.
    func pass(
        _ paid: inout [PartyID: [String: LossAmounts]], from: PartyID, to: PartyID
    ) {
        guard held > 0 else { return }
        for (layer, amounts) in paid[from] ?? [:] {
            let passed = LossAmounts(
                principal: part(of: amounts.principal), interest: part(of: amounts.interest))
            paid[from, default: [:]][layer, default: .zero] -= passed
            paid[to, default: [:]][layer, default: .zero] += passed
        }
    }

    private func part(of amount: Int64) -> Int64 {
        Int64(Int128(amount) * Int128(gone) / Int128(held))
    }
}

extension LoanContract {
    /// What part of claims each sale and buy-back has moved, of what its giver was known to have:
    /// a payment taken back since makes it no other part. Empty where no layer has paid.
    func passages(_ facts: [LoanFact]) throws(ServicingError) -> [String: ClaimPassage] {
        var passages: [String: ClaimPassage] = [:]
        guard facts.contains(where: \.isPaidLoss) else { return passages }
        for sale in facts where sale.correctedDecision == "" && sale.isAssignment {
            let known = facts.filter { $0.bookingDate <= sale.bookingDate && !(sale < $0) }
            let position = try position(facts: known, at: sale.valueDate)
            let effect = position.effects.first { $0.fact == sale.id }
            passages[sale.id] = effect.flatMap { ClaimPassage($0, of: self) }
        }
        return passages
    }
}

extension LoanFact {
    /// Whether a layer pays cash by it. Loss shares and claims taken over are parts of what was
    /// written off, and never more.
    fileprivate var isCash: Bool {
        if case .indemnified(let one) = kind { one.reason != .lossSharing } else { false }
    }

    fileprivate func isBefore(_ loss: WrittenOffLosses?) -> Bool {
        loss.map { valueDate <= $0.date } ?? false
    }

    /// Whether a layer pays by it for a loss.
    fileprivate var isPaidLoss: Bool {
        switch kind {
        case .indemnified(let one): one.reason.isForLoss
        case .assigned(let one): one.reason == .compensation
        default: false
        }
    }
}
