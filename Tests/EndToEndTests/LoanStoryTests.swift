import Foundation
import TestSupport
import Testing

/// The life of a loan, as it was known at the end of any date.
struct LoanStoryTests {
    private func stories(_ on: String) async throws -> [Object] {
        let run = try await DemoRun.first.value
        var stories: [Object] = []
        for loan in try await run.colend("loans list").json(as: [Object].self).prefix(16) {
            let id = try #require(loan["loan"] as? String)
            stories.append(
                try await run.colend("loans show \(id) --on \(on)").json(as: Object.self))
        }
        return stories
    }

    private func list(_ story: Object, _ name: String) throws -> [Object] {
        try #require(story[name] as? [Object])
    }

    @Test(arguments: ["2026-01-20", "2026-02-06", "2026-02-09"])
    func `each payment goes to its claims without a cent left over`(date: String) async throws {
        var (count, placed) = (0, 0)
        for story in try await stories(date) {
            for payment in try list(story, "payments") {
                let steps = try list(payment, "steps")
                let paid = try steps.reduce(0) { $0 + (try cents($1["amount"])) }
                let waits = try cents(payment["unallocated"])
                #expect(try paid + waits == cents(payment["received"]))
                for step in steps {
                    let parts = try #require(step["parts"] as? [String: String])
                    let shares = try parts.values.reduce(0) { $0 + (try cents($1)) }
                    #expect(try shares == cents(step["amount"]))
                    count += 1
                    // What a lender computes by itself lies on no scale.
                    guard step["scaleFrom"] is String else { continue }
                    let (from, to) = (try cents(step["scaleFrom"]), try cents(step["scaleTo"]))
                    #expect(try to - from == cents(step["amount"]))
                    placed += 1
                }
            }
        }
        if date > "2026-02-05" { #expect(count > 10 && placed > 5) }
    }

    @Test(arguments: ["2026-01-20", "2026-02-09"])
    func `postings balance in every book and sum to the position`(date: String) async throws {
        for story in try await stories(date) {
            var books: [String: Int] = [:]
            var principal: [String: Int] = [:]
            for stretch in try list(story, "postings") {
                #expect(try #require(stretch["through"] as? String) <= date)
                for line in try list(stretch, "lines") {
                    let book = try #require(line["book"] as? String)
                    books[book, default: 0] += try cents(line["amount"])
                    if ["1110", "1120"].contains(line["account"] as? String) {
                        principal[book, default: 0] += try cents(line["amount"])
                    }
                }
            }
            #expect(books.values.allSatisfy { $0 == 0 })
            guard let position = story["position"] as? Object else { continue }
            for lender in try list(position, "lenders") {
                let held = try cents(lender["principal"]) + cents(lender["overduePrincipal"])
                #expect(principal[try #require(lender["party"] as? String)] ?? 0 == held)
            }
        }
    }

    @Test func `instalments are open, due, overdue or paid by what had come`() async throws {
        var states: Set<String> = []
        for date in ["2026-01-20", "2026-02-05", "2026-02-09"] {
            for story in try await stories(date) {
                guard let schedule = story["schedule"] as? Object, story["position"] is Object
                else { continue }
                for line in try list(schedule, "instalments") {
                    let state = try #require(line["state"] as? String)
                    let dueOn = try #require(line["dueOn"] as? String)
                    states.insert(state)
                    let routes = ["paid", "waived", "writtenOff", "replanned", "unbilled", "open"]
                    let told = try routes.reduce(0) { $0 + (try cents(line[$1])) }
                    #expect(
                        try told == cents(line["principal"]) + cents(line["interest"]))
                    #expect(
                        try cents(line["open"])
                            == cents(line["openPrincipal"]) + cents(line["openInterest"]))
                    switch state {
                    case "paid", "settled", "written-off", "cancelled":
                        #expect(try cents(line["open"]) == 0)
                    case "overdue": #expect(dueOn < date)
                    case "due": #expect(dueOn == date)
                    default: #expect(dueOn > date)
                    }
                }
            }
        }
        #expect(states.isSuperset(of: ["open", "overdue", "paid"]))
    }

    @Test func `a date tells what was known then`() async throws {
        let run = try await DemoRun.first.value
        let loan = try await run.loan("disbursed", paid: true)
        let early = try await run.colend("loans show \(loan) --on 2026-01-20")
            .json(as: Object.self)
        let late = try await run.colend("loans show \(loan)").json(as: Object.self)
        #expect(early["on"] as? String == "2026-01-20" && early["closed"] as? Bool == true)
        #expect(late["on"] as? String == "2026-02-09")
        let (first, all) = (try list(early, "facts"), try list(late, "facts"))
        #expect(first.count < all.count)
        #expect(first.allSatisfy { ($0["bookingDate"] as? String ?? "9") <= "2026-01-20" })
        let open = try await run.colend("loans show \(loan) --on 2026-03-01")
            .json(as: Object.self)
        #expect(open["closed"] as? Bool == false)
        let before = try await run.colend("loans show \(loan) --on 2025-12-31")
        #expect(before.exit == 1 && before.codes == ["QUERY-002"])
        #expect(before.errors.contains("the books, which begin on 2026-01-01; "))
    }

    @Test func `the disbursement tells what was lent`() async throws {
        let run = try await DemoRun.first.value
        let loan = try await run.loan("disbursed")
        let shown = try await run.colend("loans show \(loan)").json(as: Object.self)
        let lent = try list(shown, "facts").first { $0["kind"] as? String == "disbursed" }
        let terms = try #require(shown["loan"] as? Object)
        #expect(lent?["amount"] as? String == terms["principal"] as? String)
    }

    @Test func `a cancelled loan claims no service fee`() async throws {
        let run = try await DemoRun.first.value.copied()
        let all = try await run.colend("loans list").json(as: [Object].self)
        let loan = try #require(
            all.first { $0["state"] as? String == "disbursed" }?["loan"] as? String)
        // A word of the rule that no line break parts.
        let fee = "running"
        let paid = try await run.loan("disbursed", paid: true)
        #expect(
            try await run.colend("loans show \(paid) --output table").output.contains(fee))
        let fact =
            #"{"id":"X1","kind":"payout-returned","loan":"\#(loan)","valueDate":"2026-02-10","#
            + #""at":"2026-02-10T01:00:00Z"}"#
        let taken = try await run.colend("facts import -", input: fact + "\n")
        #expect(taken.exit == 0, "\(taken.errors)")
        let told = try await run.colend("loans show \(loan) --on 2026-02-10 --output table")
        #expect(told.exit == 0 && !told.output.contains(fee), "\(told.errors)")
    }

    @Test func `a date that is none is refused`() async throws {
        let outcome = try await DemoRun.first.value.colend("loans show X --on tomorrow")
        #expect(outcome.exit == 64 && outcome.codes == ["USAGE-001"])
    }

    @Test func `colour says what is paid and what is late, and only on demand`() async throws {
        let run = try await DemoRun.first.value
        let loan = try await run.loan("disbursed", paid: true)
        let plain = try await run.colend("loans show \(loan) --output table").output
        let coloured = try await run.colend("loans show \(loan) --output table --color always")
            .output
        #expect(!plain.contains("\u{1B}"))
        #expect(coloured.contains("\u{1B}[2m"))
        let stripped = coloured.split(separator: "\u{1B}", omittingEmptySubsequences: false)
        let text =
            stripped[0]
            + stripped.dropFirst().map { $0.drop { $0 != "m" }.dropFirst() }
            .joined()
        #expect(text == plain)
    }
}
