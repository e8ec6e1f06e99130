// The back door for tests: the bank's clock, its diary, its book and its faults.

extension Bank {
    /// Everything under `/admin/v1`; unsigned, since the bank listens on this machine only.
    func administer(_ request: WireRequest) throws(StateFault) -> WireAnswer {
        switch (request.method, request.path.dropFirst(2).first) {
        case ("GET", "book"):
            return book(request)
        case ("PUT", "callbacks"): return try setCallbacks(request)
        case ("GET", "callbacks"): return request.plainly { callbacks }
        default: return try administerHouse(request)
        }
    }

    /// `GET /v1/health`.
    var health: WireAnswer {
        WireAnswer(
            200,
            .record([
                "status": .string("ok"), "party": .string(scenario.rules.party),
                "businessDate": .string(state.clock.description),
                "bookedThrough": bookedThrough.map { .string($0.description) },
                "settleSeconds": .integer(scenario.settleSeconds),
            ]))
    }

    private var bookedThrough: Day? {
        state.days.filter { $0.value.booked != nil }.keys.max()
    }

    private func book(_ request: WireRequest) -> WireAnswer {
        do throws(Refusal) {
            guard let limit = try request.pageLimit() else { return book() }
            return page(behind: request.parameter("after") ?? "", limit: limit)
        } catch { return .misread(error) }
    }

    private func book() -> WireAnswer {
        let requests = state.requests.values.sorted { $0.key < $1.key }.map { booked($0) }
        let day = bookedThrough ?? state.clock
        let loans = state.book.accounts.values.sorted { $0.loanID < $1.loanID }
        return WireAnswer(
            200,
            .record([
                "party": .string(scenario.rules.party),
                "businessDate": .string(state.clock.description),
                "bookedThrough": bookedThrough.map { .string($0.description) },
                "requests": .array(requests), "loans": .array(loans.map { loan($0, day) }),
            ]))
    }

    /// `GET /admin/v1/book?limit=N&after=KEY`: requests in order of key, as a large book is read.
    private func page(behind last: String, limit: Int) -> WireAnswer {
        let keys = state.requests.keys.filter { $0 > last }.sorted().prefix(limit)
        let requests = keys.compactMap { state.requests[$0] }.map { booked($0) }
        return WireAnswer(
            200,
            .record([
                "party": .string(scenario.rules.party), "requests": .array(requests),
            ]))
    }

    private func booked(_ record: RequestRecord) -> JSON {
        .record([
            "key": .string(record.key), "loan": record.head.map { .string($0.loanID) },
            "amount": record.head.map { .string($0.currency.text(record.bookedAmount)) },
            "currency": record.bookedCurrency.map(JSON.string),
            "state": .string(state.state(of: record)),
            "executions": .integer(record.executions),
        ])
    }

    private func loan(_ account: LoanAccount, _ day: Day) -> JSON {
        let statement = account.statement(through: day)
        let isGone = account.cancelledOn.map { $0 <= day } ?? false
        let balances = isGone ? Balances() : statement.balances(endOf: day)
        func text(_ amount: Int64) -> JSON { .string(scenario.rules.currency.text(amount)) }
        return .record([
            "loan": .string(account.loanID), "key": .string(account.requestKey),
            "number": .string(account.number),
            "disbursedOn": .string(account.valueDate.description),
            "amount": text(account.amount), "currency": .string(scenario.rules.currency.code),
            "principal": text(balances.principal),
            "overduePrincipal": text(balances.overduePrincipal),
            "interest": text(balances.interest),
            "overdueInterest": text(balances.overdueInterest),
            "penaltyPrincipal": text(balances.penaltyPrincipal),
            "penaltyInterest": text(balances.penaltyInterest), "fee": text(balances.fee),
            "serviceFee": text(statement.booked.reduce(0) { $0 + $1.serviceFee }),
            "rounding": text(statement.waterfall.rounding),
            "unapplied": text(statement.waterfall.unapplied),
            "dpd": .integer(balances.daysPastDue), "class": .string(balances.bucket),
        ])
    }
}
