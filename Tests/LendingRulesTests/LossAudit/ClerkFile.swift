/// One loan in the auditor's cabinet: what was signed, what came in, how it stands tonight.
struct ClerkFile {
    var loan: ClerkLoan
    private(set) var vouchers: [Voucher] = []
    /// How it stood last night.
    private(set) var yesterday: ClerkLoan
    /// Without what somebody has written off today.
    private(set) var open: ClerkLoan
    /// Before tonight, where tonight it may be written off.
    private(set) var noon: ClerkLoan?
    /// Claims sold so far.
    private(set) var sales: [ClaimSale] = []
    private(set) var rulings: [Ruling] = []
    private(set) var isNew = true
    private var rulingCount = 0

    init(_ paper: LoanPaper) {
        loan = ClerkLoan(paper)
        yesterday = loan
        open = loan
    }

    var paper: LoanPaper { loan.paper }

    /// Nothing happens but that interest accrues.
    func isQuiet(_ today: Int, _ news: [Voucher]) -> Bool {
        news.isEmpty && !isNew && loan.isQuiet(today)
    }

    /// A day without anything to look at.
    mutating func sleep(_ today: Int) { loan.evening(today) }

    /// Lives a day; what has come in late, or was never true, is told from the beginning.
    mutating func live(_ today: Int, _ news: [Voucher], _ agreement: AgreementPaper) {
        yesterday = loan
        rulings = []
        vouchers += news
        if news.contains(where: { $0.value < today || $0.isReversal }) { retell(before: today) }
        let morning = loan
        loan.morning(today, vouchers(of: today))
        noon = agreement.chargeOffAt.map { loan.daysPastDue(today) >= $0 } == true ? loan : nil
        loan.evening(today)
        open = loan
        if news.contains(where: \.isWriteOff) {
            open = morning
            open.morning(today, vouchers(of: today).filter { !$0.isWriteOff })
            open.evening(today)
        }
    }

    /// Moves what people's orders of the date name.
    mutating func carryOutOrders(_ today: Int) {
        for voucher in vouchers where voucher.value == today {
            if case .order(let order) = voucher.kind { carryOut(order, today) }
        }
    }

    private mutating func retell(before today: Int) {
        loan = ClerkLoan(paper)
        for day in paper.disbursedOn..<max(paper.disbursedOn, today) {
            loan.live(day, vouchers(of: day))
        }
    }

    /// What counts of a date, in its order.
    private func vouchers(of day: Int) -> [Voucher] { vouchers.counting(on: day) }

    private mutating func carryOut(_ order: OrderPaper, _ today: Int) {
        guard let from = paper.parties.firstIndex(of: order.from), !loan.isUndone else { return }
        let cents = loan.buckets()[from]
        func part(_ amount: Int) -> Int { order.share.map { $0.down(of: amount) } ?? amount }
        let claims = PlainClaims(
            principal: part(cents[0] + cents[1]), interest: part(cents[2] + cents[3]),
            penalty: part(cents[4] + cents[5]), fee: part(cents[6]))
        if claims.total == 0 { return }
        let price = order.price.map {
            Plain.round(Int128(claims.total) * Int128($0.over), Int128($0.under), .halfUp)
        }
        decide(
            Ruling(
                kind: order.reason, from: order.from, to: order.to, claims: claims,
                price: price ?? claims.total), today)
    }

    /// What of a party's claims is sold, of all that it has tonight.
    private mutating func note(_ ruling: Ruling) {
        guard ruling.movesClaims, ruling.kind != .compensation, ruling.corrects == nil,
            let from = paper.parties.firstIndex(of: ruling.from)
        else { return }
        let cents = loan.buckets()[from]
        let principal = cents[0] + cents[1]
        let isPrincipal = principal > 0
        let there = isPrincipal ? principal : cents[2] + cents[3]
        let gone = isPrincipal ? ruling.claims.principal : ruling.claims.interest
        sales.append(
            ClaimSale(
                number: rulingCount, from: ruling.from, to: ruling.to, there: there,
                gone: min(gone, there)))
    }

    mutating func decide(_ ruling: Ruling, _ today: Int) {
        rulings.append(ruling)
        rulingCount += 1
        note(ruling)
        vouchers.append(
            Voucher(
                number: Voucher.firstRuling + rulingCount, kind: .ruling(ruling), value: today,
                booked: today))
        loan.handOver(ruling, today, number: rulingCount)
    }

    /// The end of a date, with what was decided of its losses.
    mutating func end(
        _ today: Int, _ decided: [Ruling], isChargedOff: Bool, _ agreement: AgreementPaper
    ) {
        let isLate = isLate(today, agreement)
        for ruling in decided { decide(ruling, today) }
        isNew = false
        let isMoving = rulings.contains(where: \.movesClaims)
        if isChargedOff || isLate, !isMoving { chargeOff(today) }
        noon = nil
    }

    /// Whether it was to be written off before and is not.
    func isLate(_ today: Int, _ agreement: AgreementPaper) -> Bool {
        guard let days = agreement.chargeOffAt, !isNew else { return false }
        return yesterday.daysPastDue(today - 1) >= days && loan.daysPastDue(today) >= days
    }

    /// What is left tonight is written off as it stood before the night.
    private mutating func chargeOff(_ today: Int) {
        guard var loan = noon else { return }
        let before = loan.ledger
        loan.writeOff(nil, today)
        var claims = PlainClaims()
        for (party, ledger) in loan.ledger.enumerated() {
            claims.principal += ledger.chargedOff[0] - before[party].chargedOff[0]
            claims.interest += ledger.chargedOff[1] - before[party].chargedOff[1]
            claims.penalty += ledger.chargedOff[2] - before[party].chargedOff[2]
            claims.fee += ledger.chargedOff[3] - before[party].chargedOff[3]
        }
        if claims.total == 0 { return }
        loan.evening(today)
        loan.settlements = self.loan.settlements
        self.loan = loan
        decide(Ruling(kind: .chargeOff, claims: claims), today)
    }
}

extension [Voucher] {
    /// What counts of a date, in its order.
    func counting(on day: Int) -> [Voucher] {
        var torn: Set<Int> = []
        for case .reversal(let payment) in map(\.kind) { torn.insert(payment) }
        return filter { $0.value == day && !torn.contains($0.number) }
            .sorted { $0.number < $1.number }
    }
}

extension Voucher {
    /// Decisions are numbered from here on.
    static let firstRuling = 1_000_000

    var isReversal: Bool {
        if case .reversal = kind { true } else { false }
    }

    var isWriteOff: Bool {
        if case .writeOff = kind { true } else { false }
    }
}
