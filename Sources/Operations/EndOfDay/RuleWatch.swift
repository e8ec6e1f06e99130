package import BusinessCalendar
package import LendingRules
import Monetary

/// What a close holds against rules, and where it keeps what they find.
package protocol RuleWatchStore: Sendable {
    /// Principal that lenders' books show at the end of a date that is posted.
    func lent(through date: BusinessDate) async throws -> [LentPrincipal]
    /// Keeps findings; what is kept already stays as it is.
    func keep(_ findings: [KeptFinding]) async throws
}

/// Holds the books of banks against the rules of the agreements under which they lend, when a date
/// is closed.
struct RuleWatch: Sendable {
    let store: any RuleWatchStore
    let catalogue: Catalogue

    /// What rules find of a date that is posted, in order; it is kept.
    func run(_ date: BusinessDate) async throws -> [KeptFinding] {
        let agreements = catalogue.agreements(on: date).map(\.terms)
        guard agreements.contains(where: looksAtBooks) else { return [] }
        var outstanding: [Book: Int128] = [:]
        for lent in try await store.lent(through: date) where lent.party != catalogue.platform {
            outstanding[Book(party: lent.party, currency: lent.currency), default: 0] +=
                Int128(lent.amount)
        }
        let findings = outstanding.flatMap { book, amount in
            self.findings(of: book, Int64(clamping: amount), agreements, date)
        }.sorted()
        if !findings.isEmpty { try await store.keep(findings) }
        return findings
    }

    /// A bank's joint loans in one currency.
    private struct Book: Hashable {
        let party: PartyID
        let currency: Currency
    }

    private func looksAtBooks(_ agreement: Agreement) -> Bool {
        catalogue.rules.packs.contains { pack in
            agreement.rulePacks.contains(pack.name)
                && pack.rules.contains {
                    $0.moments.contains(.close) && $0.measure.subjects.contains(.book)
                }
        }
    }

    private func findings(
        of book: Book, _ outstanding: Int64, _ agreements: [Agreement], _ date: BusinessDate
    ) -> [KeptFinding] {
        let packs = agreements.filter { agreement in
            agreement.currency == book.currency
                && agreement.lenders.contains { $0.party == book.party }
        }.flatMap(\.rulePacks)
        let subject = BookSubject(
            date: date, currency: book.currency, bank: catalogue.rules.facts(of: book.party),
            outstanding: outstanding)
        return catalogue.rules.findings(for: .book(subject), under: packs).map {
            KeptFinding($0, of: "book of \(book.party) in \(book.currency)", on: date)
        }
    }
}
