import BusinessCalendar
import LendingRules
import Monetary
import TestSupport

/// A second account of a pool's notes, kept from what was paid, with arithmetic of its own.
struct DealAudit {
    let terms: DealTerms
    private var balances: [Int64]
    private var unpaidInterest: [Int64]
    private var takenByLosses: [Int64]
    private var reserve: Int64
    private var owedBack: Int64 = 0
    private var unpaidPrincipal: Int64 = 0
    private var unpaidFee: Int64 = 0
    private var lost: Int64 = 0
    private var pulled: [Bool]
    private var pool: Int64
    private var paidOn: BusinessDate
    /// Everything that ever came in and went out.
    private var cashIn: Int64
    private var cashOut: Int64 = 0

    init(_ terms: DealTerms) {
        self.terms = terms
        balances = terms.tranches.map(\.original)
        unpaidInterest = balances.map { _ in 0 }
        takenByLosses = unpaidInterest
        reserve = terms.reserve?.initial ?? 0
        pulled = terms.triggers.map { _ in false }
        pool = terms.poolPrincipal
        paidOn = terms.issuedOn
        cashIn = reserve
    }

    mutating func check(_ report: PaymentReport, of got: PeriodCollections) throws {
        try checkCash(report, got)
        try checkOrder(report)
        try checkInterest(report, got)
        try checkLosses(report, got)
        try checkTests(report, got)
        try checkPrincipal(report, got)
        for (place, tranche) in report.tranches.enumerated() {
            balances[place] += tranche.writtenUp - tranche.writtenDown - tranche.principal
            try hold(tranche.closing == balances[place], "a balance is not what moved it")
            try hold(balances[place] >= 0, "a balance below zero")
            unpaidInterest[place] = tranche.interestDue - tranche.interestPaid
        }
        pool = report.pool.closing
        paidOn = report.paysOn
    }

    /// What is paid and kept is what came and was kept before.
    private mutating func checkCash(_ report: PaymentReport, _ got: PeriodCollections) throws {
        let price = report.isCalled ? got.buckets.reduce(0, +) + got.accrued : 0
        let cash = got.interest + got.principal + got.recoveries + price
        let paid = report.lines.reduce(0) { $0 + $1.paid }
        let kept = report.reserve?.closing ?? 0
        try hold(report.lines.allSatisfy { $0.paid >= 0 && $0.paid <= $0.due }, "paid too much")
        try hold(report.reserve?.opening ?? 0 == reserve, "the reserve begins as it ended")
        let net = cash - owedBack
        try hold(report.funds.available == max(0, net), "another amount is available")
        try hold(paid + kept == max(0, net) + reserve, "cash is lost or made")
        owedBack = max(0, -net)
        reserve = kept
        cashIn += cash
        cashOut += paid
        try hold(cashIn == cashOut + reserve - owedBack, "cash is lost or made over the years")
    }

    /// Nothing is paid while something before it is not; the reserve goes first where it stands.
    private func checkOrder(_ report: PaymentReport) throws {
        let seniors = terms.tranches.prefix(terms.reserve?.seniorTranches ?? 0).map(\.name)
        var isShort = false
        for line in report.lines {
            let isSenior =
                [.servicingFee, .expense].contains(line.kind)
                || line.kind == .interest && seniors.contains(line.name)
            if let account = report.reserve, isSenior, line.shortfall > 0 {
                try hold(account.closing == 0, "the reserve is kept from a senior payment")
            }
            if let account = report.reserve, !isSenior, account.closing < account.target {
                try hold(line.paid == 0, "\(line.kind) is paid before the reserve is full")
            }
            // Shared principal is short in several lines at once.
            if isShort, line.kind != .principal {
                try hold(line.paid == 0, "\(line.kind) is paid before its turn")
            }
            isShort = isShort || line.shortfall > 0
        }
        if let account = report.reserve {
            try hold(account.closing <= account.target, "more is kept than needed")
            let moved = [account.drawn, account.released, account.filled]
            try hold(moved.allSatisfy { $0 >= 0 }, "a movement of the reserve below zero")
        }
    }

    private mutating func checkInterest(_ report: PaymentReport, _ got: PeriodCollections) throws {
        for (place, note) in terms.tranches.enumerated() {
            let tranche = report.tranches[place]
            let base = balances[place] + (note.bearsInterestOnShortfall ? unpaidInterest[place] : 0)
            let days = Int64(report.paysOn.days(since: paidOn))
            let earned = Self.nearest(base * (note.rate?.units ?? 0) * days, 36_000_000_000)
            try hold(tranche.opening == balances[place], "a balance begins as it ended")
            try hold(tranche.earned == earned, "interest is \(tranche.earned), not \(earned)")
            try hold(tranche.interestCarried == unpaidInterest[place], "what was unpaid is owed")
            let lines = report.lines.filter { $0.kind == .interest && $0.name == note.name }
            try hold(lines.reduce(0) { $0 + $1.due } == tranche.interestDue, "it is a line")
            try hold(lines.reduce(0) { $0 + $1.paid } == tranche.interestPaid, "it is that line")
        }
        let days = Int64(got.to.days(since: got.from) + 1)
        let fee = Self.nearest(pool * (terms.servicing?.rate.units ?? 0) * days, 36_000_000_000)
        let line = report.lines.first { $0.kind == .servicingFee }
        try hold(line?.due ?? 0 == fee + unpaidFee, "the fee is that of the opening pool")
        unpaidFee = line?.shortfall ?? 0
    }

    /// Half-even, of numbers that are not below zero.
    private static func nearest(_ numerator: Int64, _ denominator: Int64) -> Int64 {
        let (whole, rest) = (numerator / denominator, numerator % denominator)
        let isUp = rest * 2 > denominator || (rest * 2 == denominator && whole % 2 == 1)
        return isUp ? whole + 1 : whole
    }
}

extension DealAudit {
    /// From the bottom up, and back from the top down.
    private mutating func checkLosses(_ report: PaymentReport, _ got: PeriodCollections) throws {
        let down = report.tranches.map(\.writtenDown)
        let reach = min(got.losses, balances.reduce(0, +))
        try hold(down.reduce(0, +) == reach, "a loss is written down as far as balances reach")
        try hold(report.unabsorbedLoss == got.losses - reach, "the rest is told")
        for place in down.indices where down[place] > 0 {
            for junior in down.indices where junior > place {
                try hold(down[junior] == balances[junior], "a junior note is left")
            }
        }
        let up = report.tranches.map(\.writtenUp)
        for place in down.indices { takenByLosses[place] += down[place] }
        let gain = terms.recoveriesWriteUp ? got.recoveries : 0
        try hold(
            up.reduce(0, +) == min(gain, takenByLosses.reduce(0, +)),
            "what comes back is written up"
        )
        for place in up.indices {
            try hold(up[place] <= takenByLosses[place], "more is given back than was taken")
            takenByLosses[place] -= up[place]
            let juniors = up[(place + 1)...].reduce(0, +)
            try hold(takenByLosses[place] == 0 || juniors == 0, "a junior note is helped first")
        }
    }

    private mutating func checkTests(_ report: PaymentReport, _ got: PeriodCollections) throws {
        lost += got.losses
        for (place, trigger) in terms.triggers.enumerated() {
            let reading = report.triggers[place]
            let isFailed: Bool
            switch trigger.test {
            case .cumulativeLosses(let bound):
                isFailed = lost * bound.denominator > bound.numerator * terms.poolPrincipal
            case .pastDue(let first, let bound):
                let late = got.buckets.enumerated().filter { $0.offset >= first.number }
                    .reduce(0) { $0 + $1.element }
                isFailed =
                    late * bound.denominator > bound.numerator * got.buckets.reduce(0, +)
            default: continue
            }
            try hold(reading.isFailed == isFailed, "\(trigger.name) is read wrongly")
            pulled[place] = isFailed || (pulled[place] && !trigger.cures)
            try hold(reading.isPulled == pulled[place], "\(trigger.name) is pulled wrongly")
        }
    }

    private mutating func checkPrincipal(_ report: PaymentReport, _ got: PeriodCollections) throws {
        let left = report.tranches.map { $0.opening - $0.writtenDown + $0.writtenUp }
        let isEnding =
            report.isCalled || report.paysOn >= terms.finalOn || got.buckets.reduce(0, +) == 0
        let raw = got.principal + got.recoveries + unpaidPrincipal
        let owed = isEnding ? left.reduce(0, +) : min(max(0, raw), left.reduce(0, +))
        let lines = report.lines.filter { $0.kind == .principal }
        try hold(lines.reduce(0) { $0 + $1.due } == owed, "principal owed is what was collected")
        unpaidPrincipal = lines.reduce(0) { $0 + $1.shortfall } + (isEnding ? 0 : min(0, raw))
        let paid = left.indices.map { place in
            lines.filter { $0.name == terms.tranches[place].name }.reduce(0) { $0 + $1.paid }
        }
        var first = 1
        if case .proRata(let count) = terms.principal, !isEnding,
            !report.triggers.contains(where: \.isPulled)
        {
            first = count
            try checkShared(paid.prefix(count), by: left.prefix(count))
        }
        for place in first..<max(first, paid.count) where paid[place] > 0 {
            let before = left.indices.prefix(place)
            try hold(before.allSatisfy { paid[$0] == left[$0] }, "a junior note is repaid first")
        }
    }

    /// Off the exact part by less than the split's one and a half units.
    private func checkShared(_ paid: ArraySlice<Int64>, by left: ArraySlice<Int64>) throws {
        let (all, whole) = (paid.reduce(0, +), left.reduce(0, +))
        for (part, balance) in zip(paid, left) {
            try hold(
                2 * abs(part * whole - all * balance) <= 3 * whole, "a note has another part")
        }
    }
}
