import LendingRules
import Monetary
import PartnerGateway

extension Calculators {
    /// `blend FILE`: the share-weighted mean of lenders' rates.
    package static func blend(_ path: String) throws -> Answer {
        let input = try CalculatorInput.read(path)
        try input.allow(["lenders"])
        let lenders = try input.elements("lenders").map { value -> LenderRate in
            let lender = input.at(value)
            try lender.allow(["party", "ratePercent", "share"])
            _ = try lender.text("party")
            return LenderRate(
                rate: try rate(lender), share: try share(lender))
        }
        do {
            let blended = try AnnualRate.blend(of: lenders)
            return Answer(
                .object(["blendedRatePercent": .text(blended.percentText())]),
                lines: ["\(blended.percentText()) %"])
        } catch {
            throw input.fault(
                "CALC-010", "the shares do not make exactly one", at: input.value["lenders"])
        }
    }

    private static func rate(_ lender: CalculatorInput) throws -> AnnualRate {
        let text = try lender.text("ratePercent")
        do {
            return try AnnualRate(percent: text)
        } catch {
            throw lender.fault(
                "CALC-005", "'\(text.prefix(70))' is no percentage of up to 6 decimals",
                at: lender.value["ratePercent"])
        }
    }

    private static func share(_ lender: CalculatorInput) throws -> Share {
        let text = try lender.text("share")
        do {
            return try Share(text)
        } catch {
            throw lender.fault(
                "CALC-010", "'\(text.prefix(70))' is no share such as 70% or 7/10",
                at: lender.value["share"])
        }
    }
}
