import LendingRules
import Monetary
import Testing

/// The worked examples of the article `Servicing`, each computed anew.
struct ServicingArticleTests {
    @Test func `every example comes out as the article says`() throws {
        let rows = try WorkedRow.rows(of: "Servicing")
        #expect(rows.count >= 45)
        for row in rows { row.expect(try Story(row.terms, row.facts).told(row.date)) }
    }

    @Test func `every word of a convention has its example`() throws {
        let text = try WorkedRow.text(of: "Servicing")
        let words =
            EarlyRepaymentEffect.allCases.map(\.rawValue)
            + AllocationTerms.Order.allCases.map(\.rawValue)
            + [Pricing.Name.ownRates, .blended].map(\.rawValue)
            + [LenderComputation.Name.perInstalment, .ownSchedule].map(\.rawValue)
            + Pricing.SpreadOrder.allCases.map(\.rawValue)
            + ServiceFee.Base.allCases.map(\.rawValue)
        for word in words { #expect(text.contains("\"\(word)\""), "\(word) has no example") }
    }
}

extension Story {
    /// What there is to tell of a date: the borrower's buckets, and what each lender has been paid.
    func told(_ date: String) throws -> Words {
        let position = try position(date)
        func sum(_ bucket: (LenderPosition) -> Int64) -> String {
            Story.text(position.lenders.reduce(0) { $0 + bucket($1) })
        }
        var told: Words = [
            "principal": sum(\.principal), "overduePrincipal": sum(\.overduePrincipal),
            "interest": sum(\.interest), "overdueInterest": sum(\.overdueInterest),
            "penalty": sum(\.penalty), "penaltyOnInterest": sum(\.penaltyOnInterest),
            "fee": sum(\.paid.fee), "unallocated": Story.text(position.unallocated),
            "dpd": position.daysPastDue,
            "accrual": position.isNonAccrual ? "non-accrual" : "accrual",
            "plan": try plan(date).joined(separator: ", "),
            "payoff": Story.text(try payoff(date).total),
            "serviceFee": sum { $0.serviceFees.reduce(0, +) },
        ]
        for (party, lender) in zip(contract.lenders, position.lenders) {
            let parts = [
                lender.paid.allPrincipal, lender.paid.allInterest, lender.paid.allPenalty,
            ]
            told[party.name] = parts.map(Story.text).joined(separator: "/")
            told["\(party.name)Holds"] = Story.text(lender.claims.allPrincipal)
        }
        return told
    }
}
