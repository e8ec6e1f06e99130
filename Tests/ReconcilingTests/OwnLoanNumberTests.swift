import BusinessCalendar
import Reconciling
import TestSupport
import Testing

/// Lines that name a loan by the partner's own number.
struct OwnLoanNumberTests {
    private let known = [LoanNumber(number: "H-77", loan: "L-1")]

    /// One payment and its balance; theirs name the loan so.
    private func day(_ name: String, _ numbers: [LoanNumber]) -> Day {
        var day = Day()
        day.numbers = numbers
        day.ourPayments = [Samples.payment("P")]
        day.theirPayments = [Samples.payment("P", loan: name)]
        day.ourBalances = [Samples.balance()]
        day.theirBalances = [Samples.balance(name)]
        return day
    }

    @Test func `a line that carries the partner's number alone is a line of our loan`() throws {
        let result = try day("H-77", known).result()
        #expect(result.explained.isEmpty)
        let matches = result.files.flatMap(\.matches)
        #expect(matches.count == 2)
        #expect(matches.allSatisfy { $0.theirs.record.readBy == "H-77" })
        #expect(matches.flatMap(\.claims).map(\.readBy) == ["", "H-77", "", "H-77"])
        #expect(result.closings.map(\.loan) == ["L-1"])
    }

    @Test func `a number nobody told is no loan of ours`() throws {
        let kinds = try day("H-77", []).reconciled().map(\.found.kind)
        #expect(kinds == [.field, .theirsOnly, .oursOnly])
    }

    @Test func `a number that was told of two loans is used for none`() throws {
        let numbers = known + [LoanNumber(number: "H-77", loan: "L-2")]
        let unread = try day("H-77", numbers).reconciled()
        #expect(unread.count == 3)
        #expect(unread.allSatisfy { $0.found.theirs?.record.readBy ?? "" == "" })
        let twice = known + known
        #expect(try day("H-77", twice).reconciled().isEmpty, "the same said again")
    }

    @Test func `an id of ours is never taken for a number`() throws {
        var day = day("L-1", [LoanNumber(number: "L-1", loan: "L-2")])
        day.ourPayments.append(Samples.payment("Q", loan: "L-2"))
        day.theirPayments.append(Samples.payment("Q", loan: "L-2"))
        #expect(try day.reconciled().isEmpty)
    }

    @Test(arguments: ["", "LC-00l", "H-77"])
    func `a mangled id is read by the number beside it`(name: String) throws {
        var day = Day()
        day.ourDisbursements = [Samples.disbursement("R", principal: 100, number: "H-77")]
        day.theirDisbursements = [
            Samples.disbursement("R", loan: name, principal: 100, number: "H-77")
        ]
        day.ourPayments = [Samples.payment("P")]
        day.theirPayments = [Samples.payment("P", loan: "H-77")]
        let result = try day.result()
        #expect(result.explained.isEmpty)
        #expect(result.files[0].matches.map(\.theirs.record.readBy) == ["H-77"])
    }

    @Test func `another loan of ours beside a known number stays a break`() throws {
        var day = Day()
        day.ourDisbursements = [
            Samples.disbursement("R", principal: 100, number: "H-77"),
            Samples.disbursement("S", loan: "L-2", principal: 100, number: "H-78"),
        ]
        day.theirDisbursements = [
            Samples.disbursement("R", loan: "L-2", principal: 100, number: "H-77"),
            Samples.disbursement("S", loan: "L-2", principal: 100, number: "H-78"),
        ]
        #expect(try day.reconciled().map(\.found.kind) == [.field])
    }

    @Test func `a number is learned from a request that both have, whatever it calls the loan`()
        throws
    {
        let theirs = [
            Samples.disbursement("R", loan: "?", principal: 100, number: "H-77"),
            Samples.disbursement("T", loan: "L-3", principal: 100, number: "H-79"),
        ]
        let day = PartnerDay(
            partner: "harbor", businessDate: Samples.date,
            files: [
                FilePair(
                    layout: .disbursements,
                    ours: [Samples.disbursement("R", principal: 100, number: "H-76")],
                    theirs: theirs, manifest: nil)
            ], computation: .scale, hash: Samples.hash)
        #expect(
            day.taughtNumbers == [
                LoanNumber(number: "H-76", loan: "L-1"), LoanNumber(number: "H-77", loan: "L-1"),
            ])
        #expect(day.strangers == ["?", "H-77", "L-3", "H-79"])
    }

    @Test func `a break of such a line says by which number it was read`() throws {
        var day = day("H-77", known)
        day.theirPayments = [Samples.payment("P", loan: "H-77", interest: 9_000)]
        let found = try #require(try day.reconciled().first)
        #expect(found.found.kind == .amount)
        #expect(
            found.explanation.sentence.contains("harbor names the loan by its own number H-77;"))
    }

    @Test func `one row by our id and one by the number are a line too many`() throws {
        var day = day("H-77", known)
        day.theirBalances = [Samples.balance(), Samples.balance("H-77")]
        #expect(try day.reconciled().map(\.found.kind) == [.duplicateTheirs])
    }

    @Test(arguments: 0..<20)
    func `whatever names are exchanged, every line is claimed once`(number: Int) throws {
        var random = SeededCase(number: number).generator
        let names = ["L-1", "L-2", "L-3", "H-1", "H-2", "", "?"]
        var day = Day()
        day.numbers = (0..<random.pick(0...4)).map { _ in
            LoanNumber(number: random.pick(names), loan: random.pick(["L-1", "L-2", "L-3"]))
        }
        day.ourPayments = (0..<6).map { Samples.payment("P\($0)", loan: "L-\($0 % 3 + 1)") }
        day.theirPayments = (0..<6).map { Samples.payment("P\($0)", loan: random.pick(names)) }
        let forwards = try day.result()
        day.theirPayments.reverse()
        let backwards = try day.result()
        #expect(forwards.explained.summary == backwards.explained.summary)
        for result in forwards.files {
            let claims = result.matches.flatMap(\.claims) + result.breaks.flatMap(\.claims)
            #expect(Set(claims).count == claims.count)
            #expect(claims.count == result.ourRows + (result.theirRows ?? 0))
        }
    }
}
