import BusinessCalendar
import Settings
import Testing

/// Variables that look like settings and that nothing reads.
struct UnreadVariableTests {
    private static let options = ["COLEND_STORE", "COLEND_CONFIG"]

    private func unread(_ names: [String], _ contents: [String: String]) throws -> [String] {
        let environment = Dictionary(names.map { ($0, "1") }) { first, _ in first }
        let configuration = try Sample.load(contents, environment: [:])
        return UnreadVariable.all(in: environment, configuration, options: Self.options)
            .map(\.description)
    }

    @Test(arguments: [
        "COLEND_STORE", "COLEND_CUT_OFF", "COLEND_PARTIES_HARBOR_ENDPOINT",
        "COLEND_PARTIES_HARBOR_LINE_RATE_PER_SECOND", "COLEND_PARTIES_HARBOR_LINE_PROXY_URL",
        "COLEND_PARTIES_HARBOR_SIGNING_KEY_ID", "COLEND_BREAKS_HIGH_DUE_DAYS",
        "COLEND_AGREEMENTS_HARBOR_70_30_SETTLEMENT_LAG_DAYS", "COLEND_HARBOR_SECRET",
        "COLEND_HARBOR_SECRET_FILE", "PATH", "LONGCOLEND_X",
    ])
    func `what is read, and what belongs to others, is not told`(name: String) throws {
        #expect(try unread([name], Sample.minimal) == [])
    }

    @Test(arguments: [
        ("COLEND_STOER", "did you mean COLEND_STORE?"),
        ("COLEND_CUTOFF", "did you mean COLEND_CUT_OFF?"),
        ("COLEND_HARBOR_SECRT", "did you mean COLEND_HARBOR_SECRET?"),
        (
            "COLEND_PARTIES_HARBOR_TIMEOUTS_TOTAL_MILISECONDS",
            "did you mean COLEND_PARTIES_HARBOR_TIMEOUTS_TOTAL_MILLISECONDS?"
        ),
        ("COLEND_SUMMIT_PASSPHRASE", "unset it, or correct its name"),
        // No variable reaches into a list.
        ("COLEND_PARTIES_HARBOR_LIMITS", "unset it, or correct its name"),
    ])
    func `what nothing reads is told with the nearest that is read`(name: String, advice: String)
        throws
    {
        #expect(
            try unread([name], Sample.minimal) == ["nothing reads the variable \(name); \(advice)"])
    }

    @Test func `the variables that a configuration names are its own`() throws {
        let names = ["NEXT", "THEIRS", "COLEND_NEXT", "COLEND_THEIRS_FILE"]
        var contents = Sample.rotating
        contents["parties/harbor.yaml"]?.replace("NEXT", with: "COLEND_NEXT")
        contents["parties/harbor.yaml"]?.replace("THEIRS", with: "COLEND_THEIRS")
        contents["parties/harbor.yaml"]?.replace("http://127", with: "https://127")
        contents["parties/harbor.yaml"]?.replace(
            "inFlight: 64",
            with: """
                line:
                  tls: {certificateFile: a, keyFile: b, keyPasswordEnv: COLEND_PASS}
                  proxy: {url: "http://p:1", user: me, passwordEnv: COLEND_PROXY}
                inFlight: 64
                """)
        let secrets = ["COLEND_PASS", "COLEND_PASS_FILE", "COLEND_PROXY", "COLEND_PROXY_FILE"]
        #expect(try unread(names + secrets, contents) == [])
        #expect(try unread(names + secrets, Sample.minimal).count == 6)
    }

    @Test func `all are told in order of name, an empty one counts as unset`() {
        let unread = UnreadVariable.all(
            in: ["COLEND_Z": "1", "COLEND_A": "1", "COLEND_B": ""], nil, options: ["COLEND_AB"])
        #expect(unread.map(\.name) == ["COLEND_A"], "without a configuration, what resembles one")
    }

    @Test func `where there is a default, a variable gives the value all the same`() throws {
        var contents = Sample.demonstration
        contents["parties/clearing.yaml"]?.replace("  rate: ", with: "  # rate: ")
        let environment = [
            "COLEND_PARTIES_CLEARING_FROM": "2026-02-01", "COLEND_PARTIES_CLEARING_FEE_RATE": "1%",
        ]
        let loaded = try Sample.load(contents, environment: environment)
        #expect(loaded.clearing?.clearing?.from == BusinessDate("2026-02-01"))
        #expect(loaded.clearing?.clearing?.feeRate != nil)
    }
}
