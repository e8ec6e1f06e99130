/// A cover by agreement, layer and, where loans do not share one, whose it is.
struct CoverName: Hashable {
    let agreement: String
    let layer: String
    let key: String
}

/// What happened to a cover so far, cents.
struct CoverPage: Equatable {
    let paper: CoverPaper
    var disbursed = 0
    var matured = 0
    var recovered = 0
    var writtenOff = 0
    var invoked = 0
    var unabsorbed = 0
    var forgone = 0
    var added = 0

    init(_ paper: CoverPaper) { self.paper = paper }

    /// What it gives in all.
    var ceiling: Int {
        switch paper.kind {
        case .frozenSet(let percent, let limit): percent.down(of: limit)
        case .outstanding(let percent):
            percent.down(of: max(0, disbursed - matured - recovered - writtenOff))
        case .reserve(let amount, let replenishes):
            amount + added + (replenishes ? min(recovered, invoked) : 0)
        }
    }

    /// What the next loss can take.
    var available: Int {
        if case .frozenSet(let percent, let limit) = paper.kind {
            return max(0, percent.down(of: min(disbursed, limit)) - invoked)
        }
        return max(0, ceiling - invoked)
    }

    /// Takes what it can of a loss.
    mutating func draw(_ cents: Int) -> Int {
        let taken = min(cents, available)
        invoked += taken
        unabsorbed += cents - taken
        return taken
    }

    /// So much that the whole amount is there, unless less may be added.
    mutating func fillUp() {
        guard case .reserve(let amount, _) = paper.kind else { return }
        var cents = amount - (ceiling - invoked)
        if let limit = paper.topUpLimit, added + cents > limit { cents = limit - added }
        if cents > 0 { added += cents }
    }

    mutating func giveBack(_ cents: Int) {
        if paper.isRestored { invoked -= cents } else { forgone += cents }
    }

    /// Recoveries fill up reserves and nothing else.
    mutating func recover(_ cents: Int) {
        if case .reserve = paper.kind { recovered += cents }
    }

    /// One party's books between two moments but for recoveries.
    mutating func count(_ before: PartyLedger, _ after: PartyLedger) {
        disbursed += after.lent - before.lent
        matured += after.paidPrincipal - before.paidPrincipal
        matured -= after.takenOver - before.takenOver
        // What a guarantor has paid for was lent by nobody who is covered.
        matured += after.bought - before.bought
        writtenOff += after.struckPrincipal - before.struckPrincipal
    }

    static func == (left: CoverPage, right: CoverPage) -> Bool { left.figures == right.figures }

    var figures: [Int] {
        [
            disbursed, matured, recovered, writtenOff, ceiling, invoked, available, unabsorbed,
            forgone, added,
        ]
    }
}

/// All covers of all agreements.
struct ClerkCovers {
    let agreements: [AgreementPaper]
    private(set) var pages: [CoverName: CoverPage] = [:]

    init(_ agreements: [AgreementPaper]) { self.agreements = agreements }

    /// Whose page a layer's cover has for one party's loss.
    func name(_ layer: LayerPaper, _ paper: LoanPaper, _ party: Int, _ day: Int) -> CoverName? {
        guard let cover = layer.cover else { return nil }
        let key =
            switch cover.span {
            case .pool: ""
            case .partner: LossPortfolio.parties[party]
            case .vintageYear: PlainDay.year(paper.disbursedOn)
            case .vintageQuarter: PlainDay.quarter(paper.disbursedOn)
            case .vintageMonth: PlainDay.month(paper.disbursedOn)
            case .year: PlainDay.year(day)
            case .quarter: PlainDay.quarter(day)
            case .month: PlainDay.month(day)
            }
        return CoverName(
            agreement: agreements[paper.agreement].name, layer: layer.name, key: key)
    }

    /// What a loan's books bring covers between two moments of a date.
    mutating func count(
        _ before: [PartyLedger], _ after: [PartyLedger], _ paper: LoanPaper, _ day: Int
    ) {
        if before == after { return }
        for (place, party) in paper.parties.enumerated() where before[place] != after[place] {
            let (old, new) = (before[place].recoveredBought, after[place].recoveredBought)
            var own = after[place].recovered - before[place].recovered
            for from in Set(old.keys).union(new.keys) {
                let cents = new[from, default: 0] - old[from, default: 0]
                own -= cents
                giveTo(from, cents, paper, day)
            }
            for layer in agreements[paper.agreement].layers where layer.pays(party) {
                guard let name = name(layer, paper, party, day), let cover = layer.cover else {
                    continue
                }
                let old = pages[name] ?? CoverPage(cover)
                var page = old
                page.count(before[place], after[place])
                page.recover(own)
                // A page that nothing stands on is not begun.
                if page != old || own != 0 { pages[name] = page }
            }
        }
    }

    /// What comes back of claims that a cover has paid for is that cover's.
    private mutating func giveTo(_ from: BoughtFrom, _ cents: Int, _ paper: LoanPaper, _ day: Int) {
        let layers = agreements[paper.agreement].layers
        guard cents != 0, let layer = layers.first(where: { $0.name == from.layer }),
            let name = name(layer, paper, from.lender, day), let cover = layer.cover
        else { return }
        pages[name, default: CoverPage(cover)].recover(cents)
    }

    /// Reserves that are filled up tonight.
    mutating func fillUp(_ day: Int) {
        for (name, page) in pages where isFilledUp(page.paper, name.key, day) {
            pages[name]?.fillUp()
        }
    }

    private func isFilledUp(_ cover: CoverPaper, _ key: String, _ day: Int) -> Bool {
        if let last = cover.expiresOn, last < day { return false }
        let isRunning =
            switch cover.span {
            case .year: key == PlainDay.year(day)
            case .quarter: key == PlainDay.quarter(day)
            case .month: key == PlainDay.month(day)
            case .pool, .partner, .vintageYear, .vintageQuarter, .vintageMonth: true
            }
        let page = PlainDay.written(day)
        switch cover.topUp {
        case nil: return false
        case .daily: return isRunning
        case .monthly: return isRunning && page.day == 1
        case .quarterly: return isRunning && page.day == 1 && [1, 4, 7, 10].contains(page.month)
        case .yearly: return isRunning && page.day == 1 && page.month == 1
        }
    }

    /// What a layer pays of what it is asked.
    mutating func draw(
        _ asked: Int, _ layer: LayerPaper, _ paper: LoanPaper, _ party: Int, _ day: Int,
        _ terms: (daysPastDue: Int, pageOf: Int)
    ) -> Int {
        guard let name = name(layer, paper, party, terms.pageOf) else { return asked }
        return isOpen(layer, day, terms.daysPastDue) ? draw(asked, layer, name) : 0
    }

    /// Whether a layer's cover takes losses of loans so late on a date.
    func isOpen(_ layer: LayerPaper, _ day: Int, _ daysPastDue: Int) -> Bool {
        guard let cover = layer.cover else { return true }
        if let last = cover.expiresOn, day > last { return false }
        if let latest = cover.latestDaysPastDue, daysPastDue > latest { return false }
        return true
    }

    /// Takes what a page has of a loss.
    mutating func draw(_ asked: Int, _ layer: LayerPaper, _ name: CoverName) -> Int {
        guard let cover = layer.cover else { return asked }
        var page = pages[name] ?? CoverPage(cover)
        let taken = page.draw(asked)
        pages[name] = page
        return taken
    }

    /// A loan was never lent: layers have paid for nothing.
    mutating func giveBack(_ settlements: [Settlement], _ paper: LoanPaper) {
        for one in settlements {
            let layers = agreements[paper.agreement].layers
            guard let layer = layers.first(where: { $0.name == one.ruling.layer }) else { continue }
            let isCash = one.ruling.kind == .invocation
            let lender = isCash ? one.ruling.to : one.ruling.from
            let cents = isCash ? one.ruling.claims.total : one.ruling.price
            let first = settlements.first { $0.number == one.ruling.corrects }
            guard one.ruling.kind != .lossSharing,
                let name = name(layer, paper, lender, first?.day ?? one.day)
            else { continue }
            pages[name]?.giveBack(cents)
        }
    }
}
