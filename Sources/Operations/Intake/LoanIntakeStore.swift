package import Bookkeeping
package import BusinessCalendar
package import LendingRules

/// Everything that booking one loan writes, together.
package struct LoanBooking: Hashable, Sendable {
    package let record: LoanRecord
    /// Funded amounts in agreement order, the platform's own included.
    package let plan: SharePlan
    /// One request for each partner's share, state `planned`.
    package let requests: [FundingRequest]
    /// Memorandum postings of the partners' shares, dated the booking date.
    package let commitments: [Posting]
    /// Whether the partners' shares are taken from their deposits.
    package let drawsReserve: Bool

    package init(
        record: LoanRecord, plan: SharePlan, requests: [FundingRequest], commitments: [Posting],
        drawsReserve: Bool = false
    ) {
        self.record = record
        self.plan = plan
        self.requests = requests
        self.commitments = commitments
        self.drawsReserve = drawsReserve
    }
}

/// The canonical text of an agreement or product version that booked loans carry.
package struct TermsSnapshot: Hashable, Sendable {
    package let version: TermsVersion
    package let text: String

    package init(version: TermsVersion, text: String) {
        self.version = version
        self.text = text
    }
}

/// Loans and lines that are booked together, with the limits that hold on their booking date.
package struct LoanBatch: Sendable {
    package let bookings: [LoanBooking]
    /// Lines of credit that are opened.
    package let lines: [LineRecord]
    package let snapshots: [TermsSnapshot]
    package let limits: [Limit]
    /// Books the loans for which there is room when there is none for others.
    package let keepsGood: Bool

    package init(
        bookings: [LoanBooking], lines: [LineRecord] = [], snapshots: [TermsSnapshot] = [],
        limits: [Limit] = [], keepsGood: Bool = false
    ) {
        self.lines = lines
        self.bookings = bookings
        self.snapshots = snapshots
        self.limits = limits
        self.keepsGood = keepsGood
    }
}

/// What became of a batch.
package struct BookedBatch: Hashable, Sendable {
    /// Loans and lines booked now; those that were there already are not among them.
    package let booked: Int
    /// Loans for which a limit has not enough left, in loan order.
    package let refused: [LoanShortage]

    package init(booked: Int, refused: [LoanShortage] = []) {
        self.booked = booked
        self.refused = refused
    }
}

/// A loan that is not booked because limits have not enough left.
package struct LoanShortage: Hashable, Sendable {
    package let loan: LoanID
    /// In agreement order.
    package let shortages: [LimitShortage]

    package init(loan: LoanID, shortages: [LimitShortage]) {
        self.loan = loan
        self.shortages = shortages
    }
}

extension LimitUse {
    /// Takes what there is room for, in loan order, and says what there is none for.
    package mutating func take(_ bookings: [LoanBooking]) -> [LoanShortage] {
        bookings.sorted { $0.record.loan < $1.record.loan }.compactMap { booking in
            let record = booking.record
            let shortages = take(
                booking.plan.shares, agreement: record.agreement, currency: record.currency,
                on: record.bookedOn, drawsReserve: booking.drawsReserve)
            return shortages.isEmpty
                ? nil : LoanShortage(loan: record.loan, shortages: shortages)
        }
    }
}

/// The store as intake sees it; each method is one transaction.
package protocol LoanIntakeStore: Sendable {
    /// The business date now open; the configured first date is opened in an empty store.
    func openDate() async throws -> BusinessDate
    /// Content hashes of those of the loans and lines that are booked already.
    func known(_ loans: [LoanID]) async throws -> [LoanID: String]
    /// What is used of limits in their periods of a date, minor units.
    func used(of limits: [Limit], on date: BusinessDate) async throws -> [LimitSlot: Int64]
    /// The limits that lenders' deposits with the platform set, by their keys.
    func deposited(_ keys: [LimitKey]) async throws -> [Limit]
    /// Books a batch: loan, shares, requests, outbox rows, snapshots, commitment entries and the
    /// use of limits. Loans are decided in loan order; where there is no room for one nothing is
    /// booked, or all others when the batch keeps the good ones. Loans that another import has
    /// booked meanwhile with the same content are left alone, and with other content it fails. Of
    /// a deposit what counts is what there is then, whatever the batch says.
    func book(_ batch: LoanBatch) async throws -> BookedBatch
}

extension LoanIntakeStore {
    /// Every limit in force on a date, those of deposits last.
    package func limits(of catalogue: Catalogue, on date: BusinessDate) async throws -> [Limit] {
        let reserves = catalogue.reserves(on: date)
        let deposits = reserves.isEmpty ? [] : try await deposited(reserves)
        return catalogue.limits(on: date) + deposits
    }

    /// Books a batch under no limits, all or nothing, and says how many.
    @discardableResult
    package func book(_ bookings: [LoanBooking], snapshots: [TermsSnapshot]) async throws -> Int {
        try await book(LoanBatch(bookings: bookings, snapshots: snapshots)).booked
    }
}
