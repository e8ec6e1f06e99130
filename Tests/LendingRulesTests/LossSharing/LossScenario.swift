import Bookkeeping
import BusinessCalendar
import Foundation
import LendingRules
import Monetary
import TestSupport
import Testing

/// The small loan of ``Story`` under an agreement that shares losses, closed day by day.
///
/// The platform lent 360.00 and harbor 840.00; keystone lends nothing. Terms are written as in an
/// agreement's file, in JSON.
struct LossScenario {
    let story: Story
    let terms: LossTerms
    /// Facts of the story and what closes have decided, up to the date that is told.
    private(set) var facts: [LoanFact] = []
    private(set) var decided: [LoanFact] = []
    private(set) var draws: [(date: BusinessDate, draw: LossDraw)] = []
    private(set) var covers: [CoverID: CoverAccount] = [:]

    /// Closes every date from the disbursement to `last`, such as `03-15`.
    init(_ terms: Story.Words, _ text: String, to last: String) throws {
        let plain = try Story(text, lent: [36_000, 84_000, 0])
        let terms = try LossTerms(terms)
        self.terms = terms
        story =
            terms.collectionCosts == .advanced
            ? plain
            : try plain.served(fees: plain.contract.serviceFees) {
                $0.collectionCosts = terms.collectionCosts
            }
        var date = story.contract.disbursedOn
        let end = Story.date(last)
        while date <= end {
            try close(date)
            date = date.adding(days: 1)
        }
    }

    private mutating func close(_ date: BusinessDate) throws {
        facts += story.facts.filter { $0.bookingDate == date }
        if date == story.contract.disbursedOn {
            facts.append(
                LoanFact(
                    id: "D", kind: .disbursed, valueDate: date, bookingDate: date, instant: -1))
        }
        var day = LossClose(on: date, covers: covers, by: coverTerms)
        try day.take(story.contract, facts, under: terms)
        let result = try day.decided()
        facts += result.facts.map(\.fact)
        decided += result.facts.map(\.fact)
        draws += result.draws.map { (date, $0) }
        for cover in result.covers { covers[cover.id] = cover.account }
    }

    private var coverTerms: [CoverID: CoverTerms] {
        var all: [CoverID: CoverTerms] = [:]
        for id in covers.keys { all[id] = terms.cover(of: id) }
        return all
    }

    /// The story with what was decided.
    var whole: Story { Story(contract: story.contract, facts: facts) }
}

extension LossScenario {
    /// What there is to tell of a date.
    func told(_ date: String) throws -> Story.Words {
        let position = try whole.position(date)
        var told: Story.Words = [
            "decided": decided.compactMap(Self.words).joined(separator: ", "),
            "settles": try settles(date), "covers": coverWords, "entries": try entries(date),
            "refused": draws.compactMap { entry in
                entry.draw.shortfall.map {
                    "\(Story.text(of: entry.date)) \(entry.draw.layer) \($0.rawValue)"
                }
            }.joined(separator: ", "),
        ]
        for (lender, party) in zip(position.lenders, story.contract.lenders) {
            let claims = lender.claims
            told[party.name] =
                [claims.allPrincipal, claims.allInterest, claims.allPenalty].map(Story.text)
                .joined(separator: "/")
        }
        return told
    }

    /// `03-03 invocation keystone>harbor 100.00`, or with what moves: `… 840.00/12.40`.
    private static func words(_ fact: LoanFact) -> String? {
        let corrected = fact.correctedDecision ?? ""
        let date =
            Story.text(of: fact.valueDate) + (corrected.isEmpty ? "" : " correction of")
        switch fact.kind {
        case .assigned(let assignment):
            let claims = assignment.claims
            var words =
                "\(date) \(assignment.reason.rawValue) \(assignment.from)>\(assignment.to) "
                + "\(Story.text(claims.principal))/\(Story.text(claims.interest))"
            if claims.penalty != 0 { words += "/\(Story.text(claims.penalty))" }
            let par = claims.principal + claims.interest + claims.penalty + claims.fee
            if assignment.price != par {
                words += " at \(Story.text(assignment.price))"
            }
            return words
        case .indemnified(let indemnity):
            return "\(date) \(indemnity.reason.rawValue) \(indemnity.payer)>\(indemnity.payee) "
                + Story.text(indemnity.amount)
        case .chargeOff(let claims, _):
            return "\(date) charge-off \(Story.text(claims.principal))/"
                + Story.text(claims.interest)
        default: return nil
        }
    }

    /// Ceiling, available, invoked and unabsorbed of each cover.
    private var coverWords: String {
        covers.sorted { $0.key < $1.key }.map { id, account in
            let name = id.key.isEmpty ? id.layer : "\(id.layer)/\(id.key)"
            let amounts = [
                account.ceiling, account.available, account.invoked, account.unabsorbed,
            ]
            return "\(name) \(amounts.map(Story.text).joined(separator: "/"))"
        }.joined(separator: ", ")
    }

    /// What the platform pays each party for the date, by type; below zero what it is paid.
    private func settles(_ date: String) throws -> String {
        var sums: [String: Int64] = [:]
        for line in try postings(date) where line.posting.book == story.contract.platform.book {
            guard line.posting.account == .dueToFrom, let other = line.posting.counterparty,
                let type = ObligationType(line.kind)
            else { continue }
            sums["\(other) \(type.rawValue)", default: 0] -= line.posting.amount
        }
        return sums.filter { $0.value != 0 }.sorted { $0.key < $1.key }
            .map { "\($0.key) \(Story.text($0.value))" }.joined(separator: ", ")
    }

    /// Entries of losses, `book account amount`.
    private func entries(_ date: String) throws -> String {
        let quiet: Set<EntryKind> = [.accrual, .overdue, .penalty, .disbursement, .payout]
        return try postings(date).filter { !quiet.contains($0.kind) }.map {
            "\($0.posting.book) \($0.posting.account) \(Story.text($0.posting.amount))"
        }.joined(separator: ", ")
    }

    private func postings(_ date: String) throws -> [KindedPosting] {
        let isFirst = Story.date(date) == story.contract.disbursedOn
        let eve = Story.text(of: Story.date(date).adding(days: -1))
        return LoanPostings.difference(
            of: story.contract, from: isFirst ? nil : try whole.position(eve),
            to: try whole.position(date))
    }
}
