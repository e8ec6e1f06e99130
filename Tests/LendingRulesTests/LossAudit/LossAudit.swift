import LendingRules
import TestSupport

/// Two years of closes, by the product and by the auditor, held against each other every day.
struct LossAudit {
    /// What was compared, so that nobody takes a portfolio in which nothing happens for an audit.
    struct Tally {
        var positions = 0
        var covers = 0
        var rulings: [Ruling.Kind: Int] = [:]
        var dryCovers = 0
        var givenBack = 0
        var toppedUp = 0

        /// Every kind of decision in numbers, covers run dry, and something given back.
        func holdEnoughHappened() throws {
            let kinds: [Ruling.Kind] = [
                .invocation, .lossSharing, .chargeOff, .compensation, .buyBack, .substitution,
                .sale,
            ]
            for kind in kinds { try hold(rulings[kind, default: 0] > 2, "\(kind) is rare") }
            try hold(dryCovers > 20, "\(dryCovers) covers have run dry")
            try hold(toppedUp > 9, "\(toppedUp) covers were topped up")
            try hold(positions > 10_000 && covers > 10_000, "little has been compared: \(self)")
        }
    }

    let portfolio: LossPortfolio
    var product: LossProductBook
    var auditor: LossCabinet
    var tally = Tally()
    /// Where among a loan's vouchers the next date begins.
    var next: [Int] = []
    private var lastDecision: [Int] = []
    var random: SeededGenerator
    let everyDay: Bool

    init(loans: Int, everyDay: Bool = false, using random: inout SeededGenerator) throws {
        portfolio = try LossPortfolio(loans: loans, sign: { try $0.signed() }, using: &random)
        product = try LossProductBook(portfolio.agreements)
        auditor = LossCabinet(portfolio.agreements)
        self.random = random
        self.everyDay = everyDay
    }

    /// Throws at the first cent in which the two differ.
    mutating func run() throws {
        for today in 0..<LossPortfolio.days { try close(today) }
        tally.dryCovers = product.covers.values.filter { $0.unabsorbed > 0 }.count
        tally.toppedUp = product.covers.values.filter { $0.figures.toppedUp > 0 }.count
        tally.givenBack = product.covers.values.reduce(0) { $0 + Int($1.figures.forgone) }
    }
}

extension LossAudit {
    private mutating func close(_ today: Int) throws {
        while next.count < portfolio.loans.count,
            portfolio.loans[next.count].disbursedOn == today
        {
            try product.open(portfolio.loans[next.count])
            auditor.open(portfolio.loans[next.count])
            next.append(0)
            lastDecision.append(-1)
        }
        let news = news(today)
        try product.learn(news)
        let places = product.candidates(today, news)
        let day = try product.decided(today, places, shuffling: &random)
        if today % 4 == 0 { try holdInAnotherOrder(day, places, today) }
        let told = try product.keep(day)
        let audited = auditor.close(today, news)
        for (place, rulings) in told where !rulings.isEmpty {
            lastDecision[place] = today
        }
        try compare(told, audited, today)
        try compareCovers(today)
        try comparePositions(places, today)
    }

    /// What is booked on a date; what would count from before a decision counts from today.
    private mutating func news(_ today: Int) -> [Int: [Voucher]] {
        var news: [Int: [Voucher]] = [:]
        for place in next.indices {
            let vouchers = portfolio.vouchers[place]
            while next[place] < vouchers.count, vouchers[next[place]].booked == today {
                var voucher = vouchers[next[place]]
                next[place] += 1
                if voucher.value <= lastDecision[place] { voucher.value = today }
                news[place, default: []].append(voucher)
                if voucher.isDecision { lastDecision[place] = today }
            }
        }
        return news
    }
}

extension Voucher {
    /// Whether nothing that comes later may count from before it.
    fileprivate var isDecision: Bool {
        switch kind {
        case .recovery, .cost, .partialChargeOff, .writeOff, .payoutReturned, .ruling: true
        case .payment, .reversal, .waiver, .layer, .order: false
        }
    }
}
