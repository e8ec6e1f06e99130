import MockBank
import Testing

@Suite struct VerifyTests {
    private func bank() throws -> TestBank {
        let bank = try TestBank(
            extra: "faults: {transport: [{kind: busy, name: closed, match: {loan: L3}}]}")
        for number in [1, 2, 3, 1] {
            _ = try bank.post(Sample.request("K\(number)", loan: "L\(number)"))
        }
        _ = try bank.call("GET", "/v1/funding-requests/K1")
        _ = try bank.call("POST", "/v1/funding-requests/K2/reversal")
        return bank
    }

    @Test(arguments: [
        ("\"match\":{\"call\":\"fund\"},\"exactly\":4", 200, 4),
        ("\"match\":{\"call\":\"fund\",\"loan\":\"L1\"},\"exactly\":2", 200, 2),
        ("\"match\":{\"call\":\"fund\",\"attempt\":2},\"exactly\":1", 200, 1),
        ("\"match\":{\"call\":\"query\"},\"atMost\":1", 200, 1),
        ("\"match\":{\"path\":\"*/reversal\"},\"atLeast\":1", 200, 1),
        ("\"match\":{\"amount\":{\"from\":\"7000.01\"}},\"exactly\":0", 200, 0),
        ("\"outcome\":{\"status\":\"201\"},\"exactly\":2", 200, 2),
        ("\"outcome\":{\"rule\":\"closed\"}", 200, 1),
        ("\"match\":{\"loan\":\"L9\"}", 409, 0),
        ("\"match\":{\"call\":\"fund\"},\"atMost\":3", 409, 4),
        ("\"outcome\":{\"state\":\"reversed\"},\"exactly\":2", 409, 1),
    ])
    func `requests are counted`(question: String, status: Int, count: Int) throws {
        let bank = try bank()
        let answer = try bank.call("POST", "/admin/v1/verify", "{\(question)}")
        #expect(answer?.status == status)
        #expect(answer?.body["ok"] == .bool(status == 200))
        #expect(answer?.body["count"]?.integer == count)
    }

    @Test func `a miss names the closest request and what differed`() throws {
        let answer = try bank().call(
            "POST", "/admin/v1/verify",
            """
            {"match":{"call":"fund","loan":"L2","amount":"7000.01"},"exactly":1}
            """)
        let closest = answer?.body["closest"]?.elements?.first
        #expect(answer?.body["expected"]?.text == "exactly 1")
        #expect(closest?["key"]?.text == "K2")
        #expect(
            closest?["differed"]?.elements?.compactMap(\.text)
                == ["amount is 7000.00, not 7000.01"])
    }

    @Test(arguments: [
        "{\"match\":{\"header\":{\"a\":\"b\"}}}", "{\"match\":{\"lone\":\"L\"}}",
        "{\"exactly\":-1}",
        "{\"atLeast\":5,\"atMost\":2}", "{\"exactly\":1,\"atMost\":2}", "{\"exactly\":1.5}",
        "{\"often\":1}", "[]", "", "{\"match\":",
    ])
    func `a question that cannot be read is refused`(question: String) throws {
        let answer = try bank().call("POST", "/admin/v1/verify", question)
        #expect(answer?.status == 400)
        #expect(answer?.body["reasonCode"]?.text == "malformed")
    }
}

@Suite struct BackDoorTests {
    @Test func `reset forgets everything but the scenario, on the disk too`() throws {
        let bank = try TestBank(extra: "faults: {transport: [{kind: busy, match: {loan: L9}}]}")
        #expect(try bank.post(Sample.request()) == "201 accepted")
        _ = try bank.call("PUT", "/admin/v1/faults", "{}")
        _ = try bank.call("POST", "/admin/v1/clock", "{\"businessDate\":\"2026-01-05\"}")
        #expect(try bank.call("POST", "/admin/v1/reset")?.status == 200)
        for _ in 0..<2 {
            #expect(try bank.executions("L1.harbor.1") == nil)
            #expect(try bank.journal().compactMap { $0["event"]?.text } == ["reset"])
            let health = try bank.call("GET", "/v1/health")?.body
            #expect(health?["businessDate"]?.text == "2026-01-01")
            let rules = try bank.call("GET", "/admin/v1/faults")?.body["rules"]?.elements
            #expect(rules?.count == 1)
            try bank.reopen()
        }
        #expect(try bank.post(Sample.request()) == "201 accepted")
    }

    @Test(arguments: [
        ("key=K2", 2), ("event=arrival", 2), ("event=arrival&key=K1", 1), ("fault=busy", 1),
        ("rule=shut", 1), ("after=3", 1), ("key=K9", 0),
    ])
    func `the journal is filtered`(query: String, count: Int) throws {
        let bank = try TestBank(
            extra: "faults: {transport: [{kind: busy, name: shut, sequence: {nth: 1}}]}")
        for number in [2, 1] { _ = try bank.post(Sample.request("K\(number)", loan: "L\(number)")) }
        let entries = try bank.call("GET", "/admin/v1/journal?" + query)?.body["entries"]
        // K2: arrival, fault. K1: arrival, answer.
        #expect(entries?.elements?.count == count)
    }

    /// Calls that say something that means nothing, and what of it the answer names.
    private static let nonsense = [
        ("POST", "clock", "{\"businessDate\":\"2026-01-02\",\"tiem\":\"17:00\"}", "\"tiem\""),
        ("POST", "clock", "{\"businessDate\":20260102}", "businessDate"),
        ("POST", "clock", "{\"businessDate\":\"2026-02-30\"}", "businessDate"),
        ("POST", "clock", "{\"businessDate\":\"2026-01-02\",\"time\":17}", "time"),
        ("POST", "clock", "[\"2026-01-02\"]", "businessDate, time"),
        ("POST", "clock", "", "businessDate, time"),
        ("GET", "clock?when=now", "", "\"when\""),
        ("PUT", "faults", "{\"transports\":[]}", "\"transports\""),
        ("PUT", "faults", "{\"transport\":{}}", "transport must be a list"),
        (
            "PUT", "faults", "{\"money\":[{\"kind\":\"cent-off\",\"probability\":-1}]}",
            "money[0].probability"
        ),
        (
            "PUT", "faults",
            "{\"transport\":[{\"kind\":\"delay\",\"probability\":1,\"delayMilliseconds\":-5}]}",
            "transport[0].delayMilliseconds"
        ),
        ("GET", "faults?name=x", "", "\"name\""),
        ("PUT", "faults/shut", "{\"on\":\"yes\"}", "on must be true or false"),
        ("PUT", "faults/shut", "{\"on\":true,\"off\":false}", "\"off\""),
        ("PUT", "callbacks", "{\"url\":\"http://a:1\",\"immediate\":true}", "\"immediate\""),
        ("PUT", "callbacks", "{\"url\":8080}", "url"),
        ("GET", "journal?after=-1", "", "after"), ("GET", "journal?after=soon", "", "after"),
        ("GET", "journal?events=arrival", "", "\"events\""),
        ("GET", "journal?key=K1&key=K2", "", "\"key\" is given twice"),
        ("GET", "journal?after", "", "after="), ("GET", "journal?key", "", "key="),
        ("GET", "book?limit", "", "limit="),
        ("GET", "journal?event=arival", "", "event must be one of answer, arrival"),
        ("GET", "book?limit=-1", "", "limit"), ("GET", "book?limit=many", "", "limit"),
        ("GET", "book?after=K1", "", "after"), ("GET", "book?loan=L1", "", "\"loan\""),
        ("POST", "reset", "{\"only\":\"faults\"}", "\"only\""),
        ("POST", "verify", "{\"atLeast\":5,\"atMost\":2}", "atMost is below atLeast"),
        ("POST", "verify", "{\"exactly\":1,\"atLeast\":1}", "exactly goes without"),
    ]

    @Test(arguments: nonsense)
    func `a call that is not understood is refused, names why and changes nothing`(
        method: String, path: String, body: String, words: String
    ) throws {
        let bank = try TestBank(
            extra: "faults: {transport: [{kind: busy, name: shut, sequence: {nth: 9}}]}")
        _ = try bank.post(Sample.request("K1"))
        let before = try bank.call("GET", "/admin/v1/journal")?.text
        let answer = try #require(try bank.call(method, "/admin/v1/" + path, body))
        #expect(answer.status == 400, "\(answer.text)")
        #expect(answer.body["reasonCode"]?.text == "malformed")
        #expect(answer.body["reason"]?.text?.contains(words) == true, "\(answer.text)")
        #expect(try bank.call("GET", "/admin/v1/journal")?.text == before)
    }

    @Test func `a clearing house reads as strictly`() throws {
        let house = try TestClearing()
        for path in ["book?limit=2", "clock?x", "journal?after=x", "faults?on=1"] {
            #expect(try house.call("GET", "/admin/v1/" + path).status == 400, "\(path)")
        }
        let faults = "{\"files\":[{\"kind\":\"fee-twice\",\"probability\":2}]}"
        #expect(try house.call("PUT", "/admin/v1/faults", faults).status == 400)
        #expect(try house.call("POST", "/admin/v1/reset").status == 200)
        #expect(try house.call("POST", "/admin/v1/reset", "{}").status == 200)
    }

    @Test func `a refusal's reason is in the journal`() throws {
        let bank = try TestBank(
            extra: "refuse: [{amountAbove: \"1.00\", reasonCode: limit, reason: Too much.}]")
        _ = try bank.post(Sample.request())
        #expect(try bank.journal().last?["reason"]?.text == "limit: Too much.")
    }
}
