/// What the day's files and the open breaks say of one loan that has a break.
struct LoanEvidence {
    /// Which balance rows of the loan there are.
    enum Rows {
        /// Neither side's, or the partner's file is missing.
        case none
        case oursOnly
        case theirsOnly
        /// Both; the difference is ours − theirs.
        case both(BalanceEffect)
    }

    /// A break of a movement file with what it may make of the loan's balances.
    struct Movement {
        let found: Break
        let effect: BalanceEffect
    }

    var rows = Rows.none
    /// Today's breaks of movement lines.
    var movements: [Movement] = []
    /// Today's breaks of its balance rows.
    var balanceBreaks: [Break] = []
    /// Today's breaks in plans, parts, accruals and statuses.
    var details: [Break] = []
    /// Files, by role, in which a line of the loan agrees.
    var agreeing: Set<FileRole> = []
    /// Whether a movement line of the loan stands in both files.
    var hasPairedMovement = false
    /// Oldest first.
    var open: [OpenBreak] = []

    /// The open breaks today's balance may still carry: the last one of a balance, which contains
    /// what came before it, and the movements that broke after it.
    var carried: [OpenBreak] {
        let balance = open.last { $0.layout.role == .balance }
        let later = open.filter { one in
            one.layout.role == .movement && balance.map { $0.firstDate < one.firstDate } ?? true
        }
        return ([balance].compactMap(\.self) + later).filter { !$0.effect.isNone }
    }

    /// The breaks behind a difference in status or bucket: today's movements, else the open ones.
    var touching: [BreakID] {
        let today = movements.filter { $0.found.kind != .rounding }.map(\.found.id)
        return today.isEmpty ? open.filter { $0.kind != .rounding }.map(\.id) : today
    }
}

extension LoanEvidence {
    /// The evidence on every loan that has a break today.
    static func gathered(_ results: [FileResult], _ open: [OpenBreak]) -> [ExactText: LoanEvidence]
    {
        var loans: [ExactText: LoanEvidence] = [:]
        for result in results {
            for found in result.breaks {
                for loan in found.loans(in: result.layout) {
                    let effect = found.effect(in: result.layout, on: loan)
                    loans[ExactText(loan), default: LoanEvidence()]
                        .add(found, effect, result.layout.role)
                }
            }
        }
        if loans.isEmpty { return loans }
        for result in results {
            for match in result.matches {
                let loan = ExactText(result.layout.loan(of: match.ours.record))
                loans[loan]?.addMatch(result.layout.role)
            }
            for line in result.sums.flatMap(\.ours) {
                let loan = ExactText(result.layout.loan(of: line.record))
                loans[loan]?.addMatch(result.layout.role)
            }
        }
        for one in open.sorted(by: isOlder) where one.layout.role.countsRounding {
            loans[ExactText(one.loan)]?.open.append(one)
        }
        return loans
    }

    private static func isOlder(_ left: OpenBreak, _ right: OpenBreak) -> Bool {
        left.firstDate != right.firstDate
            ? left.firstDate < right.firstDate : left.id.text < right.id.text
    }

    private mutating func add(_ found: Break, _ effect: BalanceEffect, _ role: FileRole) {
        let isPair = found.ours != nil && found.theirs != nil
        switch role {
        case .movement:
            movements.append(Movement(found: found, effect: effect))
            if isPair { hasPairedMovement = true }
        case .balance:
            balanceBreaks.append(found)
            if isPair {
                rows = .both(effect)
            } else if case .none = rows {
                rows = found.ours != nil ? .oursOnly : .theirsOnly
            }
        case .standing, .plan, .part, .accrual, .status, .claim:
            details.append(found)
        }
    }

    private mutating func addMatch(_ role: FileRole) {
        agreeing.insert(role)
        if role == .movement { hasPairedMovement = true }
        if role == .balance { rows = .both(.none) }
    }
}
