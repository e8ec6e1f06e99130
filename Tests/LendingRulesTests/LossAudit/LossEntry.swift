/// Principal and interest, cents.
struct PlainLoss: Equatable {
    var principal = 0
    var interest = 0

    var total: Int { principal + interest }

    static func + (left: PlainLoss, right: PlainLoss) -> PlainLoss {
        PlainLoss(
            principal: left.principal + right.principal, interest: left.interest + right.interest)
    }

    static func - (left: PlainLoss, right: PlainLoss) -> PlainLoss {
        PlainLoss(
            principal: left.principal - right.principal, interest: left.interest - right.interest)
    }

    /// Nothing below zero and nothing above another.
    func within(_ other: PlainLoss) -> PlainLoss {
        PlainLoss(
            principal: max(0, min(principal, other.principal)),
            interest: max(0, min(interest, other.interest)))
    }

    func part(_ share: Plain.Part?) -> PlainLoss {
        guard let share else { return self }
        let first = share.down(of: principal)
        return PlainLoss(principal: first, interest: share.down(of: total) - first)
    }
}

/// What one party may lose of a loan.
struct LossSeat {
    let party: Int
    /// Its claim that nobody has paid for.
    var rest: PlainLoss
    /// Its claim that can move.
    var movable: PlainLoss
    /// What each layer has paid for it so far.
    var paidBy: [String: PlainLoss]
    /// Of instalments past due.
    var pages: [LossPage]
}

/// What one party may lose of an instalment: its number, days past due today and yesterday, the
/// party's part, and what each layer has paid for of it.
struct LossPage {
    let number: Int
    let days: Int
    let yesterday: Int
    var part: PlainLoss
    let paidBy: [String: PlainLoss]
}

/// One loan on a date on which losses are shared.
struct LossEntry {
    let paper: LoanPaper
    let daysPastDue: Int
    let yesterday: Int
    let isWrittenOff: Bool
    /// Whether claims that go elsewhere today hold up what lateness would write off.
    var waits: Bool
    /// Whether they did yesterday.
    let hasWaited: Bool
    /// Layers that somebody asks, whatever their trigger.
    let called: Set<String>
    var seats: [LossSeat]

    func reaches(_ days: Int) -> Bool { yesterday < days && days <= daysPastDue }

    func isChargedOff(_ agreement: AgreementPaper) -> Bool {
        if isWrittenOff { return true }
        return !waits && (hasWaited || agreement.chargeOffAt.map { reaches($0) } == true)
    }

    /// Whether rulings take claims away before it is written off.
    func isHeldUp(by rulings: [Ruling], _ agreement: AgreementPaper) -> Bool {
        isChargedOff(agreement) && !isWrittenOff
            && rulings.contains { $0.isTrade(agreement) }
    }

    func isDue(_ layer: LayerPaper, _ agreement: AgreementPaper) -> Bool {
        if called.contains(layer.name) { return true }
        switch layer.trigger {
        case .instruction: return false
        case .chargeOff: return isChargedOff(agreement)
        case .daysPastDue(let days):
            guard layer.way == .claimsByInstalment else { return reaches(days) }
            return seats.contains { seat in
                seat.pages.contains { $0.yesterday < days && days <= $0.days }
            }
        }
    }

    func isDue(_ agreement: AgreementPaper) -> Bool {
        isChargedOff(agreement) || agreement.layers.contains { isDue($0, agreement) }
    }
}
