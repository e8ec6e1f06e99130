import LendingRules
import Monetary
import PartnerGateway

extension Calculators {
    /// `blend FILE`: the share-weighted mean of lenders' rates.
    ///
    /// - Throws: ``CalculatorFault``, or ``UnreadableInput``.
    package static func blend(_ path: String) throws -> Answer {
        let input = try CalculatorInput.read(path)
        try input.allow(["lenders"])
        let lenders = try input.elements("lenders").map { input.at($0) }
        for lender in lenders { try lender.allow(["party", "ratePercent", "share"]) }
        _ = try distinctParties(lenders)
        let rates = try lenders.map {
            LenderRate(rate: try $0.rate("ratePercent"), share: try share($0))
        }
        do throws(BlendError) {
            let blended = try AnnualRate.blend(of: rates).percentText()
            return Answer(
                .object(["blendedRatePercent": .text(blended)]), lines: ["\(blended) %"])
        } catch {
            throw input.fault("CALC-010", error.sentence, at: input.value["lenders"])
        }
    }

    private static func share(_ lender: CalculatorInput) throws(CalculatorFault) -> Share {
        let text = try lender.text("share")
        do throws(AmountError) {
            return try Share(text)
        } catch {
            throw lender.fault(
                "CALC-010", "'\(text.prefix(70))' is no share such as 70% or 7/10",
                at: lender.value["share"])
        }
    }

    /// The names of the parties, each once.
    static func distinctParties(_ parties: [CalculatorInput]) throws(CalculatorFault) -> [String] {
        var names: [String] = []
        for party in parties {
            let name = try party.text("party")
            if names.contains(name) {
                throw party.fault(
                    "CALC-008", "party '\(name.prefix(70))' stands twice", at: party.value["party"])
            }
            names.append(name)
        }
        return names
    }
}

extension BlendError {
    fileprivate var sentence: String {
        switch self {
        case .sharesNotWhole: "the shares do not make exactly one"
        case .outOfRange: "the shares have no common denominator within 64 bits"
        }
    }
}
