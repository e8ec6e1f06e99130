package import Bookkeeping
package import BusinessCalendar
import LendingRules
import Monetary

/// Run 1: closes a business date, ours alone; it waits for no partner (RULES § 6).
///
/// Freeze → ask about what is in doubt → share losses → post slice by slice → class claims → put
/// collections in transit → hold books to rules → freeze obligations → keep files → trial balance
/// → log head. Each step is one transaction, so a killed close goes on where it stopped and ends in
/// the same bytes.
package struct CloseDay: Sendable {
    private let stores: Stores
    private let fund: Fund
    private let format: any DetailFileFormat
    private let catalogue: Catalogue
    private let surroundings: Surroundings

    /// The ports of a close.
    package struct Stores: Sendable {
        let days: any BusinessDays
        let book: any LoanBook
        let totals: any DayTotals
        let files: any OutgoingFiles
        let snapshots: any TermsSnapshots
        /// Needed when the catalogue has a clearing.
        let cash: (any CashStore)?
        /// Needed where agreements share losses or claims are moved.
        let losses: (any LossStore)?
        /// Needed where books are held to rules.
        let watch: (any RuleWatchStore)?
        /// Needed where lenders class their claims.
        let classes: (any AssetClassStore)?

        package init(
            days: any BusinessDays, book: any LoanBook, totals: any DayTotals,
            files: any OutgoingFiles, snapshots: any TermsSnapshots,
            cash: (any CashStore)? = nil, watch: (any RuleWatchStore)? = nil,
            losses: (any LossStore)? = nil, classes: (any AssetClassStore)? = nil
        ) {
            self.losses = losses
            self.classes = classes
            self.watch = watch
            self.cash = cash
            self.days = days
            self.book = book
            self.totals = totals
            self.files = files
            self.snapshots = snapshots
        }
    }

    package init(
        stores: Stores, fund: Fund, format: any DetailFileFormat, catalogue: Catalogue,
        surroundings: Surroundings
    ) {
        self.stores = stores
        self.fund = fund
        self.format = format
        self.catalogue = catalogue
        self.surroundings = surroundings
    }

    /// Closes the date; one that is closed already posts nothing.
    ///
    /// - Throws: ``CloseRefused`` when an earlier date is open.
    package func run(_ date: BusinessDate) async throws -> CloseReport {
        let status = try await stores.days.status()
        if let closed = status.lastClosed, date <= closed.date {
            return CloseReport(date: date, wasClosed: true, head: closed.head)
        }
        let next = status.closing ?? status.open
        guard date == next else { throw CloseRefused.earlierDateOpen(next, asked: date) }
        if status.closing == nil { try await stores.days.freeze(date) }
        surroundings.crashPoint(.closeAfterFreeze)
        var report = CloseReport(date: date, wasClosed: false)
        report.funding = try await fund.askAll()
        surroundings.crashPoint(.closeAfterAsking)
        let terms = TermsLibrary(try await stores.snapshots.snapshots())
        surroundings.crashPoint(.closeBeforeLosses)
        try await shareLosses(date, terms)
        surroundings.crashPoint(.closeAfterLosses)
        let notices = try await post(date, terms)
        try await putInTransit(date)
        if let watch = stores.watch {
            report.findings = try await RuleWatch(store: watch, catalogue: catalogue).run(date)
        }
        report.head = try await total(
            date, terms, notices, after: status.lastClosed?.head ?? [])
        return report
    }

    private func shareLosses(_ date: BusinessDate, _ terms: TermsLibrary) async throws {
        guard let losses = stores.losses else { return }
        try await LossStage(
            losses: losses, book: stores.book, terms: terms, platform: catalogue.platform,
            surroundings: surroundings
        ).run(date)
    }

    private func post(_ date: BusinessDate, _ terms: TermsLibrary) async throws -> [LoanNotice] {
        let ageing = LoanAgeing(
            book: stores.book, terms: terms, platform: catalogue.platform,
            surroundings: surroundings)
        let classing = try await AssetClassing.begin(stores.classes, catalogue, date, ageing)
        let slice = SliceClose(
            book: stores.book, terms: terms, platform: catalogue.platform,
            surroundings: surroundings, isAgeing: classing != nil)
        var aged: [AgedLoan] = []
        let slices = try await stores.book.openSlices(date)
        // What an earlier run posted before it was killed it has told nobody.
        var notices = try await LoanNotice.all(
            outside: slices, on: date, stores.book, terms, platform: catalogue.platform)
        for (index, shards) in slices.enumerated() {
            surroundings.crashPoint(.closeBeforeSlice)
            let result = try await slice.run(shards, on: date)
            try await surroundings.during(.post) { try await stores.book.post(result) }
            notices += result.notices
            aged += result.aged
            surroundings.crashPoint(.closeAfterSlice)
            surroundings.progress(WorkDone("slices posted", index + 1, of: slices.count))
        }
        try await classing?.run(aged, of: slices)
        return notices
    }

    private func putInTransit(_ date: BusinessDate) async throws {
        guard let clearing = catalogue.clearing, let cash = stores.cash, clearing.from <= date
        else { return }
        try await CashTransit(
            store: cash, clearing: clearing, platform: catalogue.platform,
            surroundings: surroundings
        ).run(date)
    }

    private func total(
        _ date: BusinessDate, _ terms: TermsLibrary, _ notices: [LoanNotice], after head: [UInt8]
    ) async throws -> [UInt8] {
        let ledger = try await surroundings.during(.load) {
            try await stores.totals.ledger(on: date)
        }
        try DayBalance.check(ledger, on: date)
        let obligations = try DayBalance.obligations(
            ledger, on: date, platform: catalogue.platform)
        try await surroundings.during(.post) {
            try await stores.totals.freeze(obligations, on: date)
        }
        surroundings.crashPoint(.closeAfterObligations)
        try await DayFiles(
            book: stores.book, files: stores.files, classes: stores.classes, format: format,
            catalogue: catalogue, terms: terms, surroundings: surroundings
        ).keep(date, notices)
        surroundings.crashPoint(.closeAfterFiles)
        let next = DayBalance.head(after: head, ledger: ledger, hash: surroundings.hash)
        try await surroundings.during(.post) { try await stores.days.finish(date, head: next) }
        surroundings.crashPoint(.closeAfterFinish)
        return next
    }
}

/// How a close ended.
package struct CloseReport: Hashable, Sendable {
    package let date: BusinessDate
    /// It was closed before; nothing was posted.
    package let wasClosed: Bool
    /// The log head after the date; after the last closed one when it was closed before.
    package var head: [UInt8] = []
    /// What asking about requests in doubt brought, and what stays open.
    package var funding = FundingReport()
    /// Rules that banks' books break on the date.
    package var findings: [KeptFinding] = []

    package init(date: BusinessDate, wasClosed: Bool, head: [UInt8] = []) {
        self.date = date
        self.wasClosed = wasClosed
        self.head = head
    }
}

/// Why a close was not done.
package enum CloseRefused: CodedError, Hashable {
    case earlierDateOpen(BusinessDate, asked: BusinessDate)
    case anotherIsRunning(BusinessDate)
    /// The day's rows do not balance: a fault of the program, never of the data.
    case unbalanced(BusinessDate, UnbalancedGroup)

    package var code: String {
        switch self {
        case .earlierDateOpen: "CLOSE-001"
        case .anotherIsRunning: "CLOSE-002"
        case .unbalanced: "CLOSE-003"
        }
    }

    package var sentence: String {
        switch self {
        case .earlierDateOpen(let open, let asked):
            asked < open
                ? "\(asked) is before the first date of the books, \(open); close \(open)"
                : "\(asked) cannot be closed while \(open) is open; close \(open) first, or both "
                    + "with --date \(open) --until \(asked)"
        case .anotherIsRunning(let date):
            "another close is running, \(date) was left alone; try again when it is over"
        case .unbalanced(let date, let reason):
            "the entries of \(date) do not balance: \(reason); the date stays closing, run "
                + "`colend verify`"
        }
    }

    package var exit: ExitKind {
        switch self {
        case .earlierDateOpen, .unbalanced: .failed
        case .anotherIsRunning: .temporary
        }
    }
}
