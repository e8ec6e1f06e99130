import LendingRules
import Monetary
import PartnerGateway

extension Calculators {
    /// `split FILE`: each amount's part on the running total.
    ///
    /// - Throws: ``CalculatorFault``, or ``UnreadableInput``.
    package static func split(_ path: String) throws -> Answer {
        let input = try CalculatorInput.read(path)
        try input.allow(["currency", "shares", "amounts"])
        let currency = try input.currency("currency")
        let shares = try input.elements("shares").map { input.at($0) }
        for share in shares { try share.allow(["party", "weight"]) }
        let parties = try distinctParties(shares)
        let weights = try shares.map { try $0.text("weight") }
        let scale: ProportionalScale
        do {
            scale = try .read(weights: weights, decimals: currency.exponent)
        } catch {
            let place = error.position.map { shares[$0].value["weight"] } ?? input.value["shares"]
            let text = error.position.map { weights[$0] } ?? ""
            throw input.fault("CALC-010", error.words(text, currency), at: place)
        }
        return try answer(input, currency, parties, scale)
    }

    private static func answer(
        _ input: CalculatorInput, _ currency: Currency, _ parties: [String],
        _ scale: ProportionalScale
    ) throws -> Answer {
        var running = RunningSplit(scale)
        var nodes: [Node] = []
        var grid = Grid(columns: [.figures("cumulative")] + parties.map { .figures($0) })
        for value in try input.elements("amounts") {
            guard let text = value.text else {
                throw input.fault("CALC-003", "an amount must be a text in quotes", at: value)
            }
            let amount = try input.amount(text, currency, at: value)
            let step: RunningSplit.Step
            do {
                step = try running.add(amount)
            } catch {
                throw input.fault("CALC-009", error.words(text, currency), at: value)
            }
            nodes.append(
                .object([
                    "cumulative": .amount(step.cumulative, currency),
                    "parts": named(parties, step.parts, currency),
                    "step": named(parties, step.step, currency),
                ]))
            grid.add([step.cumulative.text(currency)] + step.parts.map { $0.text(currency) })
        }
        return Answer(.array(nodes), grids: [grid])
    }

    private static func named(_ parties: [String], _ amounts: [Int64], _ currency: Currency)
        -> Node
    {
        .object(
            zip(parties, amounts).map {
                Node.Member(name: $0, value: .amount($1, currency))
            })
    }
}

extension SplitError {
    /// Which weight is at fault, when it is one.
    fileprivate var position: Int? {
        switch self {
        case .weight(let index, _), .mixedWeights(let index): index
        default: nil
        }
    }

    fileprivate func words(_ text: String, _ currency: Currency) -> String {
        switch self {
        case .noShares: "there is nobody to split between"
        case .weight:
            "weight '\(text.prefix(70))' is no share such as 70% or 7/10, and no amount"
        case .mixedWeights: "weights are either all shares or all amounts"
        case .sharesNotWhole: "the shares do not make exactly one"
        case .unusableWeights: "the weights are all zero or too large"
        case .runningTotal(_, .negativeCumulative(let total)):
            "the running total falls below zero, to \(total.text(currency))"
        case .runningTotal: "the running total is beyond the range of amounts"
        }
    }
}
