import BusinessCalendar
import LendingRules
import Monetary
import TestSupport

// The same papers in the words of the product.

enum LossTranslation {
    static let start = SampleLoan.date("2026-01-01")

    static func date(_ day: Int) -> BusinessDate { start.adding(days: day) }

    static func day(_ date: BusinessDate) -> Int { date.days(since: start) }

    static func party(_ place: Int) -> PartyID { PartyID(LossPortfolio.parties[place]) }

    static func place(_ party: PartyID) -> Int {
        LossPortfolio.parties.firstIndex(of: party.name) ?? -1
    }

    static func share(_ part: Plain.Part) throws -> Share {
        try Share(Int64(part.over), of: Int64(part.under))
    }
}

private typealias Words = LossTranslation

extension AgreementPaper {
    func terms() throws -> LossTerms {
        LossTerms(layers: try layers.map { try $0.layer() }, chargeOffAt: chargeOffAt)
    }
}

extension LayerPaper {
    fileprivate func layer() throws -> LossLayer {
        let trigger: LossTrigger =
            switch trigger {
            case .daysPastDue(let days): .daysPastDue(days)
            case .chargeOff: .chargeOff
            case .instruction: .instruction
            }
        if provider < 0 {
            let shares = try own.map {
                LossShare(party: Words.party($0.party), share: try Words.share($0.part))
            }
            return LossLayer(name: name, trigger: trigger, bearing: .shared(shares))
        }
        let way: LossProvision.Way =
            switch way {
            case .cash: .invocation
            case .claims: .compensation(.loan)
            case .claimsByInstalment: .compensation(.instalment)
            }
        let provision = LossProvision(
            provider: Words.party(provider), lenders: lenders.map(Words.party), way: way,
            covers: coversInterest ? .principalAndInterest : .principal,
            share: try share.map(Words.share), cover: try cover?.terms())
        return LossLayer(name: name, trigger: trigger, bearing: .provided(provision))
    }
}

extension CoverPaper {
    fileprivate func terms() throws -> CoverTerms {
        let kind: CoverTerms.Kind =
            switch kind {
            case .frozenSet(let percent, let limit):
                .frozenSet(percent: try Words.share(percent), setLimit: Int64(limit))
            case .outstanding(let percent): .outstanding(percent: try Words.share(percent))
            case .reserve(let amount, let replenishes):
                .reserve(
                    amount: Int64(amount), replenishes: replenishes,
                    topUp: topUp.map {
                        CoverTopUp(every: $0.period, atMost: topUpLimit.map { Int64($0) })
                    })
            }
        let span: CoverTerms.Span =
            switch span {
            case .pool: .pool
            case .partner: .partner
            case .vintageYear: .vintageYear
            case .vintageQuarter: .vintageQuarter
            case .vintageMonth: .vintageMonth
            case .year: .year
            case .quarter: .quarter
            case .month: .month
            }
        return CoverTerms(
            kind: kind, span: span, latestDaysPastDue: latestDaysPastDue,
            expiresOn: expiresOn.map(Words.date), isRestored: isRestored,
            allocation: isDivided ? .proRata : .sequence)
    }
}

extension CoverPaper.TopUp {
    fileprivate var period: CoverTopUp.Period {
        switch self {
        case .daily: .day
        case .monthly: .month
        case .quarterly: .quarter
        case .yearly: .year
        }
    }
}

extension LoanPaper {
    /// The same with what instalments of one total come to.
    func signed() throws -> LoanPaper {
        guard case .level = method else { return self }
        let first = try schedule().instalments[0]
        var paper = self
        paper.method = .level(Int(first.principal + first.interest))
        // What they become when cash comes early, nobody computes by hand.
        paper.early = .waits
        return paper
    }

    func contract(_ agreement: AgreementPaper) throws -> LoanContract {
        var servicing = ServicingTerms(
            penalty: PenaltyTerms(
                multipleThousandths: Int64(penalty), graceDays: graceDays,
                onInterestThousandths: Int64(penaltyOnInterest)), materiality: 0)
        servicing.earlyRepayment = EarlyRepaymentTerms(effect: effect)
        return try LoanContract(
            loan: LoanID(name), agreement: agreement.name, schedule: try schedule(),
            lenders: parties.map(Words.party), fundedAmounts: lent.map { Int64($0) },
            platform: SampleLoan.platform, serviceFees: [], servicing: servicing)
    }

    private var effect: EarlyRepaymentEffect {
        switch early {
        case .waits: .nextInstalment
        case .lowers: .lowerInstalment
        case .shortens: .shortenTerm
        }
    }

    private func schedule() throws -> Schedule {
        let way: ScheduleMethod =
            switch method {
            case .equalPrincipal: .equalPrincipal
            case .level: .equalInstalment
            case .interestOnly: .interestOnly
            }
        let cents: Rounding = rounding == .halfUp ? .halfUp : .halfEven
        return try Schedule.build(
            ScheduleTerms(
                principal: Int64(principal), currency: SampleLoan.dollars,
                rate: AnnualRate(units: Int64(rate)), method: way, instalments: instalments,
                disbursedOn: Words.date(disbursedOn),
                dayCount: isByMonths ? .thirty360 : .actual365Fixed, rounding: cents,
                instalmentRounding: cents,
                fees: fee == 0
                    ? [] : [LoanFee(name: "service", value: .amount(Int64(fee)), moment: .each)]))
    }
}
