package import BusinessCalendar
package import LendingRules

/// Replays booked loans under another agreement; reads only.
///
/// Who would have lent is decided as at a booking, loan by loan in order of booking date and id;
/// what loans brought then is the difference of positions, as in every close. Every bank is taken
/// to accept its share, and only the replayed loans count against limits.
package struct Simulate: Sendable {
    private let loans: any BookedLoans
    private let snapshots: any TermsSnapshots
    private let platform: PartyID
    private let surroundings: Surroundings

    /// Loans that are read at a time, dates being whole.
    private static let page = 4_000

    package init(
        loans: any BookedLoans, snapshots: any TermsSnapshots, platform: PartyID,
        surroundings: Surroundings
    ) {
        self.loans = loans
        self.snapshots = snapshots
        self.platform = platform
        self.surroundings = surroundings
    }

    /// - Throws: ``SimulationFault``, or ``ContractFault`` for a loan that cannot be served.
    package func run(_ question: SimulationQuestion, open: BusinessDate) async throws
        -> SimulationReport
    {
        let dates = question.dates
        guard dates.upperBound <= open else {
            throw SimulationFault.unusableDates(
                from: dates.lowerBound, to: dates.upperBound, open: open)
        }
        let days = try await loans.bookingDates(of: question.of, in: dates)
        let pages = days.pages(of: Simulate.page)
        guard let first = pages.first else {
            throw SimulationFault.nothingBooked(agreement: question.of, dates)
        }
        let count = days.reduce(0) { $0 + $1.loans }
        var replay = AgreementReplay(
            question, terms: TermsLibrary(try await snapshots.snapshots()), platform: platform)
        var page = try await read(first, question)
        for next in pages.dropFirst() {
            // The next ones are read while these are computed.
            async let following = read(next, question)
            try await replay.take(page)
            surroundings.progress(WorkDone("loans replayed", replay.booked, of: count))
            page = try await following
        }
        try await replay.take(page)
        return replay.report
    }

    private func read(_ dates: ClosedRange<BusinessDate>, _ question: SimulationQuestion)
        async throws -> [BookedLoan]
    {
        try await loans.loans(
            of: question.of, bookedOn: dates, factsThrough: question.dates.upperBound)
    }
}

extension [BookingDate] {
    /// Dates in order, cut where enough loans have come together.
    fileprivate func pages(of size: Int) -> [ClosedRange<BusinessDate>] {
        var pages: [ClosedRange<BusinessDate>] = []
        var (start, loans): (BusinessDate?, Int) = (nil, 0)
        for (place, day) in enumerated() {
            let first = start ?? day.date
            loans += day.loans
            start = first
            guard loans >= size || place == count - 1 else { continue }
            pages.append(first...day.date)
            (start, loans) = (nil, 0)
        }
        return pages
    }
}
