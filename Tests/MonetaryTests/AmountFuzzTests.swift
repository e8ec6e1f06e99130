import Monetary
import TestSupport
import Testing

/// Spoiled amounts: what is taken comes back as it was written.
@Suite struct AmountFuzzTests {
    private static let amounts = ["100.01", "-0.05", "0", "92233720368547758.07", "7.5", "-12"]

    @Test func `a spoiled amount is refused, or is the amount that it says`() throws {
        try Property.check(200_000) { generator in
            let bytes = Mutation.of(Array(generator.pick(Self.amounts).utf8), &generator)
            let text = String(decoding: bytes, as: UTF8.self)
            let decimals = generator.pick([0, 2, 3])
            guard let units = try? AmountText.parse(text, decimals: decimals) else { return }
            let written = AmountText.format(units, decimals: decimals)
            try hold(plain(written) == plain(text), "'\(text)' was read as \(written)")
        }
    }

    /// A number without zeros that say nothing.
    private func plain(_ text: String) -> String {
        let isNegative = text.hasPrefix("-")
        let parts = text.drop { $0 == "-" }.split(
            separator: ".", omittingEmptySubsequences: false)
        let whole = parts[0].drop { $0 == "0" }
        var part = parts.count > 1 ? parts[1] : ""
        while part.last == "0" { part.removeLast() }
        let digits = "\(whole).\(part)"
        return digits == "." ? digits : (isNegative ? "-" : "") + digits
    }
}
