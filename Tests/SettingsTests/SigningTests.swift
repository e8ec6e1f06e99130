import BusinessCalendar
import LendingRules
import Settings
import Testing

struct SigningTests {
    private func signing(_ contents: [String: String], _ environment: [String: String] = [:]) throws
        -> SigningSettings
    {
        let loaded = try Sample.load(contents, environment: environment)
        return try #require(loaded.party(PartyID("harbor"))?.signing)
    }

    @Test func `a line has its own keys, the partner's and their times`() throws {
        let signing = try signing(Sample.rotating)
        #expect(signing.profile == .sm2SM3)
        #expect(signing.form == .raw)
        #expect(signing.keyID == "northwind")
        #expect(signing.ownKeys.map(\.variable) == ["COLEND_HARBOR_SECRET", "NEXT"])
        #expect(signing.ownKeys.map(\.setting) == ["signing.secretEnv", "signing.next.secretEnv"])
        #expect(signing.partnerKeys.map(\.variable) == ["THEIRS", "THEIR_NEXT"])
        #expect(signing.partnerKeys[0].validUntil == BusinessDate("2026-12-31"))
        #expect(signing.partnerKeys[1].validFrom == nil)
        let keys = signing.ownKeys + signing.partnerKeys
        #expect(keys.map(\.isSecret) == [true, true, false, false])
    }

    @Test func `a key counts from the start of its first day to the end of its last, in UTC`()
        throws
    {
        let key = try signing(Sample.rotating).ownKeys[1]
        let (first, after): (Int64, Int64) = (1_796_083_200, 1_830_297_600)
        #expect(
            [first - 1, first, after - 1, after].map(key.counts) == [false, true, true, false])
        let always = try signing(Sample.minimal).ownKeys[0]
        #expect([.min, 0, .max - 1].allSatisfy(always.counts))
    }

    @Test func `what is not given has its default`() throws {
        let signing = try signing(Sample.minimal)
        #expect(signing.profile == .hmacSHA256)
        #expect(signing.form == .der)
        #expect(signing.keyID == nil)
        #expect(signing.ownKeys.count == 1)
        #expect(signing.partnerKeys.isEmpty)
    }

    @Test func `an optional value comes from its variable too`() throws {
        let signing = try signing(
            Sample.minimal, ["COLEND_PARTIES_HARBOR_SIGNING_KEY_ID": "northwind"])
        #expect(signing.keyID == "northwind")
    }

    @Test func `where each key comes from is shown, and none of them`() throws {
        let loaded = try Sample.load(
            Sample.rotating, environment: ["NEXT_FILE": "hunter2", "THEIRS": "hunter3"])
        let shown = loaded.origins.filter { $0.file == "parties/harbor.yaml" }
            .map(\.description)
        #expect(
            shown.contains(
                "parties/harbor.yaml signing.next.secret = (redacted) (environment NEXT_FILE)"))
        let partner = "parties/harbor.yaml signing.partnerKeys"
        #expect(shown.contains("\(partner)[1].key = (redacted) (environment THEIRS)"))
        #expect(shown.contains("\(partner)[2].key = (not set) (environment THEIR_NEXT)"))
        #expect(!"\(loaded)".contains("hunter"))
    }
}
