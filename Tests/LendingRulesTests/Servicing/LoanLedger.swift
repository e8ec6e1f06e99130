import Bookkeeping
import LendingRules
import Monetary
import TestSupport

/// Everything posted for one loan so far, summed by book and account.
struct LoanLedger {
    private var sums: [String: Int64] = [:]

    /// Adds the postings of one close: each kind must balance in each book and mirror in each pair.
    mutating func add(_ postings: [KindedPosting]) throws {
        for kind in EntryKind.allCases {
            _ = try PostingGroup(postings.filter { $0.kind == kind }.map(\.posting))
        }
        for posting in postings.map(\.posting) {
            sums[Self.key(posting.book, posting.account, posting.counterparty), default: 0] +=
                posting.amount
        }
    }

    /// The sums of the accounts are the buckets of the position: opening + movements = closing.
    func check(_ position: LoanPosition, of contract: LoanContract) throws {
        for (party, lender) in zip(contract.lenders, position.lenders) {
            let expected: [(Account, Int64)] = [
                (.principal, lender.principal), (.overduePrincipal, lender.overduePrincipal),
                (.interest, lender.interest), (.overdueInterest, lender.overdueInterest),
                (.penalty, lender.penalty), (.interestIncome, -lender.accruedInterest),
                (.penaltyIncome, -lender.accruedPenalty),
                (.serviceFeeExpense, lender.serviceFees.reduce(0, +)),
            ]
            for (account, amount) in expected {
                try hold(balance(party, account) == amount, "\(party) \(account) is not \(amount)")
            }
        }
        try check(platform: contract.platform, position, of: contract)
    }

    private func check(
        platform: PartyID, _ position: LoanPosition, of contract: LoanContract
    ) throws {
        let expected: [(Account, Int64)] = [
            (.cash, position.received - contract.schedule.terms.principal),
            (.unallocated, -position.unallocated), (.payoutInFlight, 0),
        ]
        for (account, amount) in expected {
            try hold(
                balance(platform, account) == amount, "\(platform) \(account) is not \(amount)")
        }
        for (party, lender) in zip(contract.lenders, position.lenders) where party != platform {
            let owed = lender.disbursed - lender.paid.total + lender.serviceFees.reduce(0, +)
            try hold(
                balance(platform, .dueToFrom, with: party) == owed,
                "\(party) does not owe the platform \(owed)")
        }
    }

    private func balance(_ party: PartyID, _ account: Account, with other: PartyID? = nil) -> Int64
    {
        sums[Self.key(party.book, account, other?.book), default: 0]
    }

    private static func key(_ book: BookID, _ account: Account, _ other: BookID?) -> String {
        "\(book) \(account) \(other?.name ?? "")"
    }
}
