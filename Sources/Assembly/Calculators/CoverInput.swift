import LendingRules
import Monetary
import PartnerGateway

/// The object `cover` of a calculator's input.
struct CoverInput {
    /// The kinds, as inputs name them.
    private enum Name: String, CaseIterable {
        case frozenSet = "frozen-set"
        case outstanding, reserve

        var fields: [String] {
            switch self {
            case .frozenSet: ["percent", "setLimit"]
            case .outstanding: ["percent"]
            case .reserve: ["amount", "replenish"]
            }
        }
    }

    let kind: CoverTerms.Kind

    init(_ input: CalculatorInput, _ currency: Currency) throws(CalculatorFault) {
        let all = Name.allCases.flatMap(\.fields)
        try input.allow(["kind", "percent", "setLimit", "amount", "replenish"])
        _ = try input.required("kind")
        let name = try input.word("kind", default: Name.frozenSet)
        if let extra = all.first(where: {
            !name.fields.contains($0) && input.optional($0) != nil
        }) {
            throw input.fault(
                "CALC-012",
                "\(extra) has no meaning: the cover is \(name.rawValue), which has "
                    + name.fields.joined(separator: ", "), at: input.optional(extra))
        }
        switch name {
        case .frozenSet:
            kind = .frozenSet(
                percent: try input.percent("percent"),
                setLimit: try input.amountAboveZero("setLimit", currency))
        case .outstanding: kind = .outstanding(percent: try input.percent("percent"))
        case .reserve:
            kind = .reserve(
                amount: try input.amountAboveZero("amount", currency),
                replenishes: try input.optionalFlag("replenish") ?? false)
        }
    }
}

/// One object of the list `events`: the event's name with its amount.
struct CoverEventInput {
    let name: String
    let event: CoverEvent
    /// The amount, for faults.
    let place: JSONValue?

    private static let events: [(name: String, event: @Sendable (Int64) -> CoverEvent)] = [
        ("disbursed", CoverEvent.disbursed), ("matured", CoverEvent.matured),
        ("defaulted", CoverEvent.defaulted), ("recovered", CoverEvent.recovered),
        ("writtenOff", CoverEvent.writtenOff), ("toppedUp", CoverEvent.toppedUp),
    ]

    init(_ input: CalculatorInput, _ currency: Currency) throws(CalculatorFault) {
        let names = CoverEventInput.events.map(\.name)
        try input.allow(names)
        let given = CoverEventInput.events.filter { input.optional($0.name) != nil }
        guard let found = given.first else {
            throw input.fault(
                "CALC-004",
                "an event is missing; it needs one of "
                    + names.joined(separator: ", "))
        }
        if given.count > 1 {
            throw input.fault(
                "CALC-012",
                "\(given[1].name) stands beside \(found.name): each event is an object of its own",
                at: input.optional(given[1].name))
        }
        name = found.name
        event = found.event(try input.amountAboveZero(found.name, currency))
        place = input.optional(found.name)
    }
}

extension CalculatorInput {
    /// Minor units of a field, above zero.
    fileprivate func amountAboveZero(_ name: String, _ currency: Currency)
        throws(CalculatorFault) -> Int64
    {
        let amount = try amount(name, currency)
        guard amount > 0 else {
            throw fault(
                "CALC-005", "\(name) \(amount.text(currency)) is not above zero",
                at: value[name])
        }
        return amount
    }

    /// A part of a whole in percent, without its sign.
    fileprivate func percent(_ name: String) throws(CalculatorFault) -> Share {
        let text = try text(name)
        let units = try? AmountText.parse(text, decimals: 8)
        guard let units, (1...10_000_000_000).contains(units),
            let share = try? Share(units, of: 10_000_000_000)
        else {
            throw fault(
                "CALC-005",
                "\(name) '\(text.prefix(70))' is no percentage above 0, at most 100, with up to 8 "
                    + "decimals", at: value[name])
        }
        return share
    }

    fileprivate func optionalFlag(_ name: String) throws(CalculatorFault) -> Bool? {
        guard let found = optional(name) else { return nil }
        guard case .bool(let flag) = found.content else {
            throw fault("CALC-003", "\(name) must be true or false, not \(found.kind)", at: found)
        }
        return flag
    }
}
