import BusinessCalendar

/// Some business days of one installation, by the commands that a person would type.
struct BusinessLife: Sendable {
    let loans: [SimulatedLoan]
    let dates: [BusinessDate]

    /// - Throws: ``HarnessFault`` when the sample cannot be read.
    static func make(loans: Int, dates: Int, seed: UInt64 = 0) throws -> BusinessLife {
        guard let first = BusinessDate("2026-01-01") else { throw HarnessFault("no such date") }
        return BusinessLife(
            loans: try SimulatedLoan.draw(loans, seed: seed, from: first),
            dates: (0..<dates).map { first.adding(days: $0) })
    }

    /// Lives all the days and the morning after.
    func live(in installation: Installation, by hand: inout Hand) async throws {
        for date in dates { try await live(date, in: installation, by: &hand) }
        try await installation.setClocks(dates[dates.count - 1].adding(days: 1))
        try await hand.perform(.reconcile, in: installation)
        try await SettlementDay(date: dates[dates.count - 1]).approve(
            in: installation, by: &hand)
    }

    /// Lives one day.
    func live(_ date: BusinessDate, in installation: Installation, by hand: inout Hand)
        async throws
    {
        try await installation.setClocks(date)
        let approved = loans.filter { $0.approvedOn == date }
        if !approved.isEmpty {
            let file = try installation.write(
                SimulatedLoan.file(of: approved), "\(date)-loans.csv")
            try await hand.perform(.importLoans(file), in: installation)
        }
        try await hand.perform(.fund, in: installation)
        try await settleFunding(in: installation)
        let payments = try await payments(on: date, in: installation)
        if !payments.isEmpty {
            let file = try installation.write(
                SimulatedPayment.file(of: payments), "\(date)-repayments.csv")
            try await installation.clearing.collect(
                SimulatedPayment.collections(of: payments), on: date)
            try await hand.perform(.importRepayments(file), in: installation)
        }
        if let file = try await cancellation(on: date, in: installation) {
            try await hand.perform(.importFacts(file), in: installation)
        }
        let settlements = SettlementDay(date: date)
        try await settlements.confirm(in: installation, by: &hand)
        try await hand.perform(.endOfDay(date), in: installation)
        try await settlements.approve(in: installation, by: &hand)
        if let id = try await disputed(in: installation) {
            try await hand.perform(.propose(id), in: installation)
            try await hand.perform(.agree(id), in: installation)
        }
    }

    /// On two days a borrower who never pays gives a loan back of which nothing is due yet.
    private func cancellation(on date: BusinessDate, in installation: Installation) async throws
        -> String?
    {
        guard dates.dropFirst(2).prefix(2).contains(date) else { return nil }
        let listed = try await installation.colend(["loans", "list"]).done()
        let disbursed = Set(
            try listed.answer([LoanLine].self).filter { $0.state == "disbursed" }.map(\.loan))
        let willing = loans.filter {
            $0.habit == .never && $0.firstDueOn > date && disbursed.contains($0.id)
        }
        guard let loan = willing.map(\.id).min() else { return nil }
        let fact = """
            {"id":"C-\(loan)","kind":"cancelled","loan":"\(loan)","valueDate":"\(date)",\
            "at":"\(date)T12:00:00Z","charge":"none"}

            """
        return try installation.write(fact, "\(date)-facts.ndjson")
    }

    /// The open break that comes first by its id.
    private func disputed(in installation: Installation) async throws -> String? {
        struct Listed: Decodable { let id: String }
        return try await installation.colend(["breaks", "list", "--state", "open"]).done()
            .answer([Listed].self).map(\.id).min()
    }

    /// Funds until nothing moves any more: how many runs that takes depends on the faults and
    /// kills, what comes of it must not.
    private func settleFunding(in installation: Installation) async throws {
        for _ in 0..<10 {
            let ended = try await installation.colend(["fund"]).done()
            let answer = try ended.answer(FundAnswer.self)
            if ended.exit == 0, answer.sent == 0, answer.payouts.sent == 0 { return }
        }
        throw HarnessFault("funding comes to no end")
    }

    /// What borrowers of disbursed loans pay.
    private func payments(on date: BusinessDate, in installation: Installation) async throws
        -> [SimulatedPayment]
    {
        let due = loans.flatMap(\.payments).filter { $0.learnedOn == date }
        if due.isEmpty { return [] }
        let listed = try await installation.colend(["loans", "list"]).done()
        let disbursed = Set(
            try listed.answer([LoanLine].self).filter { $0.disbursedOn != nil }.map(\.loan))
        return due.filter { disbursed.contains($0.loan) }
    }
}
