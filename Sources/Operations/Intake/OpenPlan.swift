package import LendingRules

/// What it takes to find out who lends a loan, where that is known no earlier than it is booked:
/// it depends on what other loans have taken of limits and routes.
///
/// A class, since most bookings have none.
package final class OpenPlan: Sendable {
    package let loan: Applicant
    package let agreement: Agreement
    package let terms: ScheduleTerms

    package init(loan: Applicant, agreement: Agreement, terms: ScheduleTerms) {
        self.loan = loan
        self.agreement = agreement
        self.terms = terms
    }
}

extension OpenPlan: Hashable {
    package static func == (left: OpenPlan, right: OpenPlan) -> Bool {
        left === right
            || left.loan == right.loan && left.agreement == right.agreement
                && left.terms == right.terms
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(loan) }
}

extension LoanBooking {
    /// The booking of a loan of which it is known who lends it: one planned request and one
    /// commitment for each partner's share that is funded before the payout.
    init(
        _ record: LoanRecord, _ funded: FundedLoan, terms: ScheduleTerms, _ agreement: Agreement
    ) {
        // Where shares are transferred after the payout they are asked for then.
        let partners =
            agreement.fundingMode == .beforePayout
            ? funded.plan.shares.filter { $0.party != agreement.platform } : []
        self.init(
            record: record, plan: funded.plan,
            requests: partners.map {
                FundingRequest(
                    for: $0, of: record, number: 1, terms: terms, on: record.bookedOn,
                    acceptsPart: agreement.acceptsParts)
            },
            commitments: partners.flatMap {
                Commitment.postings(
                    party: $0.party, currency: record.currency, amount: $0.amount)
            }, drawsReserve: agreement.disbursement == .reserve, routed: funded.routed,
            findings: funded.findings)
    }

    /// The booking of a loan of which it is found out when it is booked who lends it.
    package init(_ record: LoanRecord, _ open: OpenPlan) {
        self.init(
            record: record, plan: SharePlan(shares: []), requests: [], commitments: [],
            drawsReserve: open.agreement.disbursement == .reserve, open: open)
    }

    /// Who lends it, or may.
    package var takers: [PartyID] {
        open?.agreement.lenders.map(\.party) ?? plan.shares.map(\.party)
    }
}

extension FundingRun {
    /// Funds bookings in loan order: those for which there is no room, or nobody who lends them,
    /// are refused and take nothing.
    package mutating func book(_ bookings: [LoanBooking]) -> FundedBookings {
        var funded = FundedBookings()
        for booking in bookings.sorted(by: { $0.record.loan < $1.record.loan }) {
            let refusal = book(booking, &funded)
            refusal.map { funded.refused.append(LoanRefusal(loan: booking.record.loan, why: $0)) }
        }
        return funded
    }

    private mutating func book(_ booking: LoanBooking, _ funded: inout FundedBookings)
        -> FundingRefusal?
    {
        guard let open = booking.open else {
            let shortages = limits.take(booking)
            if shortages.isEmpty { funded.bookings.append(booking) }
            return shortages.isEmpty ? nil : .noRoom(shortages)
        }
        do throws(FundingRefusal) {
            let loan = try decide(open.loan, by: open.agreement)
            funded.bookings.append(
                LoanBooking(booking.record, loan, terms: open.terms, open.agreement))
            return nil
        } catch {
            return error
        }
    }
}

/// Bookings after it was decided who lends them, in loan order.
package struct FundedBookings: Sendable {
    /// Those that are lent, with their plans.
    package fileprivate(set) var bookings: [LoanBooking] = []
    package fileprivate(set) var refused: [LoanRefusal] = []

    /// What rules warn of, loan by loan.
    package var warnings: [LoanWarning] {
        bookings.flatMap { booking in
            booking.findings.map { LoanWarning(loan: booking.record.loan, finding: $0) }
        }
    }
}

/// A rule that warns of a loan, which is lent all the same.
package struct LoanWarning: Hashable, Sendable {
    package let loan: LoanID
    package let finding: RuleFinding

    package init(loan: LoanID, finding: RuleFinding) {
        self.loan = loan
        self.finding = finding
    }

    /// One sentence for a person.
    package var sentence: String { "\(loan): \(finding)" }
}
