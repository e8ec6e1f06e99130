import BusinessCalendar
import Monetary

/// What each lender of a loan still claims, and has been paid, from one date to the next.
struct TotalLossStanding {
    private let loan: LoanID
    private let agreement: Agreement
    private let disbursedOn: BusinessDate
    private let lent: [PlannedShare]
    private let dueDates: [BusinessDate]
    private var claims: [Int64]
    private var paid: [Int64]
    /// Each lender's principal of each instalment.
    private var parts: [[Int64]]
    private var covers: [CoverID: CoverAccount] = [:]
    private var coverTerms: [CoverID: CoverTerms] = [:]
    private var lastDate: BusinessDate

    init(
        loan: LoanID, agreement: Agreement, plan: SharePlan, disbursedOn: BusinessDate,
        instalments: [Instalment]
    ) {
        self.loan = loan
        self.agreement = agreement
        self.disbursedOn = disbursedOn
        lent = plan.shares
        lastDate = disbursedOn
        dueDates = instalments.map(\.dueOn)
        claims = plan.shares.map(\.amount)
        paid = claims.map { _ in 0 }
        parts = TotalLossStanding.parts(of: plan, instalments)
    }

    var firstDueOn: BusinessDate { dueDates.first ?? disbursedOn }

    /// Shares one date's losses and keeps what they leave.
    mutating func take(_ moment: TotalLossMoment, on date: BusinessDate) throws(LossError)
        -> LossOutcome
    {
        let entry = LossCase(
            loan: loan, agreement: agreement.name, terms: agreement.loss,
            disbursedOn: disbursedOn, daysPastDue: moment.daysPastDue,
            previousDaysPastDue: moment.daysPastDue - (moment.isReached ? 1 : 0),
            instructed: moment.instructed, isWrittenOff: moment.isWrittenOff,
            stakes: stakes(on: date, isReached: moment.isReached))
        // What was drawn at the last stage is added to reserves that are topped up since then.
        _ = try covers.fillUp(by: coverTerms, after: lastDate, through: date)
        lastDate = date
        open(entry, on: date)
        let outcome = try LossRun.run([entry], covers: covers, on: date)
        covers = outcome.covers
        for draw in outcome.draws { take(draw) }
        for payment in outcome.transfers {
            for place in lent.indices {
                if lent[place].party == payment.from { paid[place] -= payment.amount }
                if lent[place].party == payment.to { paid[place] += payment.amount }
            }
        }
        return outcome
    }

    /// Who bears what after all of it.
    func burdens(_ stages: [TotalLoss.Stage]) -> [TotalLoss.Burden] {
        var burdens = lent.indices.map { place in
            TotalLoss.Burden(party: lent[place].party, asLender: claims[place] - paid[place])
        }
        for draw in stages.flatMap(\.outcome.draws) where draw.taken != .zero {
            let place = burdens.firstIndex { $0.party == draw.provider }
            if place == nil { burdens.append(TotalLoss.Burden(party: draw.provider)) }
            burdens[place ?? burdens.count - 1].asProvider += draw.taken.principal
        }
        return burdens
    }

    private func stakes(on date: BusinessDate, isReached: Bool) -> [LossStake] {
        lent.indices.map { place in
            LossStake(
                party: lent[place].party, claim: LossAmounts(principal: claims[place]),
                paid: LossAmounts(principal: paid[place]),
                instalments: dueDates.indices.compactMap { index in
                    let days = date.days(since: dueDates[index])
                    guard days > 0 else { return nil }
                    return InstalmentStake(
                        number: index + 1, daysPastDue: days,
                        previousDaysPastDue: days - (isReached ? 1 : 0),
                        claim: LossAmounts(principal: parts[place][index]))
                })
        }
    }

    private mutating func take(_ draw: LossDraw) {
        guard let place = lent.firstIndex(where: { $0.party == draw.lender }) else { return }
        guard draw.way != .invocation else {
            paid[place] += draw.taken.principal
            return
        }
        claims[place] -= draw.taken.principal
        for part in draw.instalments { parts[place][part.number - 1] -= part.taken.principal }
    }

    /// Covers that the date may draw on, as if nothing but the loan had been lent: each stands for
    /// what the lenders that it pays have lent.
    private mutating func open(_ entry: LossCase, on date: BusinessDate) {
        for layer in agreement.loss.layers {
            guard case .provided(let provision) = layer.bearing, let terms = provision.cover
            else { continue }
            var disbursed: [CoverID: Int64] = [:]
            for share in lent where provision.pays(share.party) {
                guard let id = entry.cover(of: layer, for: share.party, on: date) else { continue }
                disbursed[id, default: 0] += share.amount
            }
            for (id, amount) in disbursed where covers[id] == nil {
                coverTerms[id] = terms
                covers[id] = CoverAccount(
                    terms.kind, figures: CoverFigures(disbursed: amount))
            }
        }
    }

    private static func parts(of plan: SharePlan, _ instalments: [Instalment]) -> [[Int64]] {
        let none = plan.shares.map { _ in instalments.map { _ in Int64(0) } }
        guard let scale = try? ProportionalScale(weights: plan.shares.map(\.amount)) else {
            return none
        }
        var (parts, billed) = (none, Int64(0))
        for (index, instalment) in instalments.enumerated() {
            let own = (try? scale.parts(from: billed, to: billed + instalment.principal)) ?? []
            billed += instalment.principal
            for (place, part) in own.enumerated() { parts[place][index] = part }
        }
        return parts
    }
}
