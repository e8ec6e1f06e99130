import Foundation
import MockBank
import Testing

/// What the README teaches is there, and is what the bank does.
@Suite struct SampleTests {
    private static let mocks = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Mocks")
    private static let names =
        (try? FileManager.default.contentsOfDirectory(
            atPath: mocks.appending(path: "Scenarios").path))?.sorted() ?? []

    private func text(_ path: String) throws -> String {
        try String(contentsOf: Self.mocks.appending(path: path), encoding: .utf8)
    }

    @Test(arguments: names)
    func `a sample can be played and says what it is for`(name: String) throws {
        let yaml = try text("Scenarios/" + name)
        #expect(throws: Never.self) { _ = try Played(yaml: yaml, file: name) }
        #expect(yaml.hasPrefix("# "))
    }

    @Test func `the README has a row for every kind of fault`() throws {
        let readme = try text("README.md")
        let kinds =
            TransportFaultKind.allCases.map(\.rawValue) + MoneyFaultKind.allCases.map(\.rawValue)
            + FileFaultKind.allCases.map(\.rawValue) + Call.allCases.map(\.rawValue)
        for kind in kinds { #expect(readme.contains("`\(kind)`"), "\(kind)") }
        for name in Self.names { #expect(readme.contains(name), "\(name)") }
    }

    @Test func `every kind of fault stands in a sample`() throws {
        let all = try Self.names.map { try text("Scenarios/" + $0) }.joined()
        let kinds =
            TransportFaultKind.allCases.map(\.rawValue) + MoneyFaultKind.allCases.map(\.rawValue)
        for kind in kinds { #expect(all.contains("kind: \(kind)"), "\(kind)") }
    }

    @Test func `the bad day of the README is what the bank answers`() throws {
        let readme = try text("README.md")
        let faults = try text("Scenarios/late-success.yaml").split(separator: "\nfaults:")[1]
        let bank = try TestBank(extra: "settleSeconds: 60\nfaults:\(faults)")
        let start = try #require(readme.range(of: "{\"key\":\"L1.harbor.1\""))
        let end = try #require(readme[start.lowerBound...].range(of: "\nEND"))
        let small = String(readme[start.lowerBound..<end.lowerBound])
        let large = small.replacing("L1", with: "L2")
            .replacing("\"700.00\"", with: "\"7000.00\"").replacing("1000.00", with: "10000.00")
        #expect(try bank.post(large) == "201 accepted")
        var said = try (1...3).map { _ in
            try bank.call("GET", "/v1/funding-requests/L2.harbor.1")?.text
        }
        let question = "{\"match\":{\"call\":\"query\",\"loan\":\"L2\"},\"exactly\":3}"
        said.append(try bank.call("POST", "/admin/v1/verify", question)?.text)
        #expect(try bank.post(small) == "201 accepted")
        said.append(
            try bank.call("GET", "/admin/v1/journal?key=L1.harbor.1&event=arrival")?.text)
        for text in said { #expect(readme.contains(try #require(text)), "\(text ?? "")") }
    }

    @Test(arguments: [
        (1, ["early": "201 accepted", "night": "503 maintenance"]),
        (3, ["early": "503 maintenance"]), (5, ["late": "422 cut-off"]),
    ])
    func `the sample of office hours keeps them`(
        days: Int, expected: [String: String]
    ) throws {
        let yaml = try text("Scenarios/maintenance.yaml")
            .split(separator: "\n").filter { !$0.hasPrefix("#") }.joined(separator: "\n")
        let tail = yaml.split(separator: "calendar:")[1]
        let parts = tail.split(separator: "signing:")
        let faults = parts[1].split(separator: "faults:")[1]
        let bank = try TestBank(
            extra: "startDate: 2026-01-01\ncalendar:\(parts[0])faults:\(faults)")
        let date = "2026-01-0\(days + 1)"
        let times = ["early": "01:00", "night": "02:30", "late": "17:30"]
        for (name, answer) in expected.sorted(by: { times[$0.key] ?? "" < times[$1.key] ?? "" }) {
            let body = "{\"businessDate\":\"\(date)\",\"time\":\"\(times[name] ?? "")\"}"
            _ = try bank.call("POST", "/admin/v1/clock", body)
            let reply = try bank.call(
                "POST", "/v1/funding-requests",
                Sample.request("K-\(name)", loan: "L-\(name)", on: date))
            let said = reply?.body["reasonCode"]?.text ?? reply?.body["state"]?.text ?? ""
            #expect("\(reply?.status ?? 0) \(said)" == answer)
        }
    }
}

@Suite struct PlainTermsTests {
    @Test(arguments: [
        "equal-instalment", "equal-principal",
    ])
    func `terms that are plain always have a schedule`(method: String) throws {
        var tried = 0
        for principal in ["0.01", "1.00", "999999.99", "10000000000.00"] {
            for rate in ["0", "0.000001", "12", "100"] {
                for (instalments, unit, days) in [
                    (1, "months", "30/360"), (600, "months", "30/360"), (99, "years", "30/360"),
                    (600, "weeks", "ACT/365F"), (60, "months", "ACT/365F"),
                ] {
                    let extra =
                        ",\"every\":{\"count\":1,\"unit\":\"\(unit)\"},\"dayCount\":\"\(days)\""
                    let terms = try Sample.terms(
                        principal: principal, rate: rate, method: method,
                        instalments: instalments, extra: extra)
                    #expect(terms.isPlain)
                    tried += 1
                    for computation in [LenderComputation.scale, .perInstalment, .ownSchedule] {
                        let share = try ShareOfLoan(
                            terms: terms, amount: terms.principal, start: terms.disbursedOn,
                            computation: computation, own: OwnRounding())
                        #expect(share.instalments.count == instalments)
                    }
                }
            }
        }
        #expect(tried == 80)
    }

    @Test func `terms at the limits are tried out`() throws {
        #expect(try !Sample.terms(principal: "10000000000.01").isPlain)
        #expect(try !Sample.terms(rate: "100.01").isPlain)
    }
}
