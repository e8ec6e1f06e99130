import BusinessCalendar
import LendingRules
import Monetary

/// Reads the parts of a pool's notes, amounts with the decimals of the platform's currency.
struct NoteMoney {
    let decimals: Int

    /// What a trigger measures, as files name it.
    enum Measure: String, CaseIterable {
        case cumulativeLosses = "cumulative-losses"
        case pastDue = "past-due"
        case overcollateralisation
        case interestCover = "interest-cover"
    }

    private var amount: Rule<Int64> { .amount(decimals: decimals, isZeroAllowed: true) }
    private var amountAboveZero: Rule<Int64> { .amount(decimals: decimals, isZeroAllowed: false) }

    func tranche(_ section: Section) -> TrancheTerms? {
        let name = section.value("name", .identifier)
        let holder = section.value("holder", .identifier)
        let original = section.value("original", amountAboveZero)
        let rate = section.optional("rate", .annualRate)
        let dayCount = section.value(
            "dayCount", Rule<DayCount>.choice("day count"), default: "30/360")
        let compounds = section.value("interestOnShortfall", .yesOrNo, default: "false")
        section.finish()
        guard let name, let holder, let original, let dayCount, let compounds,
            section.isRead("rate", rate)
        else { return nil }
        return TrancheTerms(
            name: name.value, holder: PartyID(holder.value), original: original.value,
            rate: rate?.value, dayCount: dayCount.value,
            bearsInterestOnShortfall: compounds.value)
    }

    func servicing(_ section: Section) -> ServicingFeeTerms? {
        let payee = section.value("payee", .identifier)
        let rate = section.value("rate", .annualRate)
        let dayCount = section.value(
            "dayCount", Rule<DayCount>.choice("day count"), default: "ACT/365F")
        section.finish()
        guard let payee, let rate, let dayCount else { return nil }
        return ServicingFeeTerms(
            payee: PartyID(payee.value), rate: rate.value, dayCount: dayCount.value)
    }

    func expense(_ section: Section) -> ExpenseTerms? {
        let name = section.value("name", .identifier)
        let payee = section.value("payee", .identifier)
        let amount = section.value("amount", amount)
        section.finish()
        guard let name, let payee, let amount else { return nil }
        return ExpenseTerms(
            name: name.value, payee: PartyID(payee.value), amount: amount.value)
    }

    /// A part of the pool with a floor, or the floor alone.
    func reserve(_ section: Section) -> ReserveTerms? {
        let initial = section.value("initial", amount)
        let percent = section.optional("percent", .share)
        let least = section.value("atLeast", amount, default: "0")
        let senior = section.value("seniorTranches", .whole(1...100, "tranches"), default: "1")
        section.finish()
        guard let initial, let least, let senior, section.isRead("percent", percent) else {
            return nil
        }
        return ReserveTerms(
            initial: initial.value,
            target: percent.map { .pool($0.value, atLeast: least.value) } ?? .amount(least.value),
            seniorTranches: senior.value)
    }

    func trigger(_ section: Section) -> PoolTrigger? {
        let name = section.value("name", .identifier)
        let measure = section.value("measure", Rule<Measure>.choice("measure of a pool"))
        let bound = section.value("bound", .bound)
        let bucket = section.value("bucket", .whole(1...7, "the bucket"), default: "3")
        let tranches = section.value("tranches", .whole(1...100, "tranches"), default: "1")
        let effect = section.value(
            "effect", Rule<PoolTrigger.Effect>.choice("effect of a trigger"),
            default: PoolTrigger.Effect.sequential.rawValue)
        let cures = section.value("cures", .yesOrNo, default: "false")
        section.finish()
        guard let name, let measure, let bound, let bucket, let tranches, let effect, let cures
        else { return nil }
        let test: PoolTrigger.Test =
            switch measure.value {
            case .cumulativeLosses: .cumulativeLosses(above: bound.value)
            case .pastDue:
                .pastDue(
                    from: DelinquencyBucket(daysPastDue: (bucket.value - 1) * 30 + 1),
                    above: bound.value)
            case .overcollateralisation:
                .overcollateralisation(tranches: tranches.value, below: bound.value)
            case .interestCover: .interestCover(tranches: tranches.value, below: bound.value)
            }
        return PoolTrigger(
            name: name.value, test: test, effect: effect.value, cures: cures.value)
    }

    func cleanUp(_ section: Section) -> (terms: CleanUpTerms, buyer: Located<String>)? {
        let buyer = section.value("buyer", .identifier)
        let atMost = section.value("atMost", .share)
        let price = section.value("price", .poolPrice, default: "par-plus-accrued")
        let automatic = section.value("automatic", .yesOrNo, default: "false")
        let repays = section.value("repays", .whole(0...100, "tranches"), default: "0")
        section.finish()
        guard let buyer, let atMost, let price, let automatic, let repays else { return nil }
        return (
            CleanUpTerms(
                atMost: atMost.value, price: price.value, isAutomatic: automatic.value,
                repays: repays.value), buyer
        )
    }
}

extension Rule where Value == Share {
    /// What a test is held against, which may be more than a whole.
    fileprivate static var bound: Rule<Share> {
        let allowed = "a part such as \"5%\" or \"120%\""
        return Rule(allowed, noun: "bound") { text in
            guard let share = try? Share(text), share.numerator > 0 else { return nil }
            return share
        }
    }
}
