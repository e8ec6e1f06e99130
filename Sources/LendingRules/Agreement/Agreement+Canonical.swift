import BusinessCalendar
import Monetary

extension Agreement {
    /// The agreement of a canonical text, or nil when it is not one.
    package init?(canonicalTerms text: String) {
        let terms = CanonicalTerms(text)
        guard let name = terms.word("agreement"),
            let effectiveFrom = terms.word("effective-from").flatMap({ BusinessDate($0) }),
            let currency = terms.word("currency").flatMap({ Currency(code: $0) }),
            let platform = terms.word("platform"),
            let refusal = terms.word("on-refusal").flatMap(RefusalRule.init(rawValue:)),
            let backdateDays = terms.word("backdate-days").flatMap({ Int($0) }),
            let coolingOffDays = terms.word("cooling-off-days").flatMap({ Int($0) }),
            let settlement = terms.words("settlement", count: 2), let lag = Int(settlement[0]),
            let disbursement = terms.either(
                "disbursement", .reimburse, DisbursementWay.init(words:)),
            let fundingMode = terms.either("funding-mode", .beforePayout, FundingMode.init(words:)),
            let lenders = [LenderShare](terms),
            let fees = terms.all("service-fee", ServiceFee.init(words:)),
            let pricing = terms.either("pricing", .borrowerRate, Pricing.init(words:)),
            let incomes = IncomeShares(terms, lenders: lenders.count),
            let allocation = AllocationTerms(terms),
            let tiers = [FundingTier](terms), let loss = LossTerms(terms),
            let holder = terms.either("residue-holder", platform, { $0.count == 1 ? $0[0] : nil })
        else { return nil }
        self.init(
            name: name, effectiveFrom: effectiveFrom, currency: currency,
            products: terms.lines("products").first ?? [], lenders: lenders,
            platform: PartyID(platform), serviceFees: fees, onRefusal: refusal,
            backdateDays: backdateDays, coolingOffDays: coolingOffDays,
            settlement: SettlementTerms(lagDays: lag, calendar: settlement[1]),
            disbursement: disbursement,
            fallback: (terms.lines("fallback").first ?? []).map { PartyID($0) },
            acceptsParts: terms.word("partial-acceptance") == "true", fundingMode: fundingMode,
            pricing: pricing, incomeShares: incomes, allocation: allocation,
            residueHolder: PartyID(holder), tiers: tiers,
            rulePacks: terms.lines("rule-packs").first ?? [], loss: loss)
    }
}

extension DisbursementWay {
    fileprivate init?(words: [String]) {
        guard let name = words.first.flatMap(Name.init(rawValue:)), words.count <= 2 else {
            return nil
        }
        self.init(name, payer: words.count == 2 ? PartyID(words[1]) : nil)
    }
}

extension FundingMode {
    fileprivate init?(words: [String]) {
        guard words.count == 2, let name = Name(rawValue: words[0]), let days = Int(words[1])
        else { return nil }
        self.init(name, transferDays: days)
    }
}

extension [LenderShare] {
    /// The lenders with what they have of their own; nil when a line is about nobody of them, or
    /// about one for the second time.
    fileprivate init?(_ terms: CanonicalTerms) {
        var rates: [String: AnnualRate] = [:]
        for words in terms.lines("lender-rate") {
            guard words.count == 2, let units = Int64(words[1]), units >= 0,
                rates.updateValue(AnnualRate(units: units), forKey: words[0]) == nil
            else { return nil }
        }
        var ways: [String: LenderComputation] = [:]
        for words in terms.lines("lender-computation") {
            guard let party = words.first,
                let way = LenderComputation(words: Array<String>(words.dropFirst())),
                ways.updateValue(way, forKey: party) == nil
            else { return nil }
        }
        let lenders = terms.all("lender") { words -> LenderShare? in
            guard words.count == 2, let share = try? Share(words[1]) else { return nil }
            return LenderShare(
                party: PartyID(words[0]), share: share, rate: rates.removeValue(forKey: words[0]),
                computation: ways.removeValue(forKey: words[0]) ?? .scale)
        }
        guard let lenders, rates.isEmpty, ways.isEmpty else { return nil }
        self = lenders
    }
}

extension LenderComputation {
    fileprivate init?(words: [String]) {
        switch (words.first.flatMap(Name.init(rawValue:)), words.count) {
        case (.perInstalment, 1): self = .perInstalment
        case (.ownSchedule, 4):
            guard let dayCount = DayCount(rawValue: words[1]),
                let rounding = Rounding(rawValue: words[2]),
                let instalmentRounding = Rounding(rawValue: words[3])
            else { return nil }
            self = .ownSchedule(
                OwnSchedule(
                    dayCount: dayCount, rounding: rounding, instalmentRounding: instalmentRounding))
        default: return nil
        }
    }
}

extension ServiceFee {
    fileprivate init?(words: [String]) {
        guard [3, 5, 8].contains(words.count), let rate = try? Share(words[2]) else { return nil }
        var (base, moment) = (Base.interestCollected, Moment.onCollection)
        var tax: Tax?
        if words.count > 3 {
            guard let named = Base(rawValue: words[3]), let earned = Moment(rawValue: words[4])
            else { return nil }
            (base, moment) = (named, earned)
        }
        if words.count == 8 {
            guard let rate = try? Share(words[6]), ["included", "added"].contains(words[7]) else {
                return nil
            }
            tax = Tax(name: words[5], rate: rate, isIncluded: words[7] == "included")
        }
        self.init(
            payer: PartyID(words[0]), payee: PartyID(words[1]), base: base, rate: rate,
            earned: moment, tax: tax)
    }
}

extension Pricing {
    fileprivate init?(words: [String]) {
        switch (words.first.flatMap(Name.init(rawValue:)), words.count) {
        case (.blended, 1): self = .blended
        case (.ownRates, 3):
            guard let spread = SpreadOrder(rawValue: words[2]) else { return nil }
            self = .ownRates(spreadOwner: PartyID(words[1]), spread: spread)
        default: return nil
        }
    }
}

extension IncomeShares {
    fileprivate init?(_ terms: CanonicalTerms, lenders: Int) {
        func shares(_ key: String) -> [Share]?? {
            terms.either("\(key)-shares", nil) { words in
                let shares = words.compactMap { try? Share($0) }
                guard shares.count == lenders, words.count == lenders else { return nil }
                return shares
            }
        }
        guard let interest = shares("interest"), let penalty = shares("penalty"),
            let fee = shares("fee")
        else { return nil }
        self.init(interest: interest, penalty: penalty, fee: fee)
    }
}

extension AllocationTerms {
    fileprivate init?(_ terms: CanonicalTerms) {
        func components(_ words: some Sequence<String>) -> [ClaimComponent]? {
            let components = words.compactMap(ClaimComponent.init(rawValue:))
            let isWhole = Set(components) == Set(ClaimComponent.allCases)
            return isWhole && components.count == ClaimComponent.allCases.count ? components : nil
        }
        let usual = AllocationTerms.usual
        let serious: SeriousOrder?? = terms.either("seriously-past-due", nil) { words in
            guard let days = words.first.flatMap({ Int($0) }),
                let order = components(words.dropFirst())
            else { return nil }
            return SeriousOrder(afterDays: days, components: order)
        }
        guard let order = terms.either("allocation", usual.order, Order.init(words:)),
            let pastDue = terms.either("past-due", usual.pastDue, components),
            let due = terms.either("due", usual.due, components),
            let inAdvance = terms.either("in-advance", usual.inAdvance, components),
            let serious
        else { return nil }
        self.init(
            order: order, pastDue: pastDue, due: due, inAdvance: inAdvance,
            seriouslyPastDue: serious)
    }
}
