package import Bookkeeping
import Monetary

/// What the notes of a deal put into books, of their issuer and of those whom it pays.
///
/// Who has a book here is paid through the platform, as everybody is, and what it is paid stands in
/// its book too; who has none is paid out of the issuer's cash.
package struct NoteEntries: Hashable, Sendable {
    private let terms: DealTerms
    private let issuer: PartyID
    private let platform: PartyID
    private let booked: Set<PartyID>

    /// - Parameter booked: The parties that have a book here.
    package init(
        of terms: DealTerms, issuer: PartyID, platform: PartyID, booked: Set<PartyID>
    ) {
        self.terms = terms
        self.issuer = issuer
        self.platform = platform
        self.booked = booked
    }

    /// The notes as they are issued, at par, and the reserve that is put by of what they bring.
    package var issue: [NotePosting] {
        terms.tranches.flatMap {
            transfer(-$0.original, to: $0.holder, of: $0.name, .notesIssued, .notesHeld)
        } + reserve(terms.reserve?.initial ?? 0)
    }

    /// Everything that a payment date pays, writes down and puts by.
    package func entries(of report: PaymentReport) -> [NotePosting] {
        report.lines.flatMap(paid) + report.tranches.flatMap(written)
            + reserve((report.reserve?.closing ?? 0) - (report.reserve?.opening ?? 0))
    }

    private func paid(_ line: WaterfallLine) -> [NotePosting] {
        func pays(_ expense: Account, _ income: Account, of tranche: String) -> [NotePosting] {
            transfer(line.paid, to: line.payee, of: tranche, expense, income)
        }
        return switch line.kind {
        case .servicingFee, .expense: pays(.serviceFeeExpense, .serviceFeeIncome, of: "")
        case .interest: pays(.noteInterest, .noteIncome, of: line.name)
        case .principal, .trapped: pays(.notesIssued, .notesHeld, of: line.name)
        case .residual: pays(.poolResidual, .noteIncome, of: "")
        }
    }

    /// What losses take of a balance is the issuer's gain and the holder's loss.
    private func written(_ tranche: TrancheReport) -> [NotePosting] {
        let amount = tranche.writtenDown - tranche.writtenUp
        if tranche.holder == issuer { return [] }
        var lines = [(issuer, Account.notesIssued, amount), (issuer, .notesWrittenDown, -amount)]
        if booked.contains(tranche.holder) {
            lines += [
                (tranche.holder, .notesHeld, -amount),
                (tranche.holder, .notesWrittenDown, amount),
            ]
        }
        return lines.map { line($0.0, $0.1, $0.2, of: tranche.name) }
    }

    /// Cash that goes into the reserve, or comes out of it below zero.
    private func reserve(_ amount: Int64) -> [NotePosting] {
        [line(issuer, .poolReserve, amount), line(issuer, .cash, -amount)]
    }

    /// The issuer pays somebody; below zero it is paid. Notes that it holds itself are none.
    private func transfer(
        _ amount: Int64, to payee: PartyID, of tranche: String, _ own: Account, _ other: Account
    ) -> [NotePosting] {
        if payee == issuer { return [] }
        let debit = line(issuer, own, amount, of: tranche)
        guard booked.contains(payee) else {
            return [debit, line(issuer, .cash, -amount, of: tranche)]
        }
        var way = [issuer, platform, payee]
        if issuer == platform || payee == platform { way = [issuer, payee] }
        let dues = zip(way, way.dropFirst()).flatMap { from, to in
            [
                line(from, .dueToFrom, -amount, with: to, of: tranche),
                line(to, .dueToFrom, amount, with: from, of: tranche),
            ]
        }
        return [debit] + dues + [line(payee, other, -amount, of: tranche)]
    }

    private func line(
        _ book: PartyID, _ account: Account, _ amount: Int64, with other: PartyID? = nil,
        of tranche: String = ""
    ) -> NotePosting {
        NotePosting(
            tranche: tranche,
            posting: Posting(
                book: book.book, account: account, counterparty: other?.book,
                currency: terms.currency, amount: amount))
    }
}

/// A posting for the notes of a pool.
package struct NotePosting: Hashable, Sendable {
    /// The tranche that it is of; empty for what is of the whole deal.
    package let tranche: String
    package let posting: Posting
}
