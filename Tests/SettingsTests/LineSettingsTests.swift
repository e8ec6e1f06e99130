import LendingRules
import Settings
import Testing

/// How lines to parties are built, as far as their files say so.
struct LineSettingsTests {
    private func line(
        _ text: String, environment: [String: String] = [:]
    ) throws -> LineSettings {
        var contents = Sample.minimal
        contents["parties/harbor.yaml"]?.replace("http://127", with: "https://127")
        contents["parties/harbor.yaml"]?.replace(
            "inFlight: 64", with: "\(text)\ninFlight: 64")
        let loaded = try Sample.load(contents, environment: environment)
        return try #require(loaded.party(PartyID("harbor"))?.bank?.line)
    }

    @Test func `without a word about it a line goes straight and speaks the usual`() throws {
        let line = try line("")
        #expect(!line.speaksHTTP2)
        #expect(line.rate.perSecond == nil)
        #expect(line.rate.burst == 10)
        let breaker = line.breaker
        #expect(
            [breaker.failures, breaker.sharePercent, breaker.openMilliseconds, breaker.probes]
                == [10, 80, 2_000, 1])
        let retries = line.retries
        #expect(
            [retries.tries, retries.pauseMilliseconds, retries.budgetPercent] == [3, 50, 20])
        #expect(line.proxy == nil)
        #expect(line.tls.authorityFile == nil)
        #expect(line.tls.pins.isEmpty)
    }

    @Test func `a line says what its file says`() throws {
        let pin = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
        let line = try line(
            """
            line:
              http2: true
              rate: {perSecond: 50, burst: 5}
              tls:
                authorityFile: tls/ca.pem
                certificateFile: tls/own.pem
                keyFile: tls/own.key
                keyPasswordEnv: COLEND_KEY
                pins: ["\(pin)", "\(pin)"]
              proxy: {url: "socks5h://proxy.example:1080", user: me, passwordEnv: COLEND_PROXY}
            """)
        #expect(line.speaksHTTP2)
        #expect(line.rate.perSecond == 50)
        #expect(line.rate.burst == 5)
        #expect(line.tls.authorityFile == "tls/ca.pem")
        #expect(line.tls.pins == [pin, pin])
        #expect(line.tls.keyPassword?.fileVariable == "COLEND_KEY_FILE")
        #expect(line.proxy?.url == "socks5h://proxy.example:1080")
        #expect(line.proxy?.password?.name == "COLEND_PROXY")
    }

    @Test func `the environment reaches into a line, but not into its lists`() throws {
        let line = try line(
            "",
            environment: [
                "COLEND_PARTIES_HARBOR_LINE_RATE_PER_SECOND": "7",
                "COLEND_PARTIES_HARBOR_LINE_PROXY_URL": "http://proxy.example:3128",
            ])
        #expect(line.rate.perSecond == 7)
        #expect(line.proxy?.url == "http://proxy.example:3128")
    }

    @Test func `a password is read from its variable or its file, and shows itself nowhere`()
        throws
    {
        let variable = SecretVariable(name: "COLEND_KEY", key: "line.tls.keyPasswordEnv")
        let secret = try variable.secret(environment: ["COLEND_KEY": "sesame"])
        #expect(secret.withBytes { $0 } == Array("sesame".utf8))
        #expect(!"\(secret)".contains("sesame"))
        let folder = TemporaryDirectory()
        try folder.write(["password": "sesame\n"])
        let read = try variable.secret(
            environment: ["COLEND_KEY_FILE": folder.path + "/password"])
        #expect(read.withBytes { $0 } == Array("sesame".utf8))
    }

    @Test(arguments: [
        ([:], "no secret is set"),
        (["COLEND_KEY": "a", "COLEND_KEY_FILE": "b"], "the secret is set twice"),
        (["COLEND_KEY_FILE": "/nowhere/at/all"], "cannot be read"),
        (["COLEND_KEY_FILE": "/dev/null"], "is empty"),
    ])
    func `a password that cannot be had is a fault that names its setting`(
        environment: [String: String], words: String
    ) throws {
        let variable = SecretVariable(name: "COLEND_KEY", key: "line.tls.keyPasswordEnv")
        let fault = #expect(throws: ConfigurationFault.self) {
            _ = try variable.secret(environment: environment)
        }
        #expect(fault?.description.contains("CONF-018") == true)
        #expect(fault?.description.contains(words) == true)
        #expect(fault?.description.contains("line.tls.keyPasswordEnv") == true)
    }
}
