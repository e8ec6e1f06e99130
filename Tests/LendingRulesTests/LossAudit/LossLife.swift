import TestSupport

/// What a borrower and those who serve it do, from the payout on.
struct LossLife {
    private let paper: LoanPaper
    private let agreement: AgreementPaper
    private let pages: [ClerkPlan.Page]
    /// In any order; numbered when they are booked.
    private var events: [Event] = []

    private struct Event {
        var kind: Voucher.Kind
        var value: Int
        var booked: Int
        /// Place of the payment that never came.
        var undoes: Int?
    }

    init(_ paper: LoanPaper, _ agreement: AgreementPaper) {
        self.paper = paper
        self.agreement = agreement
        pages = ClerkPlan(paper).pages
    }

    mutating func draw(using random: inout SeededGenerator) {
        switch random.pick(0...99) {
        case 0...39: pay(pages, from: -3...0, &random)
        case 40...54: pay(pages, from: -1...40, &random)
        case 55...62: payInParts(&random)
        case 63...69: settleEarly(&random)
        case 70...75:
            pay(pages, from: -3...5, &random)
            prepay(&random)
        case 76...95: fail(&random)
        default: comeBack(&random)
        }
        takeBack(&random)
    }

    /// Vouchers in the order in which they are booked; payments before what takes them back.
    var booked: [Voucher] {
        let order = events.indices.filter { events[$0].booked < LossPortfolio.days }
            .sorted { (events[$0].booked, $0) < (events[$1].booked, $1) }
        var numbers: [Int: Int] = [:]
        for (number, place) in order.enumerated() { numbers[place] = number + 1 }
        return order.enumerated().compactMap { number, place in
            let event = events[place]
            var kind = event.kind
            if let payment = event.undoes {
                guard let undone = numbers[payment] else { return nil }
                kind = .reversal(undone)
            }
            return Voucher(
                number: number + 1, kind: kind, value: event.value, booked: event.booked)
        }
    }

    private mutating func book(
        _ kind: Voucher.Kind, on day: Int, late: Int = 0
    ) {
        let booked = max(day, paper.disbursedOn)
        events.append(
            Event(kind: kind, value: max(paper.disbursedOn, booked - late), booked: booked))
    }

    private func total(_ page: ClerkPlan.Page) -> Int {
        page.principal + page.interest + page.fee
    }
}

// MARK: - Those who pay

extension LossLife {
    private mutating func pay(
        _ pages: [ClerkPlan.Page], from days: ClosedRange<Int>,
        _ random: inout SeededGenerator
    ) {
        for page in pages where total(page) > 0 {
            let extra = random.isOne(in: 5) ? random.pick(0...20_000) : 0
            book(
                .payment(total(page) + extra), on: page.dueOn + random.pick(days),
                late: random.isOne(in: 18) ? random.pick(1...9) : 0)
        }
    }

    private mutating func payInParts(_ random: inout SeededGenerator) {
        for page in pages where total(page) > 1 {
            let first = random.pick(1...total(page) - 1)
            book(.payment(first), on: page.dueOn + random.pick(-2...10))
            book(.payment(total(page) - first), on: page.dueOn + random.pick(0...50))
        }
    }

    private mutating func settleEarly(_ random: inout SeededGenerator) {
        let count = random.pick(0...pages.count - 1)
        pay(Array(pages[..<count]), from: -2...12, &random)
        let left = pages[count...].reduce(0) { $0 + $1.principal }
        let day = pages[count].startsOn + random.pick(0...27)
        book(.payment(left + pages[count].interest + random.pick(0...3_000)), on: day)
        if random.isOne(in: 3) { book(.payment(9_000), on: day + random.pick(1...40)) }
    }

    private mutating func prepay(_ random: inout SeededGenerator) {
        for _ in 0..<random.pick(1...3) {
            let day = paper.disbursedOn + random.pick(0...300)
            book(.payment(random.pick(500...paper.principal / 3)), on: day)
        }
    }

    /// Some payments had never come.
    private mutating func takeBack(_ random: inout SeededGenerator) {
        for place in events.indices {
            guard case .payment = events[place].kind, random.isOne(in: 30),
                !events.contains(where: { $0.undoes == place })
            else { continue }
            let day = events[place].booked + random.pick(random.isOne(in: 3) ? 0...160 : 0...30)
            events.append(
                Event(kind: .reversal(0), value: day, booked: day, undoes: place))
        }
    }
}

// MARK: - Those who do not

extension LossLife {
    private mutating func fail(_ random: inout SeededGenerator) {
        let count = random.isOne(in: 3) ? 0 : random.pick(0...pages.count - 1)
        pay(Array(pages[..<count]), from: -3...20, &random)
        let last = pages[count].dueOn
        if random.isOne(in: 3) {
            book(.payment(random.pick(1...paper.principal / 4)), on: last + random.pick(1...120))
        }
        if random.isOne(in: 6) {
            book(.payment(paper.principal * 5 / 4), on: last + random.pick(20...200))
        }
        // What had been paid before comes back when losses have been shared.
        if count > 0, random.isOne(in: 3) {
            let (place, day) = (random.pick(0...count - 1), last + random.pick(40...260))
            events.append(Event(kind: .reversal(0), value: day, booked: day, undoes: place))
        }
        serve(last, &random)
        instruct(last, &random)
        collect(last, &random)
    }

    private mutating func serve(_ last: Int, _ random: inout SeededGenerator) {
        func claims(_ random: inout SeededGenerator) -> PlainClaims {
            PlainClaims(
                principal: random.pick(1...paper.principal / 20), interest: random.pick(0...900),
                penalty: random.pick(0...500), fee: random.pick(0...100))
        }
        if random.isOne(in: 6) { book(.waiver(claims(&random)), on: last + random.pick(1...130)) }
        if random.isOne(in: 8) {
            book(.partialChargeOff(claims(&random)), on: last + random.pick(1...130))
        }
        if random.isOne(in: agreement.chargeOffAt == nil ? 2 : 6) {
            book(.writeOff, on: last + random.pick(20...130))
        }
    }

    private mutating func instruct(_ last: Int, _ random: inout SeededGenerator) {
        for layer in agreement.layers where layer.provider >= 0 {
            let rarity = layer.trigger == .instruction ? 2 : 15
            if random.isOne(in: rarity) {
                book(.layer(layer.name), on: last + random.pick(1...140))
            }
        }
        if !random.isOne(in: 5) { return }
        let day = last + random.pick(-20...140)
        let from = random.pick(agreement.lenders.map(\.party))
        let buyers = [0, LossPortfolio.buyer].filter { paper.parties.contains($0) && $0 != from }
        let to = random.pick(buyers)
        book(.order(order(from, to, &random)), on: day)
        // Back again, on the same day or later.
        if random.isOne(in: 3) {
            book(.order(order(to, from, &random)), on: day + random.pick([0, 0, 1, 17]))
        }
    }

    private func order(_ from: Int, _ to: Int, _ random: inout SeededGenerator) -> OrderPaper {
        OrderPaper(
            reason: random.pick([.buyBack, .buyBack, .substitution, .sale]), from: from, to: to,
            share: random.isOne(in: 2) ? Plain.Part(over: random.pick(1...6), under: 7) : nil,
            price: random.isOne(in: 2) ? Plain.Part(over: random.pick(90...103), under: 100) : nil)
    }

    private mutating func collect(_ last: Int, _ random: inout SeededGenerator) {
        let day = last + (agreement.chargeOffAt ?? 150)
        if random.isOne(in: 2) { return }
        book(.cost(random.pick(100...9_000)), on: day + random.pick(-30...60))
        for _ in 0..<random.pick(1...4) {
            book(
                .recovery(random.pick(100...paper.principal * 2 / 3)),
                on: day + random.pick(1...150))
        }
    }

    /// The money never reached the borrower, who has never paid.
    private mutating func comeBack(_ random: inout SeededGenerator) {
        if random.isOne(in: 4) { pay(Array(pages[..<1]), from: -3...0, &random) }
        book(
            .payoutReturned,
            on: paper.disbursedOn + random.pick(random.isOne(in: 4) ? 1...60 : 61...170))
    }
}
