import BusinessCalendar
import LendingRules
import Monetary

/// One file of `agreements/` as far as it could be read.
struct AgreementDraft {
    let name: Located<String>?
    let effectiveFrom: Located<BusinessDate>?
    let currency: Located<Currency>?
    let products: [Located<String>]
    let lenders: [LenderDraft]
    /// Where the list of lenders stands.
    let lendersPlace: Place
    /// Whether every lender in the file could be read, so that the sum can be judged.
    let isLendersComplete: Bool
    /// Those that could be read; in their place lenders' shares where there are none.
    let tiers: [TierDraft]
    let hasTiers: Bool
    let tiersPlace: Place
    /// Whether every tier in the file could be read, so that they can be judged together.
    let isTiersComplete: Bool
    let fees: [ServiceFeeDraft]
    let onRefusal: Located<RefusalRule>?
    let fallback: [Located<String>]
    let acceptsParts: Located<Bool>?
    let backdateDays: Located<Int>?
    let coolingOffDays: Located<Int>?
    let settlement: (lagDays: Int, calendar: Located<String>)?
    let disbursement: Located<DisbursementWay.Name>?
    let fundingMode: Located<FundingMode.Name>?
    /// Days within which shares are transferred, where they are.
    let transferDays: Located<Int>?
    /// Whether the file names days, readable or not.
    let hasTransferDays: Bool
    /// The lender that pays everything, where one does.
    let payer: Located<String>?
    let pricing: PricingDraft?
    let incomeShares: IncomeSharesDraft?
    let allocation: AllocationDraft?
    /// The platform where none is named.
    let residueHolder: Located<String>?
    let limits: [LimitDraft]
    let rulePacks: [Located<String>]
    /// Those that could be read, in their order.
    let lossLayers: [LossLayerDraft]
    let chargeOffDays: Located<Int>?
    let collectionCosts: CollectionCostsDraft?

    init(_ section: Section) {
        name = section.value("agreement", .identifier)
        effectiveFrom = section.value("effectiveFrom", .date)
        currency = section.value("currency", .currency)
        products = section.values("products", .identifier, isRequired: true)
        let decimals = currency?.value.exponent ?? 3
        let hasTiers = section.hasEntries("tiers")
        self.hasTiers = hasTiers
        lenders = section.sections("lenders", isRequired: true)
            .compactMap { LenderDraft($0, hasTiers: hasTiers) }
        lendersPlace = section.place(of: "lenders")
        isLendersComplete =
            !lenders.isEmpty && lenders.count == section.entryCount(of: "lenders")
        tiers = AgreementDraft.tiers(section, decimals: decimals)
        tiersPlace = section.place(of: "tiers")
        isTiersComplete = !tiers.isEmpty && tiers.count == section.entryCount(of: "tiers")
        fees = section.sections("serviceFees", isRequired: false)
            .compactMap { ServiceFeeDraft($0) }
        onRefusal = section.value("onRefusal", .choice("way out of a refusal"))
        fallback = section.values("fallback", .identifier, isRequired: false)
        acceptsParts = section.value("partialAcceptance", .yesOrNo, default: "false")
        backdateDays = section.value("backdateDays", .whole(0...3_650, "days"), default: "30")
        coolingOffDays = section.value("coolingOffDays", .whole(0...365, "days"), default: "0")
        settlement = section.section("settlement").flatMap(AgreementDraft.settlement)
        disbursement = section.value(
            "disbursement", .choice("way of disbursement"), default: "reimburse")
        fundingMode = section.value(
            "fundingMode", .choice("mode of funding"), default: "before-payout")
        transferDays = section.optional("transferDays", .whole(1...365, "days"))
        hasTransferDays = transferDays != nil || section.has("transferDays")
        payer = section.optional("payer", .identifier)
        pricing = section.sectionOrEmpty("pricing").flatMap { PricingDraft($0) }
        incomeShares = section.sectionOrEmpty("incomeShares").map { IncomeSharesDraft($0) }
        allocation = section.sectionOrEmpty("allocation").map { AllocationDraft($0) }
        residueHolder = section.valueOrNone("residueHolder", .identifier)
        limits = section.sections("limits", isRequired: false)
            .compactMap { LimitDraft(ofLenderIn: $0, decimals: decimals) }
        rulePacks = section.values("rulePacks", .identifier, isRequired: false)
        lossLayers = section.sections("lossSharing", isRequired: false)
            .compactMap { LossLayerDraft($0, decimals: decimals) }
        chargeOffDays = ChargeOffDraft.days(section)
        collectionCosts = CollectionCostsDraft(in: section)
        section.finish()
    }

    /// No more than can be told apart.
    private static func tiers(_ section: Section, decimals: Int) -> [TierDraft] {
        let count = section.entryCount(of: "tiers")
        guard count > TierDraft.mostTiers else {
            return section.sections("tiers", isRequired: false)
                .compactMap { TierDraft($0, decimals: decimals) }
        }
        section.findings.report(
            .outOfRange, "there are \(count) tiers", key: "tiers", at: section.place(of: "tiers"),
            allowed: "an agreement has at most \(TierDraft.mostTiers)")
        return []
    }

    private static func settlement(_ section: Section) -> (lagDays: Int, calendar: Located<String>)?
    {
        let lag = section.value("lagDays", .whole(0...30, "days"))
        let calendar = section.value("calendar", .identifier)
        section.finish()
        guard let lag, let calendar else { return nil }
        return (lag.value, calendar)
    }

    /// The agreement between this platform and its lenders, or nil when a part is missing; limits
    /// that are a part of a figure as far as parties' figures are given.
    func agreement(platform: PartyID, figures: [String: [PartyFacts.Figure]] = [:]) -> Agreement? {
        guard let name, let effectiveFrom, let currency, let onRefusal, let backdateDays,
            let coolingOffDays, let settlement, let acceptsParts, let disbursement,
            let way = DisbursementWay(
                disbursement.value, payer: payer.map { PartyID($0.value) }), let fundingMode,
            let mode = FundingMode(fundingMode.value, transferDays: transferDays?.value),
            let pricing, let incomeShares, let allocation = allocation?.terms
        else { return nil }
        return Agreement(
            name: name.value, effectiveFrom: effectiveFrom.value, currency: currency.value,
            products: products.map(\.value),
            lenders: lenders.map(\.lender), platform: platform,
            serviceFees: fees.map(\.fee),
            onRefusal: onRefusal.value, backdateDays: backdateDays.value,
            coolingOffDays: coolingOffDays.value,
            settlement: SettlementTerms(
                lagDays: settlement.lagDays, calendar: settlement.calendar.value),
            disbursement: way,
            limits: limits.flatMap {
                $0.limits(
                    agreement: name.value, currency: currency.value,
                    figures: figures[$0.party.value] ?? [])
            }, fallback: fallback.map { PartyID($0.value) }, acceptsParts: acceptsParts.value,
            fundingMode: mode, pricing: pricing.pricing(platform: platform),
            incomeShares: incomeShares.shares(lenders), allocation: allocation,
            residueHolder: residueHolder.map { PartyID($0.value) }, tiers: tiers.map(\.tier),
            rulePacks: rulePacks.map(\.value),
            loss: LossTerms(
                layers: lossLayers.flatMap(\.layers), chargeOffAt: chargeOffDays?.value,
                collectionCosts: collectionCosts?.terms ?? .advanced))
    }
}
