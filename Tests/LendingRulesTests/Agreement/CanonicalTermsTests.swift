import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// Terms written as canonical text and read back: what a booked loan carries for life.
struct CanonicalTermsTests {
    @Test func `an agreement is read back as it was written`() throws {
        try Property.check(2_000) { random in
            let agreement = try RandomTerms.agreement(using: &random)
            try hold(
                Agreement(canonicalTerms: agreement.canonicalTerms) == agreement,
                agreement.canonicalTerms)
            try hold(Product(canonicalTerms: agreement.canonicalTerms) == nil, "no product")
        }
    }

    @Test func `a product is read back as it was written`() throws {
        try Property.check(2_000) { random in
            let product = try RandomTerms.product(using: &random)
            try hold(
                Product(canonicalTerms: product.canonicalTerms) == product, product.canonicalTerms)
            try hold(Agreement(canonicalTerms: product.canonicalTerms) == nil, "no agreement")
        }
    }

    @Test func `canonical text does not depend on the order of products`() throws {
        var random = SeededCase(number: 1).generator
        let one = try RandomTerms.agreement(["a", "b"], using: &random)
        var again = SeededCase(number: 1).generator
        let other = try RandomTerms.agreement(["b", "a"], using: &again)
        #expect(one.canonicalTerms == other.canonicalTerms)
    }

    @Test func `an agreement without a way round says nothing of one, and keeps its version`() {
        func terms(_ fallback: [String], _ acceptsParts: Bool) -> String {
            Agreement(
                name: "duo", effectiveFrom: SampleLoan.date("2026-01-01"),
                currency: SampleLoan.dollars, products: [], lenders: [],
                platform: SampleLoan.platform, serviceFees: [], onRefusal: .decline,
                backdateDays: 0, settlement: SettlementTerms(lagDays: 1, calendar: "US"),
                fallback: fallback.map { PartyID($0) }, acceptsParts: acceptsParts
            ).canonicalTerms
        }
        let plain = terms([], false)
        #expect(!plain.contains("fallback") && !plain.contains("partial"))
        #expect(terms(["b", "a"], false) != terms(["a", "b"], false))
        #expect(terms([], true) != plain)
    }

    @Test(arguments: [
        "agreement", "effective-from", "currency", "platform", "lender", "service-fee",
        "on-refusal", "backdate-days", "cooling-off-days", "settlement", "disbursement",
    ])
    func `a broken line makes an agreement unreadable`(key: String) throws {
        var random = SeededCase(number: 2).generator
        let text = try RandomTerms.agreement(["a"], way: .direct, using: &random).canonicalTerms
        #expect(Agreement(canonicalTerms: Self.breaking(key, in: text)) == nil)
    }

    @Test(arguments: [
        "product", "method", "day-count", "rounding", "instalment-rounding", "penalty",
        "materiality", "principal", "instalments",
    ])
    func `a broken line makes a product unreadable`(key: String) throws {
        var random = SeededCase(number: 3).generator
        let text = try RandomTerms.product(using: &random).canonicalTerms
        #expect(Product(canonicalTerms: Self.breaking(key, in: text)) == nil)
    }

    /// The versions of books that are older than the choice are hashes of this text.
    @Test func `the usual way of disbursement leaves the text as it was`() throws {
        var random = SeededCase(number: 4).generator
        let usual = try RandomTerms.agreement(["a"], way: .reimburse, isPlain: true, using: &random)
            .canonicalTerms
        #expect(!usual.contains("disbursement"))
        #expect(usual.hasSuffix(" US\n"))
        #expect(Agreement(canonicalTerms: usual)?.disbursement == .reimburse)
        for (line, way) in [
            ("disbursement escrow", .escrow),
            ("disbursement lender-pays-all harbor", .lenderPaysAll(payer: PartyID("harbor"))),
        ] as [(String, DisbursementWay)] {
            #expect(Agreement(canonicalTerms: usual + line + "\n")?.disbursement == way)
        }
        for line in [
            "disbursement", "disbursement cash", "disbursement lender-pays-all",
            "disbursement direct harbor", "disbursement direct\ndisbursement direct",
        ] {
            #expect(Agreement(canonicalTerms: usual + line + "\n") == nil, "\(line)")
        }
    }

    @Test func `the usual mode of funding leaves the text as it was`() throws {
        var random = SeededCase(number: 5).generator
        var usual = try RandomTerms.agreement(["a"], way: .reimburse, using: &random).canonicalTerms
        usual = usual.split(separator: "\n").filter { !$0.hasPrefix("funding-mode") }
            .joined(separator: "\n")
        #expect(Agreement(canonicalTerms: usual)?.fundingMode == .beforePayout)
        let line = "\nfunding-mode after-payout 15\n"
        #expect(
            Agreement(canonicalTerms: usual + line)?.fundingMode == .afterPayout(transferDays: 15))
        for line in [
            "funding-mode", "funding-mode after-payout", "funding-mode after-payout 0",
            "funding-mode after-payout -1", "funding-mode before-payout 3",
            "funding-mode later 3", "funding-mode after-payout 3\nfunding-mode after-payout 3",
        ] {
            #expect(Agreement(canonicalTerms: usual + "\n" + line + "\n") == nil, "\(line)")
        }
    }

    private static func breaking(_ key: String, in text: String) -> String {
        text.split(separator: "\n").map { line in
            line.hasPrefix("\(key) ") ? "\(key) x y z w" : String(line)
        }.joined(separator: "\n")
    }
}
