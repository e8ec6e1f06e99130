// Penalty on what is overdue: multiple × contract rate, in days of a year.

/// The bank's penalties of every instalment, in minor units.
struct Penalties {
    let onPrincipal: [Int64]
    let onInterest: [Int64]

    var principal: Int64 { onPrincipal.reduce(0, +) }
    var interest: Int64 { onInterest.reduce(0, +) }
}

extension Waterfall {
    /// The bank's penalties of every instalment for a payment with value date `day`.
    func penalties(paidOn day: Day) -> Penalties {
        let late = share.instalments.indices.map { share.instalments[$0].dueOn < day }
        let onPrincipal = share.instalments.indices.map { index -> Int64 in
            late[index] ? self.onPrincipal(index, day) : 0
        }
        guard onInterestMultiple.units > 0 else {
            return Penalties(
                onPrincipal: share.penaltyParts(onPrincipal),
                onInterest: onPrincipal.map { _ in 0 })
        }
        let onInterest = share.instalments.indices.map { index -> Int64 in
            late[index] ? self.onInterest(index, day) : 0
        }
        return Penalties(
            onPrincipal: share.penaltyParts(onPrincipal),
            onInterest: share.penaltyParts(onInterest))
    }

    private var onInterestMultiple: Exact { conditions.onInterest(share.terms.method) }

    private func onPrincipal(_ index: Int, _ day: Day) -> Int64 {
        penalty(
            index, day, conditions.penaltyMultiple, of: share.instalments[index].principal,
            standings[index].principalPayments
        ) { share.scheduledUnpaid(index, unpaid: $0) }
    }

    private func onInterest(_ index: Int, _ day: Day) -> Int64 {
        penalty(
            index, day, onInterestMultiple, of: billed(index),
            standings[index].interestPayments
        ) { share.scheduledUnpaidInterest(index, unpaid: $0) }
    }

    /// Amounts times days, rounded once; what is paid within the days of grace owes nothing.
    private func penalty(
        _ index: Int, _ day: Day, _ multiple: Exact, of claim: Int64,
        _ payments: [(on: Day, amount: Int64)], whole: (Int64) -> Int64
    ) -> Int64 {
        let dueOn = share.instalments[index].dueOn
        let graceEnds = dueOn.adding(days: conditions.graceDays)
        if day <= graceEnds || multiple.units == 0 { return 0 }
        let start = conditions.forgivesGrace ? graceEnds : dueOn
        var unpaid = claim
        var from = start
        var weighted: Int128 = 0
        for payment in payments {
            let on = payment.on <= graceEnds ? start : min(payment.on, day)
            weighted += Int128(whole(unpaid)) * share.rateDays(from: from, to: on)
            unpaid -= payment.amount
            from = max(from, on)
        }
        weighted += Int128(whole(unpaid)) * share.rateDays(from: from, to: day)
        return Int64(
            Rounding.halfEven.divide(
                weighted * Int128(multiple.units),
                by: Int128(multiple.scale) * 10_000_000_000
                    * share.ownTerms.dayCount.penaltyYear))
    }
}
