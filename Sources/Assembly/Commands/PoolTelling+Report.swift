import LendingRules
import Monetary
import Operations

extension PoolTelling {
    /// The report that investors are given of a payment date.
    func answer(_ report: PaymentReport) -> Answer {
        let node = Node.object([
            "pool": .text(plan.name), "number": .count(report.number),
            "from": .date(report.from), "to": .date(report.to), "paysOn": .date(report.paysOn),
            "currency": .text(currency.code), "called": .flag(report.isCalled),
            "last": .flag(report.isLast), "collateral": collateral(report.pool),
            "funds": funds(report.funds), "payments": .array(report.lines.map(line)),
            "tranches": .array(report.tranches.map(tranche)),
            "reserve": report.reserve.map(reserve) ?? .null,
            "triggers": .array(report.triggers.map(trigger)),
            "unabsorbedLoss": .text(text(report.unabsorbedLoss)),
            "residual": .text(text(report.residual)),
        ])
        let sentence =
            "pool \(plan.name), payment \(report.number) on \(report.paysOn) for \(report.from) "
            + "to \(report.to)" + (report.isCalled ? ": bought by the clean-up call" : "")
        return Answer(
            node, heading: [sentence],
            grids: [
                collateralGrid(report), lineGrid(report), trancheGrid(report),
                reserveGrid(report), triggerGrid(report),
            ].compactMap { $0 }, records: records(of: report), columns: PoolTelling.fileColumns)
    }

    private func collateralGrid(_ report: PaymentReport) -> Grid {
        let (pool, funds) = (report.pool, report.funds)
        var grid = Grid(
            title: "Pool (\(currency))", columns: [.words("what"), .figures("amount")])
        let rows =
            [
                ("principal at the beginning", pool.opening),
                ("principal collected", pool.principal),
                ("losses", pool.losses), ("bought by the call", pool.called),
                ("principal at the end", pool.closing),
                ("interest, penalties and fees collected", funds.interest),
                ("recoveries", pool.recoveries),
            ] + (funds.unspent == 0 ? [] : [("not spent at settlement", funds.unspent)])
            + [("available", funds.available)]
        for (name, amount) in rows { grid.add([name, text(amount)]) }
        grid.add(["loans", "\(pool.loans)"])
        grid.add(["factor", pool.factor.description])
        return grid
    }

    private func lineGrid(_ report: PaymentReport) -> Grid {
        var grid = Grid(
            title: "Payments in order (\(currency))",
            columns: [
                .words("for"), .words("of"), .words("to"), .figures("due"), .figures("paid"),
                .figures("shortfall"),
            ])
        for line in report.lines {
            grid.add([
                line.kind.rawValue, line.name, line.payee.name, text(line.due), text(line.paid),
                text(line.shortfall),
            ])
        }
        return grid
    }

    private func trancheGrid(_ report: PaymentReport) -> Grid {
        var grid = Grid(
            title: "Tranches (\(currency))",
            columns: [
                .words("tranche"), .figures("opening"), .figures("interest"),
                .figures("written down"), .figures("written up"), .figures("principal"),
                .figures("closing"), .figures("factor"),
            ])
        for one in report.tranches {
            let amounts = [
                one.opening, one.interestPaid, one.writtenDown, one.writtenUp, one.principal,
                one.closing,
            ]
            grid.add([one.name] + amounts.map(text) + [one.factor.description])
        }
        return grid
    }

    private func reserveGrid(_ report: PaymentReport) -> Grid? {
        guard let reserve = report.reserve else { return nil }
        var grid = Grid(
            title: "Reserve (\(currency))",
            columns: [
                .figures("target"), .figures("opening"), .figures("drawn"), .figures("released"),
                .figures("filled"), .figures("closing"),
            ])
        grid.add(
            [
                reserve.target, reserve.opening, reserve.drawn, reserve.released, reserve.filled,
                reserve.closing,
            ].map(text))
        return grid
    }

    private func triggerGrid(_ report: PaymentReport) -> Grid? {
        if report.triggers.isEmpty { return nil }
        var grid = Grid(
            title: "Triggers",
            columns: [.words("trigger"), .figures("figure"), .figures("bound"), .words("pulled")])
        for one in report.triggers {
            grid.add([
                one.name, part(one.amount, of: one.whole),
                ShareText.format(Int128(one.bound.numerator), over: Int128(one.bound.denominator)),
                one.pulledOn.map { "since \($0)" } ?? "no",
            ])
        }
        return grid
    }
}

extension PoolTelling {
    private func collateral(_ pool: PoolStatistics) -> Node {
        .object([
            "loans": .count(pool.loans), "opening": .text(text(pool.opening)),
            "principal": .text(text(pool.principal)), "losses": .text(text(pool.losses)),
            "recoveries": .text(text(pool.recoveries)), "called": .text(text(pool.called)),
            "closing": .text(text(pool.closing)),
            "buckets": .array(pool.buckets.map { .text(text($0)) }),
            "lostSoFar": .text(text(pool.lostSoFar)),
            "recoveredSoFar": .text(text(pool.recoveredSoFar)),
            "factor": .text(pool.factor.description),
        ])
    }

    private func funds(_ funds: PaymentFunds) -> Node {
        .object([
            "interest": .text(text(funds.interest)), "principal": .text(text(funds.principal)),
            "recoveries": .text(text(funds.recoveries)),
            "callPrice": .text(text(funds.callPrice)), "unspent": .text(text(funds.unspent)),
            "available": .text(text(funds.available)),
        ])
    }

    private func line(_ line: WaterfallLine) -> Node {
        .object([
            "kind": .text(line.kind.rawValue), "name": .text(line.name),
            "payee": .text(line.payee.name), "due": .text(text(line.due)),
            "paid": .text(text(line.paid)), "shortfall": .text(text(line.shortfall)),
        ])
    }

    private func tranche(_ one: TrancheReport) -> Node {
        .object([
            "name": .text(one.name), "holder": .text(one.holder.name),
            "opening": .text(text(one.opening)), "interestDue": .text(text(one.interestDue)),
            "interestPaid": .text(text(one.interestPaid)),
            "writtenDown": .text(text(one.writtenDown)),
            "writtenUp": .text(text(one.writtenUp)), "principal": .text(text(one.principal)),
            "closing": .text(text(one.closing)), "factor": .text(one.factor.description),
        ])
    }

    private func reserve(_ one: ReserveReport) -> Node {
        .object([
            "target": .text(text(one.target)), "opening": .text(text(one.opening)),
            "drawn": .text(text(one.drawn)), "released": .text(text(one.released)),
            "filled": .text(text(one.filled)), "closing": .text(text(one.closing)),
        ])
    }

    private func trigger(_ one: TriggerReading) -> Node {
        .object([
            "name": .text(one.name), "amount": .text(text(one.amount)),
            "whole": .text(text(one.whole)), "failed": .flag(one.isFailed),
            "pulledOn": one.pulledOn.map { .date($0) } ?? .null,
        ])
    }
}
