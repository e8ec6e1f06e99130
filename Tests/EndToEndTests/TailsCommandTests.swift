import TestSupport
import Testing

/// `report tails` on the small demo, in which meridian computes instalment by instalment.
struct TailsCommandTests {
    private func tails(_ run: DemoRun, _ words: String) async throws -> [Object] {
        try await run.colend("report tails \(words) --output json").json(as: [Object].self)
    }

    /// The tails of the first date in February that has some.
    private func firstDay(_ run: DemoRun) async throws -> (date: String, tails: [Object]) {
        for day in 1...8 {
            let date = "2026-02-0\(day)"
            let tails = try await tails(run, "--date \(date)")
            if !tails.isEmpty { return (date, tails) }
        }
        return ("", [])
    }

    @Test func `the lines of a loan sum to nothing, and name who computes how`() async throws {
        let (date, tails) = try await firstDay(try await DemoRun.first.value)
        #expect(!tails.isEmpty)
        var sums: [String: Int] = [:]
        for tail in tails {
            let loan = try #require(tail["loan"] as? String)
            sums[loan, default: 0] += try cents(tail["principal"]) + cents(tail["interest"])
            #expect(tail["date"] as? String == date && tail["currency"] as? String == "USD")
            let isOwn = tail["lender"] as? String == "meridian"
            #expect(tail["computation"] as? String == (isOwn ? "per-instalment" : "scale"))
            #expect(tail["residueHolder"] as? Bool == (tail["lender"] as? String == "platform"))
        }
        #expect(sums.values.allSatisfy { $0 == 0 }, "\(sums)")
    }

    @Test func `a lender's lines are its own`() async throws {
        let run = try await DemoRun.first.value
        let (date, all) = try await firstDay(run)
        let own = try await tails(run, "--date \(date) --partner meridian")
        #expect(!own.isEmpty && own.count < all.count)
        #expect(own.allSatisfy { $0["lender"] as? String == "meridian" })
        #expect(try await tails(run, "--date \(date) --partner summit").isEmpty)
    }

    @Test func `a date that is not closed has none, and a stranger neither`() async throws {
        let run = try await DemoRun.first.value
        let late = try await run.colend("report tails --date 2027-01-01")
        #expect(late.exit == 1 && late.codes == ["QUERY-002"], "\(late.errors)")
        let stranger = try await run.colend("report tails --partner nobody")
        #expect(stranger.exit != 0 && stranger.output.isEmpty, "\(stranger.errors)")
    }
}
