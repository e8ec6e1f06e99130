import Foundation
import LendingRules
import Monetary
import Testing

/// The worked examples of the article `Servicing`, each computed anew.
struct ServicingArticleTests {
    private static let article = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../Sources/colend/Documentation.docc/Servicing.md")

    private static let text = try? String(contentsOf: article, encoding: .utf8)

    /// A row: its terms, its facts, the date that is told and what it tells.
    private struct Example {
        let row: String
        let story: Story
        let date: String
        let expected: Story.Words

        init(_ row: Substring) throws {
            let cells = row.split(separator: "|").map {
                $0.trimmingCharacters(in: .whitespaces).replacing("`", with: "")
            }
            try #require(cells.count == 5, "\(row)")
            self.row = cells[0]
            story = try Story(try Self.object(cells[1]), cells[2])
            date = cells[3]
            expected = try Self.object(cells[4])
        }

        private static func object(_ text: String) throws -> Story.Words {
            try #require(
                JSONSerialization.jsonObject(with: Data(text.utf8)) as? Story.Words, "\(text)")
        }
    }

    private static func examples() throws -> [Example] {
        try #require(text).split(separator: "\n").filter { $0.contains("| `{") }
            .map { try Example($0) }
    }

    @Test func `every example comes out as the article says`() throws {
        let examples = try Self.examples()
        #expect(examples.count >= 45)
        for example in examples {
            let actual = try example.story.told(example.date)
            for (name, value) in example.expected {
                let found = actual[name].map { "\($0)" } ?? "nothing"
                #expect(found == "\(value)", "\(example.row): \(name)")
            }
        }
    }

    @Test func `every word of a convention has its example`() throws {
        let text = try #require(Self.text)
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
