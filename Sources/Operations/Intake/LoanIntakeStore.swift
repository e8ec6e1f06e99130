package import Bookkeeping
package import BusinessCalendar
package import LendingRules

/// Everything that booking one loan writes, together.
package struct LoanBooking: Hashable, Sendable {
    package let record: LoanRecord
    /// Funded amounts in agreement order, the platform's own included; empty as long as it is
    /// open who lends.
    package let plan: SharePlan
    /// One request for each partner's share, state `planned`.
    package let requests: [FundingRequest]
    /// Memorandum postings of the partners' shares, dated the booking date.
    package let commitments: [Posting]
    /// Whether the partners' shares are taken from their deposits.
    package let drawsReserve: Bool
    /// Parts that routes gave to their banks, in the order of slots.
    package let routed: [RoutedPart]
    /// Rules that warn of it, in the order of packs.
    package let findings: [RuleFinding]
    /// What decides who lends it, where the transaction that books it has to; nil where `plan`
    /// says.
    package let open: OpenPlan?

    package init(
        record: LoanRecord, plan: SharePlan, requests: [FundingRequest], commitments: [Posting],
        drawsReserve: Bool = false, routed: [RoutedPart] = [], findings: [RuleFinding] = [],
        open: OpenPlan? = nil
    ) {
        self.record = record
        self.plan = plan
        self.requests = requests
        self.commitments = commitments
        self.drawsReserve = drawsReserve
        self.routed = routed
        self.findings = findings
        self.open = open
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
    /// The rules that loans are held to of which the transaction decides who lends them.
    package let rules: RuleBook

    package init(
        bookings: [LoanBooking], lines: [LineRecord] = [], snapshots: [TermsSnapshot] = [],
        limits: [Limit] = [], keepsGood: Bool = false, rules: RuleBook = .empty
    ) {
        self.rules = rules
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
    /// Loans that find no room in limits, or nobody who lends them, in loan order.
    package let refused: [LoanRefusal]
    /// What rules warn of, in loan order.
    package let warnings: [LoanWarning]

    package init(booked: Int, refused: [LoanRefusal] = [], warnings: [LoanWarning] = []) {
        self.booked = booked
        self.refused = refused
        self.warnings = warnings
    }
}

/// A loan that is not booked since its agreement's lenders do not, or cannot, lend it.
package struct LoanRefusal: Hashable, Sendable {
    package let loan: LoanID
    package let why: FundingRefusal

    package init(loan: LoanID, why: FundingRefusal) {
        self.loan = loan
        self.why = why
    }

    /// A loan for which limits have not enough left, in agreement order.
    package init(loan: LoanID, shortages: [LimitShortage]) {
        self.init(loan: loan, why: .noRoom(shortages))
    }

    /// Where limits have not enough left, in agreement order.
    package var shortages: [LimitShortage] {
        if case .noRoom(let shortages) = why { shortages } else { [] }
    }
}

extension LimitUse {
    /// Takes the shares of a loan, or says where there is no room for them.
    mutating func take(_ booking: LoanBooking) -> [LimitShortage] {
        let record = booking.record
        return take(
            booking.plan.shares, agreement: record.agreement, currency: record.currency,
            on: record.bookedOn, drawsReserve: booking.drawsReserve,
            traits: record.traits)
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
    /// What routes have given to their banks so far, minor units; nothing where that is nothing.
    func volumes(of slots: [RouteSlot]) async throws -> [RouteSlot: Int64]
    /// The limits that lenders' deposits with the platform set, by their keys.
    func deposited(_ keys: [LimitKey]) async throws -> [Limit]
    /// Books a batch: loan, shares, requests, outbox rows, snapshots, commitment entries, the use
    /// of limits and the volumes of routes. Loans are decided in loan order, and who lends them
    /// where that is open; where one is refused nothing is booked, or all others when the batch
    /// keeps the good ones. Loans that another import has booked meanwhile with the same content
    /// are left alone, and with other content it fails. Of a deposit what counts is what there is
    /// then, whatever the batch says.
    func book(_ batch: LoanBatch) async throws -> BookedBatch
}

extension LoanIntakeStore {
    /// Every limit in force on a date, those of deposits last.
    package func limits(of catalogue: Catalogue, on date: BusinessDate) async throws -> [Limit] {
        let reserves = catalogue.reserves(on: date)
        let deposits = reserves.isEmpty ? [] : try await deposited(reserves)
        return catalogue.limits(on: date) + deposits
    }

    /// What decides who lends loans of a date, as everything booked so far has left it.
    ///
    /// Ask before which loans are known: what another import books between has not used it yet.
    func fundingRun(of catalogue: Catalogue, _ limits: [Limit], on date: BusinessDate)
        async throws -> FundingRun
    {
        let used = limits.isEmpty ? [:] : try await used(of: limits, on: date)
        let slots = catalogue.routeSlots(on: date)
        return FundingRun(
            limits: LimitUse(limits: limits, used: used),
            volumes: slots.isEmpty ? [:] : try await volumes(of: slots), book: catalogue.rules)
    }

    /// Books a batch under no limits, all or nothing, and says how many.
    @discardableResult
    package func book(_ bookings: [LoanBooking], snapshots: [TermsSnapshot]) async throws -> Int {
        try await book(LoanBatch(bookings: bookings, snapshots: snapshots)).booked
    }
}
