import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary

extension Verify {
    /// What a loan's funding rests on: shares that make up the principal, acceptances of the plan's
    /// shares until the money is out, none for a loan that was given up, and the memorandum of what
    /// is asked for and not concluded.
    func checkFunding(on date: BusinessDate?) async throws -> Divergence? {
        let library = TermsLibrary(try await snapshots.snapshots())
        var asked: [Commitments: Int64] = [:]
        var last: LoanID?
        while true {
            let page = try await source.fundings(after: last, limit: Verify.page)
            guard let end = page.last else { break }
            for kept in page {
                let record = kept.funding.record
                let mode = library.agreement(record.agreementVersion)?.fundingMode
                let isStranded = mode?.transferDays != nil && kept.isStranded
                if let fault = kept.fault(isStranded: isStranded) {
                    return Divergence(.funding, on: record.bookedOn, at: record.loan.text, fault)
                }
                let isOpen = kept.isOpen || isStranded
                for request in isOpen ? kept.funding.requests.map(\.request) : [] {
                    let place = Commitments(book: request.party.book, currency: request.currency)
                    asked[place, default: 0] += request.amount
                }
            }
            last = end.funding.record.loan
        }
        return try await checkCommitments(asked, on: date)
    }

    private func checkCommitments(
        _ asked: [Commitments: Int64], on date: BusinessDate?
    ) async throws -> Divergence? {
        var kept: [Commitments: Int64] = [:]
        for balance in try await books.balances(through: nil)
        where balance.account == .commitments {
            kept[Commitments(book: balance.book, currency: balance.currency), default: 0] +=
                balance.amount
        }
        let open = try await source.closingDate() ?? date
        for place in Set(asked.keys).union(kept.keys).sorted(by: { $0.order < $1.order }) {
            let (have, want) = (kept[place] ?? 0, asked[place] ?? 0)
            if have == want { continue }
            return Divergence(
                .funding, on: open ?? BusinessDate(dayNumber: 0),
                at: "\(place.book.name) \(place.currency.code)",
                "its commitments are \(have), and \(want) is asked of it for loans on their way")
        }
        return nil
    }
}

/// Where a memorandum stands.
private struct Commitments: Hashable {
    let book: BookID
    let currency: Currency

    var order: String { "\(book.name) \(currency.code)" }
}

extension KeptFunding {
    /// The loan's funding is not concluded: its memorandum stands.
    fileprivate var isOpen: Bool {
        switch funding.state {
        case .approved, .funding, .ready, .payingOut, .payoutInDoubt, .transferring: true
        case .payoutFailed: payout == .failed
        case .disbursed, .declined, .cancelled: false
        }
    }

    /// The loan was undone before its shares were transferred, and what lenders were asked is still
    /// to be taken back.
    fileprivate var isStranded: Bool {
        [.cancelled, .payoutFailed].contains(funding.state)
            && funding.requests.contains { $0.state == .accepted || $0.state.owesAnswer }
    }

    fileprivate func fault(isStranded: Bool) -> String? {
        let total = funding.plan.total
        if total != funding.record.principal {
            return "its shares make up \(total), its principal is \(funding.record.principal)"
        }
        if isStranded { return nil }
        return isOpen ? unfitShare : unfitRequest
    }

    /// An acceptance that is not the plan's share of its lender. A part may wait for the rest of it
    /// to go to others until the loan is paid out.
    private var unfitShare: String? {
        let isUndecided = [.approved, .funding, .ready, .transferring].contains(funding.state)
        for held in funding.requests where held.state == .accepted {
            let share = funding.plan.shares.first { $0.party == held.request.party }?.amount ?? 0
            let isPart = isUndecided && held.request.acceptsPart && held.heldAmount < share
            if share == held.heldAmount || isPart { continue }
            return "request \(held.request.key) is accepted with \(held.heldAmount), its share is "
                + "\(share)"
        }
        return nil
    }

    /// A request that is still on its way to funding a loan that is given up.
    private var unfitRequest: String? {
        let isGivenUp = funding.state != .disbursed
        let open = funding.requests.first {
            isGivenUp && ($0.state == .accepted || $0.state.owesAnswer)
        }
        return open.map {
            "request \($0.request.key) is \($0.state.rawValue), and the loan "
                + funding.state.rawValue
        }
    }
}
