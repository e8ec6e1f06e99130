import BusinessCalendar
import LendingRules
import Monetary

/// The shares of a pool that have changed hands, with the loans that they are of.
struct PoolBook {
    let pool: KeptPool
    let plan: PoolPlan
    private let dossiers: [LoanID: LoanDossier]
    private let members: [Member]
    /// Shares that no close has sold, by loan and seller: after the settlement date those that
    /// were not there any more.
    let unsold: [ShareID]
    /// What of the notes has paid for no share because of them, minor units.
    let unspent: Int64

    /// A loan of which one or more holders have sold their shares: the buyer has one position.
    fileprivate struct Member {
        let shares: [KeptPoolShare]
        let contract: LoanContract
        let facts: [LoanFact]
    }

    /// Shares that were withdrawn at settlement are not in it.
    init(_ office: PoolOffice, _ pool: KeptPool, _ plan: PoolPlan) async throws {
        (self.pool, self.plan) = (pool, plan)
        let shares = Dictionary(grouping: pool.shares, by: \.share.loan)
        var members: [Member] = []
        var dossiers: [LoanID: LoanDossier] = [:]
        var unsold: [KeptPoolShare] = []
        try await office.eachLoan(of: shares.keys.sorted()) { dossier, contract in
            dossiers[contract.loan] = dossier
            let order = SaleOrder(buyer: plan.buyer, ground: pool.name, goesOn: pool.settlesOn)
            let sold = (shares[contract.loan] ?? []).filter {
                order.isCarriedOut($0.share.holder, dossier.facts)
            }
            unsold += (shares[contract.loan] ?? []).filter { !sold.contains($0) }
            if sold.isEmpty { return }
            members.append(Member(shares: sold, contract: contract, facts: dossier.facts))
        }
        self.members = members
        self.dossiers = dossiers
        self.unsold = unsold.map(\.share).sorted()
        let spent = members.flatMap(\.shares).reduce(0) { $0 + $1.price }
        let issued = plan.notes.map { notes in
            notes.tranches.reduce(0) { $0 + $1.original } - (notes.reserve?.initial ?? 0)
        }
        unspent = min(unsold.reduce(0) { $0 + $1.price }, max(0, (issued ?? 0) - spent))
    }

    /// Whether none of its shares has changed hands.
    var isEmpty: Bool { members.isEmpty }

    /// All that is known of a loan of the pool.
    func facts(of loan: LoanID) -> [LoanFact] { dossiers[loan]?.facts ?? [] }

    /// Shares that a call was to sell and no close has sold.
    func unsold(by call: PoolCall) throws -> [ShareID] {
        let order = SaleOrder(buyer: call.caller, ground: pool.name, goesOn: call.goesOn)
        return try held(at: call.countedOn).map(\.share).filter {
            !order.isCarriedOut($0.holder, facts(of: $0.loan))
        }
    }

    /// What was sold, at the end of the cut-off date, minor units.
    var principal: Int64 {
        members.flatMap(\.shares).reduce(0) { $0 + $1.claims.allPrincipal }
    }

    /// What came for a payment date between the ends of two dates, by what their closes knew.
    ///
    /// - Throws: ``PoolFault``.
    func collections(
        from: BusinessDate, to: BusinessDate, paysOn: BusinessDate, isCalled: Bool
    ) throws -> PeriodCollections {
        let isFirst = from == pool.cutOff.adding(days: 1)
        // What layers pay the buyer on the settlement date itself is its first collection.
        let start = (isFirst ? pool.settlesOn : from).adding(days: -1)
        var tally = CollectionTally()
        do {
            for member in members {
                for share in member.shares where isFirst {
                    try tally.addPassedThrough(
                        try member.period(
                            of: share.share.holder, from: pool.cutOff, to: pool.settlesOn))
                }
                let days = try member.position(to).daysPastDue
                try tally.add(
                    try member.period(of: plan.buyer, from: start, to: to) {
                        $0.isPurchase(by: plan.buyer, for: pool)
                    }, daysPastDue: days)
            }
        } catch is AmountError {
            throw PoolFault.payment(pool.name, .amount(.overflow))
        }
        return tally.collections(from: from, to: to, paysOn: paysOn, isCalled: isCalled)
    }

    /// What the buyer holds of each loan at the end of a date.
    func held(at date: BusinessDate) throws -> [(share: ShareID, claims: Components)] {
        try members.compactMap { member in
            let claims = try member.lender(plan.buyer, member.position(date)).claims
            let share = ShareID(loan: member.contract.loan, holder: plan.buyer)
            return claims == Components() ? nil : (share, claims)
        }
    }
}

extension PoolBook.Member {
    /// By what the close of the date knew.
    func position(_ date: BusinessDate) throws -> LoanPosition {
        guard let position = try contract.position(facts, closing: date) else {
            throw ContractFault(loan: contract.loan, reason: "it was not lent on \(date)")
        }
        return position
    }

    func lender(_ party: PartyID, _ position: LoanPosition) throws -> LenderPosition {
        guard let index = contract.lenders.firstIndex(of: party) else {
            throw ContractFault(loan: contract.loan, reason: "\(party) holds nothing of it")
        }
        return position.lenders[index]
    }

    /// A holder's period with all cash that it brought; where a purchase is told, claims that
    /// others take from it or give back are paid for and so are collected, or lent again, those
    /// below par lost in part: all but the purchase itself.
    func period(
        of party: PartyID, from: BusinessDate, to: BusinessDate,
        besides isPurchase: ((FactEffect) -> Bool)? = nil
    ) throws -> SharePeriod {
        let (opening, closing) = (try position(from), try position(to))
        let (start, end) = (try lender(party, opening), try lender(party, closing))
        let period = SharePeriod(
            share: ShareID(loan: contract.loan, holder: party), from: start, to: end,
            isUndone: closing.isUndone)
        guard let index = contract.lenders.firstIndex(of: party) else { return period }
        func cash(at position: LoanPosition) -> HolderCash {
            contract.cash(of: index, at: position) { isPurchase?($0) != true }
        }
        let cash = cash(at: closing) - cash(at: opening)
        var (collected, relieved) = (period.collected, period.relieved)
        var gain = cash.losses.total
        if let isPurchase {
            let bought = [closing, opening].map { position in
                position.effects.filter(isPurchase).reduce(Components()) { $0 + $1.parts[index] }
            }
            let moved = end.transferred - start.transferred - (bought[0] - bought[1])
            collected = collected - moved
            collected.interest += cash.costs
            gain += cash.moves + cash.passed
        }
        let lost = min(max(0, -gain), max(0, collected.allPrincipal))
        collected.principal -= lost
        relieved.principal += lost
        collected.interest += min(0, gain) + lost
        return SharePeriod(
            share: period.share, opening: period.opening, collected: collected,
            recovered: period.recovered + max(0, gain), relieved: relieved,
            capitalised: period.capitalised, closing: period.closing,
            isUndone: period.isUndone)
    }
}

extension FactEffect {
    /// Whether it is a buyer's purchase of a pool's share, or what was passed on to it then.
    fileprivate func isPurchase(by buyer: PartyID, for pool: KeptPool) -> Bool {
        guard valueDate == pool.settlesOn else { return false }
        return switch kind {
        case .assignment(let one):
            one.reason == .poolSale && one.ground == pool.name && one.to == buyer
                && one.corrects.isEmpty
        case .indemnity(let one): one.reason == .poolCollection && one.ground == pool.name
        default: false
        }
    }
}

/// What moves shares of a pool at the close of a date.
private struct SaleOrder {
    let buyer: PartyID
    let ground: String
    let goesOn: BusinessDate

    /// Whether a close has moved a holder's share by it.
    func isCarriedOut(_ holder: PartyID, _ facts: [LoanFact]) -> Bool {
        facts.contains { fact in
            guard case .assigned(let sale) = fact.kind else { return false }
            return sale.reason == .poolSale && sale.ground == ground && sale.corrects.isEmpty
                && sale.from == holder && sale.to == buyer && fact.valueDate == goesOn
        }
    }
}
