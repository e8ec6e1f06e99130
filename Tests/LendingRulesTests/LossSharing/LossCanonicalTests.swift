import LendingRules
import Monetary
import TestSupport
import Testing

/// Loss terms as loans carry them.
struct LossCanonicalTests {
    private let text = """
        agreement duo
        effective-from 2026-01-01
        currency USD
        products a
        platform platform
        on-refusal decline
        backdate-days 30
        cooling-off-days 0
        settlement 1 US
        loss-layer first days 90 provided keystone compensation instalment principal lenders 1 \
        harbor share 4/5 cover frozen-set 1/20 400 pool latest 120 expires 2028-12-31 restored \
        pro-rata
        loss-layer more charge-off provided keystone invocation principal cover reserve 500 fixed \
        top-up quarter at-most 800 year
        loss-layer daily charge-off provided keystone invocation principal cover reserve 500 fixed \
        top-up day pool
        loss-layer plain charge-off provided keystone invocation principal cover reserve 500 fixed \
        pool
        loss-layer last charge-off shared platform 1/2 harbor 1/2
        charge-off-days 180
        collection-costs by-shares platform 1/2 harbor 1/2

        """

    @Test
    func `layers are a line each, in the words of the file`() throws {
        let agreement = try #require(Agreement(canonicalTerms: text))
        #expect(agreement.canonicalTerms == text)
        #expect(agreement.loss.layers.map(\.name) == ["first", "more", "daily", "plain", "last"])
        #expect(agreement.loss.chargeOffAt == 180)
    }

    @Test(arguments: [
        ("days 90", "days many"), ("days 90", "when 90"), ("provided", "given"),
        ("compensation instalment", "compensation some"), ("compensation", "present"),
        (" principal ", " interest "), ("lenders 1", "lenders 0"), ("lenders 1", "lenders 99"),
        ("share 4/5", "share most"), ("frozen-set", "frozen"), ("1/20 400", "1/20 all"),
        ("pool", "puddle"), ("latest 120", "latest"), ("2028-12-31", "2028-13-31"),
        ("restored", "restored twice"), ("pro-rata", "in-turn"), ("harbor 1/2", "harbor"),
        ("last", "first"), ("top-up quarter", "top-up week"), ("top-up day", "top-up"),
        ("at-most 800", "at-most all"), ("top-up day", "day"),
        ("charge-off-days 180", "charge-off-days 180 181"), ("shared platform 1/2", "shared a b"),
        ("by-shares platform 1/2", "by-shares platform"), ("by-shares", "by-claims"),
        ("by-shares platform 1/2 harbor 1/2", "by-shares"), ("by-shares", "by-turns"),
    ])
    func `a line that cannot be read makes no agreement`(old: String, new: String) {
        let spoiled = text.replacing(old, with: new)
        #expect(spoiled != text)
        #expect(Agreement(canonicalTerms: spoiled) == nil)
    }
}
