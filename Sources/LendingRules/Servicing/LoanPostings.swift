import Bookkeeping
import Monetary

/// The entries that turn one position into the next (RULES § 8); who pays the borrower is the
/// contract's ``DisbursementWay``.
package struct LoanPostings {
    let contract: LoanContract
    private var lines: [KindedPosting] = []

    private init(_ contract: LoanContract) { self.contract = contract }

    /// Postings of `after − before`; a loan without a position before is disbursed by them.
    ///
    /// Every kind balances in each book and mirrors between each pair.
    package static func difference(
        of contract: LoanContract, from before: LoanPosition?, to after: LoanPosition
    ) -> [KindedPosting] {
        var postings = LoanPostings(contract)
        var fresh = LenderPosition()
        fresh.serviceFees = [Int64](repeating: 0, count: contract.serviceFees.count)
        let whole = after.disbursed - (before?.disbursed ?? 0)
        for (index, now) in after.lenders.enumerated() {
            let past = before?.lenders[index] ?? fresh
            let lender = contract.lenders[index]
            postings.disburse(now.disbursed - past.disbursed, of: whole, lender)
            postings.accrue(from: past, to: now, lender)
            postings.transfer(
                now.transferred - past.transferred - after.assigned(index)
                    + (before?.assigned(index) ?? Components()), lender)
            postings.repay(now.paid - past.paid, lender)
            postings.capitalise(now.capitalised - past.capitalised, lender)
            postings.chargeOff(now.chargedOff - past.chargedOff, lender)
            postings.recover((now.recovered - past.recovered).total, lender)
            for (number, fee) in contract.serviceFees.enumerated() where fee.payer == lender {
                postings.charge(fee, from: past.serviceFees[number], to: now.serviceFees[number])
            }
        }
        postings.assign(from: before, to: after)
        postings.indemnify(from: before, to: after)
        postings.acquire(from: before, to: after)
        postings.suspend(from: before, to: after)
        postings.payOut(from: before, to: after, whole)
        postings.collect(from: before, to: after)
        postings.waive(from: before, to: after)
        postings.shareCosts(from: before, to: after)
        postings.moveCash(from: before?.cash ?? SideCash(), to: after.cash)
        return postings.lines
    }

    mutating func post(
        _ kind: EntryKind, _ party: PartyID, _ account: Account, _ amount: Int64,
        with counterparty: PartyID? = nil
    ) {
        guard amount != 0 else { return }
        lines.append(
            KindedPosting(
                kind,
                Posting(
                    book: party.book, account: account, counterparty: counterparty?.book,
                    currency: contract.currency, amount: amount)))
    }

    /// Debits `debtor`'s and credits `creditor`'s side of what the one owes the other.
    mutating func owe(
        _ kind: EntryKind, debtor: PartyID, creditor: PartyID, _ amount: Int64
    ) {
        post(kind, creditor, .dueToFrom, amount, with: debtor)
        post(kind, debtor, .dueToFrom, -amount, with: creditor)
    }
}

extension LoanPostings {
    /// The claim, and what the lender owes the platform for it or has had there: its share less
    /// what it pays the borrower itself.
    private mutating func disburse(_ amount: Int64, of whole: Int64, _ lender: PartyID) {
        post(.disbursement, lender, .principal, amount)
        guard lender != contract.platform else { return }
        let unpaid = amount - paid(by: lender, lending: amount, of: whole)
        if contract.disbursement == .reserve {
            post(.disbursement, contract.platform, .reserve, unpaid, with: lender)
            post(.disbursement, lender, .reserve, -unpaid, with: contract.platform)
        } else {
            owe(.disbursement, debtor: lender, creditor: contract.platform, unpaid)
        }
    }

    /// What each payer pays of the whole, out of its cash, through the account where it waits.
    private mutating func payOut(
        from before: LoanPosition?, to after: LoanPosition, _ whole: Int64
    ) {
        let account: Account = contract.disbursement == .escrow ? .escrow : .payoutInFlight
        var lent: [(party: PartyID, amount: Int64)] = []
        for (index, party) in contract.lenders.enumerated() {
            let past = before?.lenders[index].disbursed ?? 0
            lent.append((party, after.lenders[index].disbursed - past))
        }
        if !contract.lenders.contains(contract.platform) { lent.append((contract.platform, 0)) }
        for (party, amount) in lent {
            let amount = paid(by: party, lending: amount, of: whole)
            post(.disbursement, party, account, -amount)
            post(.payout, party, account, amount)
            post(.payout, party, .cash, -amount)
        }
    }

    private func paid(by party: PartyID, lending lent: Int64, of whole: Int64) -> Int64 {
        contract.disbursement.paid(
            by: party, lending: lent, of: whole, lenders: contract.lenders,
            platform: contract.platform)
    }

    private mutating func accrue(
        from past: LenderPosition, to now: LenderPosition, _ lender: PartyID
    ) {
        let interest = now.accruedInterest - past.accruedInterest
        post(.accrual, lender, .interest, interest)
        let spread = now.accruedSpread - past.accruedSpread
        post(.accrual, lender, .interestIncome, spread - interest)
        post(.accrual, lender, .spreadIncome, -spread)
        let penalty = now.allAccruedPenalty - past.allAccruedPenalty
        post(.penalty, lender, .penalty, penalty)
        post(.penalty, lender, .penaltyIncome, -penalty)
        let fees = now.billedFees - past.billedFees
        post(.fee, lender, .fees, fees)
        post(.fee, lender, .feeIncome, -fees)
        let principal = now.movedPrincipal - past.movedPrincipal
        post(.overdue, lender, .overduePrincipal, principal)
        post(.overdue, lender, .principal, -principal)
        let overdueInterest = now.movedInterest - past.movedInterest
        post(.overdue, lender, .overdueInterest, overdueInterest)
        post(.overdue, lender, .interest, -overdueInterest)
    }

    private mutating func repay(_ part: Components, _ lender: PartyID) {
        reduce(.repayment, part, lender)
        guard lender != contract.platform else { return }
        owe(.repayment, debtor: contract.platform, creditor: lender, part.total)
    }

    /// Credits the claims of a book, each in its bucket.
    mutating func reduce(_ kind: EntryKind, _ part: Components, _ lender: PartyID) {
        post(kind, lender, .principal, -part.principal)
        post(kind, lender, .overduePrincipal, -part.overduePrincipal)
        post(kind, lender, .interest, -part.interest)
        post(kind, lender, .overdueInterest, -part.overdueInterest)
        post(kind, lender, .penalty, -part.allPenalty)
        post(kind, lender, .fees, -part.fee)
    }

    private mutating func charge(_ fee: ServiceFee, from past: Int64, to now: Int64) {
        guard fee.payer != fee.payee else { return }
        let (amount, tax) = (now - past, fee.tax(within: now) - fee.tax(within: past))
        post(.serviceFee, fee.payer, .serviceFeeExpense, amount)
        post(.serviceFee, fee.payee, .serviceFeeIncome, tax - amount)
        post(.serviceFee, fee.payee, .tax, -tax)
        owe(.serviceFee, debtor: fee.payer, creditor: fee.payee, amount)
    }

    private mutating func collect(from before: LoanPosition?, to after: LoanPosition) {
        post(
            .repayment, contract.platform, .cash, after.received - (before?.received ?? 0))
        post(
            .repayment, contract.platform, .unallocated, (before?.waiting ?? 0) - after.waiting)
    }
}

extension LenderPosition {
    fileprivate var allAccruedPenalty: Int64 { accruedPenalty + accruedPenaltyOnInterest }
}

extension LoanPosition {
    fileprivate var disbursed: Int64 { lenders.reduce(0) { $0 + $1.disbursed } }
    fileprivate var received: Int64 { payments.reduce(0) { $0 + $1.received } }
}
