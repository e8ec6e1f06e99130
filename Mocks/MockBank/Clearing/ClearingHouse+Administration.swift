// The back door of a clearing house: its clock, its diary, its book and its faults.

extension ClearingHouse {
    /// Everything under `/admin/v1`; unsigned, since the house listens on this machine only.
    func administer(_ request: WireRequest) throws(StateFault) -> WireAnswer {
        let path = request.path.dropFirst(2)
        switch (request.method, path.first) {
        case ("GET", "book"): return request.plainly { book }
        case ("GET", "files") where path.count == 3:
            return try offerFile(["v1", "files"] + path.dropFirst())
        case ("PUT", "files") where path.count == 3:
            return try takeFile(request.body, ["v1", "files"] + path.dropFirst())
        default: return try administerHouse(request)
        }
    }

    /// `GET /v1/health`.
    var health: WireAnswer {
        WireAnswer(
            200,
            .record([
                "status": .string("ok"), "party": .string(scenario.party),
                "businessDate": .string(state.clock.description),
            ]))
    }

    private var book: WireAnswer {
        func text(_ amount: Int64) -> JSON { .string(scenario.currency.text(amount)) }
        let payouts = state.payouts.values.sorted { $0.key < $1.key }.map { payout in
            JSON.record([
                "key": .string(payout.key), "loan": .string(payout.loan),
                "amount": text(payout.amount),
                "state": .string(payout.isPaid ? "paid" : "failed"),
                "try": .integer(payout.number),
                "on": .string(payout.on.description),
                "returnsOn": payout.returnsOn.map { .string($0.description) },
            ])
        }
        let transfers = state.transfers.map { transfer in
            JSON.record([
                "batch": .string(transfer.batch.description), "amount": text(transfer.amount),
                "on": .string(transfer.on.description),
            ])
        }
        let orders = state.orders.values.sorted { $0.id < $1.id }.map { order in
            JSON.record([
                "id": .string(order.id), "party": .string(order.party),
                "amount": text(order.amount), "on": .string(order.on.description),
            ])
        }
        return WireAnswer(
            200,
            .record([
                "party": .string(scenario.party),
                "businessDate": .string(state.clock.description), "orders": .array(orders),
                "payouts": .array(payouts), "transfers": .array(transfers),
                // A house that funds nothing has the books of a bank without requests.
                "requests": .array([]), "loans": .array([]),
            ]))
    }
}
