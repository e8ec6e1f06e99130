import BusinessCalendar
import Foundation
import LendingRules
import Monetary
import TestSupport
import Testing

// The small loan by the words of the configuration, as the article on servicing has them.

extension Story {
    typealias Words = [String: Any]

    /// A story told by the cells of a row: terms, then facts.
    init(_ terms: Words, _ facts: String) throws {
        let lent = try (terms["lent"] as? String ?? "360.00/840.00").split(separator: "/")
            .map { try AmountText.parse($0, decimals: 2) }
        let fees = try (terms["serviceFee"] as? Words).map { [try Story.fee($0)] } ?? []
        self = try Story(facts, lent: lent).served(income: Story.income(terms), fees: fees) {
            $0 = try Story.servicing(terms, $0)
        }
    }

    private static func servicing(_ terms: Words, _ usual: ServicingTerms) throws
        -> ServicingTerms
    {
        var servicing = usual
        if let penalty = terms["penalty"] as? Words {
            servicing.penalty = PenaltyTerms(
                multipleThousandths: try thousandths(penalty["multiple"] ?? "1.5"),
                graceDays: penalty["graceDays"] as? Int ?? 3,
                onInterestThousandths: try thousandths(penalty["onInterest"] ?? "0"),
                forgivesGrace: penalty["graceForgives"] as? Bool ?? false)
        }
        if let amount = terms["materiality"] as? String {
            servicing.materiality = try AmountText.parse(amount, decimals: 2)
        }
        if let words = terms["allocation"] as? Words { servicing.allocation = try order(words) }
        if let early = terms["earlyRepayment"] as? Words {
            servicing.earlyRepayment = EarlyRepaymentTerms(
                effect: try word(early["effect"]),
                fee: try (early["fee"] as? String).map { try Share($0) })
        }
        if let words = terms["nonAccrual"] as? Words {
            servicing.nonAccrual = NonAccrualTerms(
                afterDays: words["afterDays"] as? Int ?? 90,
                observedInstalments: words["observedInstalments"] as? Int ?? 0)
        }
        servicing.minimumDays = terms["minimumDays"] as? Int ?? 0
        return servicing
    }

    private static func thousandths(_ text: Any) throws -> Int64 {
        let text = try #require(text as? String)
        return try AmountText.parse(text, decimals: 3)
    }

    private static func order(_ words: Words) throws -> AllocationTerms {
        func components(_ list: Any?) throws -> [ClaimComponent] {
            try (list as? [String])?.map { try word($0) } ?? ClaimComponent.allCases
        }
        let serious = words["seriouslyPastDue"] as? Words
        return AllocationTerms(
            order: try words["order"].map { try word($0) } ?? .byInstalment,
            pastDue: try components(words["pastDue"]), due: try components(words["due"]),
            inAdvance: try components(words["inAdvance"]),
            seriouslyPastDue: try serious.map {
                AllocationTerms.SeriousOrder(
                    afterDays: try #require($0["afterDays"] as? Int),
                    components: try components($0["components"]))
            })
    }

    private static func income(_ terms: Words) throws -> IncomeTerms {
        func shares(_ name: String) throws -> [PartyID: Share]? {
            let table = (terms["incomeShares"] as? Words)?[name] as? [String: String]
            return try table.map { try keyed($0) { try Share($0) } }
        }
        var pricing = Pricing.borrowerRate
        if let words = terms["pricing"] as? Words {
            let name: Pricing.Name = try word(words["way"])
            let spread: Pricing.SpreadOrder = try words["spread"].map { try word($0) } ?? .last
            switch name {
            case .borrowerRate: break
            case .blended: pricing = .blended
            case .ownRates: pricing = .ownRates(spreadOwner: SampleLoan.platform, spread: spread)
            }
        }
        return IncomeTerms(
            pricing: pricing, interest: try shares("interest"), penalty: try shares("penalty"),
            fee: try shares("fee"),
            rates: try keyed(terms["rates"] as? [String: String] ?? [:]) {
                try AnnualRate(percent: $0)
            },
            computations: try keyed(terms["computation"] as? [String: String] ?? [:], computation),
            residueHolder: (terms["residueHolder"] as? String).map { PartyID($0) })
    }

    private static func computation(_ text: String) throws -> LenderComputation {
        let name: LenderComputation.Name = try word(text)
        switch name {
        case .scale: return .scale
        case .perInstalment: return .perInstalment
        case .ownSchedule:
            return .ownSchedule(
                LenderComputation.OwnSchedule(
                    dayCount: .actual365Fixed, rounding: .halfUp, instalmentRounding: .halfUp))
        }
    }

    private static func fee(_ words: Words) throws -> ServiceFee {
        let base: ServiceFee.Base = try word(words["base"])
        let tax = try (words["tax"] as? Words).map {
            ServiceFee.Tax(
                name: "VAT", rate: try share($0["rate"]),
                isIncluded: $0["included"] as? Bool ?? false)
        }
        return ServiceFee(
            payer: PartyID("harbor"), payee: SampleLoan.platform, base: base,
            rate: try share(words["rate"]),
            earned: base == .principalOutstanding ? .daily : .onCollection, tax: tax)
    }

    private static func share(_ value: Any?) throws -> Share {
        let text = try #require(value as? String)
        return try Share(text)
    }

    private static func keyed<Value>(
        _ table: [String: String], _ read: (String) throws -> Value
    ) throws -> [PartyID: Value] {
        Dictionary(
            uniqueKeysWithValues: try table.map { (PartyID($0.key), try read($0.value)) })
    }

    private static func word<Value: RawRepresentable>(_ value: Any?) throws -> Value
    where Value.RawValue == String {
        let text = try #require(value as? String)
        return try #require(Value(rawValue: text))
    }
}
