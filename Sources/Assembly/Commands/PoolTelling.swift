import BusinessCalendar
import LendingRules
import Monetary
import Operations

/// Pools in words and tables.
struct PoolTelling {
    let plan: PoolPlan

    init(_ plan: PoolPlan) { self.plan = plan }

    var currency: Currency { plan.currency }

    func text(_ amount: Int64) -> String { amount.text(currency) }

    /// What is in a pool, what is not and why, and what makes up how much of it.
    func answer(_ selection: PoolSelection, isKept: Bool) -> Answer {
        let taken = selection.taken.sorted { $0.share < $1.share }
        let node = Node.object([
            "pool": .text(plan.name), "cutOff": .date(plan.cutOff), "kept": .flag(isKept),
            "currency": .text(currency.code), "principal": .text(text(selection.principal)),
            "taken": .array(taken.map(node)), "left": .array(selection.left.map(node)),
            "concentrations": .array(selection.concentrations.map(node)),
        ])
        let sentence =
            "pool \(plan.name) at the end of \(plan.cutOff): \(taken.count.counted("share")) of "
            + "\(text(selection.principal)) \(currency) taken, \(selection.left.count) left"
            + (isKept ? "; kept" : "")
        return Answer(
            node, heading: [sentence],
            grids: [takenGrid(taken), leftGrid(selection.left), grid(selection.concentrations)]
                .compactMap { $0 })
    }

    private func takenGrid(_ taken: [PoolCandidate]) -> Grid? {
        if taken.isEmpty { return nil }
        var grid = Grid(
            title: "Taken (\(currency))",
            columns: [.words("loan"), .words("seller"), .figures("principal"), .figures("owed")])
        for share in taken {
            grid.add([
                share.loan.text, share.seller.name, text(share.principal),
                text(share.claims.total),
            ])
        }
        return grid
    }

    private func leftGrid(_ left: [PoolExclusion]) -> Grid? {
        if left.isEmpty { return nil }
        var grid = Grid(
            title: "Left (\(currency))",
            columns: [.words("loan"), .words("seller"), .figures("principal"), .words("why")])
        for one in left {
            grid.add([
                one.share.loan.text, one.share.seller.name, text(one.share.principal),
                words(one.reason).joined(separator: ", "),
            ])
        }
        return grid
    }

    private func grid(_ concentrations: [PoolConcentration]) -> Grid? {
        if concentrations.isEmpty { return nil }
        var grid = Grid(
            title: "Concentrations (\(currency))",
            columns: [
                .words("of"), .words("value"), .figures("principal"), .figures("part"),
                .figures("at most"),
            ])
        for one in concentrations {
            grid.add([
                one.group.dimension?.rawValue ?? "", one.group.subject ?? "", text(one.amount),
                part(one.amount, of: one.whole), one.limit.share.words,
            ])
        }
        return grid
    }

    /// A part of a whole in percent, two decimals, half up.
    func part(_ amount: Int64, of whole: Int64) -> String {
        guard whole > 0,
            let units = try? Rounding.halfUp.divide(Int128(amount) * 10_000, by: Int128(whole))
        else { return "" }
        return AmountText.format(units, decimals: 2) + "%"
    }

    private func words(_ reason: PoolReason) -> [String] {
        switch reason {
        case .criteria(let lacking): lacking.map(\.rawValue)
        case .target(let room): ["target: room for \(text(room))"]
        case .concentrations(let broken):
            broken.map {
                "\($0.group.dimension?.rawValue ?? "") \($0.group.subject ?? "") above "
                    + $0.limit.share.words
            }
        }
    }
}

extension PoolTelling {
    private func node(_ share: PoolCandidate) -> Node {
        .object([
            "loan": .text(share.loan.text), "seller": .text(share.seller.name),
            "principal": .text(text(share.principal)),
            "claims": .text(text(share.claims.total)),
        ])
    }

    private func node(_ left: PoolExclusion) -> Node {
        .object([
            "loan": .text(left.share.loan.text), "seller": .text(left.share.seller.name),
            "principal": .text(text(left.share.principal)),
            "reasons": .array(words(left.reason).map { .text($0) }),
        ])
    }

    private func node(_ one: PoolConcentration) -> Node {
        .object([
            "of": .optional(one.group.dimension?.rawValue), "value": .optional(one.group.subject),
            "principal": .text(text(one.amount)), "part": .text(part(one.amount, of: one.whole)),
            "atMost": .text(one.limit.share.words),
        ])
    }
}

extension PoolTelling {
    /// What was sold, by seller.
    func answer(sold pool: KeptPool) -> Answer {
        var grid = Grid(
            title: "To \(plan.buyer) (\(currency))",
            columns: [
                .words("seller"), .figures("shares"), .figures("owed at cut-off"),
                .figures("price"),
            ])
        var nodes: [Node] = []
        let sellers = Dictionary(grouping: pool.shares, by: \.share.holder)
        for (seller, shares) in sellers.sorted(by: { $0.key < $1.key }) {
            let claims = shares.reduce(0) { $0 + $1.claims.total }
            let price = shares.reduce(0) { $0 + $1.price }
            grid.add([seller.name, "\(shares.count)", text(claims), text(price)])
            nodes.append(
                .object([
                    "seller": .text(seller.name), "shares": .count(shares.count),
                    "claims": .text(text(claims)), "price": .text(text(price)),
                ]))
        }
        return Answer(
            .object([
                "pool": .text(pool.name), "buyer": .text(plan.buyer.name),
                "soldOn": pool.soldOn.map { .date($0) } ?? .null,
                "settlesOn": .date(pool.settlesOn), "currency": .text(currency.code),
                "sellers": .array(nodes),
            ]),
            heading: [
                "pool \(pool.name) is sold; its shares change hands at the end of "
                    + "\(pool.settlesOn)"
            ], grids: [grid])
    }

    /// Where a pool stands.
    func answer(_ standing: PoolStanding) -> Answer {
        let (pool, deal, state) = (standing.pool, standing.paid?.deal, standing.state.rawValue)
        let next = deal.flatMap { deal in
            deal.isClosed ? nil : plan.notes?.payments.payment(deal.payments + 1).paysOn
        }
        var grids: [Grid] = []
        var tranches: [Node] = []
        if let deal {
            var grid = Grid(
                title: "Notes (\(currency))",
                columns: [
                    .words("tranche"), .words("holder"), .figures("original"),
                    .figures("balance"), .figures("interest carried"),
                ])
            for (note, balance) in zip(deal.terms.tranches, deal.tranches) {
                grid.add([
                    note.name, note.holder.name, text(note.original), text(balance.balance),
                    text(balance.interestCarried),
                ])
                tranches.append(
                    .object([
                        "name": .text(note.name), "holder": .text(note.holder.name),
                        "original": .text(text(note.original)),
                        "balance": .text(text(balance.balance)),
                    ]))
            }
            grids.append(grid)
        }
        if let grid = withdrawnGrid(standing.withdrawn) { grids.append(grid) }
        let principal = pool.shares.reduce(0) { $0 + $1.claims.allPrincipal }
        let node = Node.object([
            "pool": .text(pool.name), "state": .text(state), "cutOff": .date(pool.cutOff),
            "settlesOn": .date(pool.settlesOn), "shares": .count(pool.shares.count),
            "withdrawn": .array(standing.withdrawn.map(node)),
            "currency": .text(currency.code), "principal": .text(text(principal)),
            "outstanding": deal.map { .text(text($0.pool)) } ?? .null,
            "nextPayment": next.map { .date($0) } ?? .null, "tranches": .array(tranches),
        ])
        let sentence =
            "pool \(pool.name) is \(state): \(pool.shares.count.counted("share")) of "
            + "\(text(principal)) \(currency) at the end of \(pool.cutOff)"
            + (standing.withdrawn.isEmpty ? "" : ", \(standing.withdrawn.count) withdrawn since")
        return Answer(
            node, heading: [sentence] + (next.map { ["its notes are paid next on \($0)"] } ?? []),
            grids: grids)
    }

    /// Shares that were not there any more at settlement.
    private func withdrawnGrid(_ shares: [ShareID]) -> Grid? {
        if shares.isEmpty { return nil }
        var grid = Grid(title: "Withdrawn", columns: [.words("loan"), .words("seller")])
        for share in shares { grid.add([share.loan.text, share.holder.name]) }
        return grid
    }

    private func node(_ share: ShareID) -> Node {
        .object(["loan": .text(share.loan.text), "seller": .text(share.holder.name)])
    }
}
