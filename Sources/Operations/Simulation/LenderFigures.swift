import Bookkeeping
import LendingRules

/// What loans brought a lender, cumulative, minor units: what its book and that of the platform
/// would show.
package struct LenderFigures: Hashable, Sendable {
    /// Loans of which it lent a part.
    package var loans: Int64 = 0
    /// Principal that it lent.
    package var volume: Int64 = 0
    package var interest: Int64 = 0
    /// What borrowers' interest is above that of the lenders' own rates.
    package var spread: Int64 = 0
    package var penalty: Int64 = 0
    /// Fees of borrowers.
    package var fees: Int64 = 0
    /// Service fees earned less those paid, without tax.
    package var serviceFees: Int64 = 0
    /// Written off, waived, subsidised and spent on collecting, less what was recovered.
    package var losses: Int64 = 0
    /// What the platform owes it; below zero for what it owes the platform. Principal to be paid
    /// out is a part of it; nothing that has been settled is taken off.
    package var settlement: Int64 = 0

    package init() {}

    /// All that was earned, less losses.
    package var result: Int64 { interest + spread + penalty + fees + serviceFees - losses }

    package static func += (left: inout LenderFigures, right: LenderFigures) {
        for figure in paths { left[keyPath: figure] += right[keyPath: figure] }
    }

    package static func - (left: LenderFigures, right: LenderFigures) -> LenderFigures {
        var difference = left
        for figure in paths { difference[keyPath: figure] -= right[keyPath: figure] }
        return difference
    }

    private static var paths: [WritableKeyPath<LenderFigures, Int64>] {
        [
            \.loans, \.volume, \.interest, \.spread, \.penalty, \.fees, \.serviceFees, \.losses,
            \.settlement,
        ]
    }
}

/// Figures of several lenders while loans are added.
struct FigureTally: Sendable {
    private(set) var figures: [PartyID: LenderFigures] = [:]

    /// Adds what a loan has brought by a position.
    mutating func add(_ contract: LoanContract, at position: LoanPosition) {
        var parties = contract.lenders
        if !parties.contains(contract.platform) { parties.append(contract.platform) }
        for fee in contract.serviceFees {
            for party in [fee.payer, fee.payee] where !parties.contains(party) {
                parties.append(party)
            }
        }
        var sums = [LenderFigures](repeating: LenderFigures(), count: parties.count)
        let platform = contract.platform.book
        for line in LoanPostings.difference(of: contract, from: nil, to: position) {
            let posting = line.posting
            if posting.book == platform, posting.account.isDue {
                // A debit is what the party owes.
                guard let place = parties.firstIndex(where: { $0.book == posting.counterparty })
                else { continue }
                sums[place].settlement -= posting.amount
            } else if let place = parties.firstIndex(where: { $0.book == posting.book }) {
                sums[place].post(posting)
            }
        }
        for (place, lender) in position.lenders.enumerated() where lender.disbursed > 0 {
            sums[place].loans = 1
            sums[place].volume = lender.disbursed
        }
        for (party, sum) in zip(parties, sums) {
            figures[party, default: LenderFigures()] += sum
        }
    }

    static func += (left: inout FigureTally, right: FigureTally) {
        for (party, sum) in right.figures { left.figures[party, default: LenderFigures()] += sum }
    }
}

extension LenderFigures {
    /// Adds a posting in the lender's own book; accounts that say nothing of its result are left
    /// out.
    fileprivate mutating func post(_ posting: Posting) {
        switch posting.account {
        case .interestIncome: interest -= posting.amount
        case .spreadIncome: spread -= posting.amount
        case .penaltyIncome: penalty -= posting.amount
        case .feeIncome: fees -= posting.amount
        case .serviceFeeIncome, .serviceFeeExpense: serviceFees -= posting.amount
        case .lossExpense, .waiverExpense, .subsidyExpense, .collectionCost, .recoveryIncome:
            losses += posting.amount
        default: break
        }
    }
}
