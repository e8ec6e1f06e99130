import Bookkeeping
package import BusinessCalendar
package import LendingRules
import Monetary

/// Recomputes every closed day from facts, by the scalar definition alone, and checks the laws.
///
/// It shares no path with the kernel: every loan's day is `position(D) − position(D−1)`.
package struct Verify: Sendable {
    let source: any AuditSource
    let books: any BookQueries
    let snapshots: any TermsSnapshots
    let platform: PartyID
    let surroundings: Surroundings
    /// Nil where no pools are kept.
    let pools: PoolOffice?

    /// Loans read at a time.
    static let page = 1_000

    package init(
        source: any AuditSource, books: any BookQueries, snapshots: any TermsSnapshots,
        platform: PartyID, surroundings: Surroundings, pools: PoolOffice? = nil
    ) {
        self.pools = pools
        self.source = source
        self.books = books
        self.snapshots = snapshots
        self.platform = platform
        self.surroundings = surroundings
    }

    /// Nil when everything agrees, else the first divergence.
    package func run() async throws -> Divergence? {
        let days = try await source.closedDays()
        var sheets: [BusinessDate: RecomputedDay] = [:]
        let assetRules = try await source.assetRules()
        for day in days {
            sheets[day.date] = RecomputedDay(date: day.date, isAgeing: !assetRules.isEmpty)
        }
        // A wrong anchor often follows from what another law names better: it is told late.
        var anchorFault: Divergence?
        if let found = try await recompute(&sheets, days.map(\.date), &anchorFault) {
            return found
        }
        var head: [UInt8] = []
        for (index, day) in days.enumerated() {
            surroundings.progress(WorkDone("dates compared", index + 1, of: days.count))
            if let found = try await compare(day, sheets[day.date], after: &head) { return found }
            if let found = try await checkFiles(of: day.date) { return found }
        }
        if let anchorFault { return anchorFault }
        if let found = try await checkLosses(of: days.map(\.date)) { return found }
        if let found = try await checkClasses(sheets, assetRules, of: days.map(\.date)) {
            return found
        }
        if let found = try await checkStates(of: days.last?.date) { return found }
        if let found = try await checkBreaks(of: days.map(\.date)) { return found }
        if let found = try await checkSayings(of: days.map(\.date)) { return found }
        if let found = try await checkSettlements(of: days.map(\.date)) { return found }
        if let found = try await checkCash(of: days.map(\.date)) { return found }
        if let found = try await checkPayouts(on: days.last?.date) { return found }
        if let found = try await checkLimits(on: days.last?.date) { return found }
        if let found = try await checkRoutes() { return found }
        if let found = try await checkLines() { return found }
        if let found = try await pools?.divergence() { return found }
        if let found = try await checkNotes(of: days.map(\.date)) { return found }
        if let found = try await checkReserves(of: days.map(\.date)) { return found }
        if let found = try await checkClaims() { return found }
        if let found = try await checkFunding(on: days.last?.date) { return found }
        if let found = try await checkTransfers() { return found }
        return try await checkRequests()
    }

    private func recompute(
        _ sheets: inout [BusinessDate: RecomputedDay], _ dates: [BusinessDate],
        _ anchorFault: inout Divergence?
    ) async throws -> Divergence? {
        let terms = TermsLibrary(try await snapshots.snapshots())
        let closing = try await source.closingDate()
        let total = try await source.dossierCount()
        var last: LoanID?
        var done = 0
        while true {
            let dossiers = try await source.dossiers(after: last, limit: Verify.page)
            guard let end = dossiers.last else { return nil }
            let anchors = try await source.anchors(of: dossiers.map(\.record.loan))
            for dossier in dossiers {
                do {
                    let contract = try terms.contract(of: dossier, platform: platform)
                    if let found = recompute(dossier, contract, &sheets, dates) { return found }
                    let anchor = anchors[dossier.record.loan]
                    anchorFault =
                        anchorFault
                        ?? check(anchor, dossier, contract, dates.last, closing: closing)
                } catch {
                    return Divergence(
                        .conservation, on: dossier.disbursedOn, at: error.loan.text, error.reason)
                }
                done += 1
                surroundings.progress(WorkDone("loans recomputed", done, of: total))
            }
            last = end.record.loan
        }
    }

    private func recompute(
        _ dossier: LoanDossier, _ contract: LoanContract,
        _ sheets: inout [BusinessDate: RecomputedDay], _ dates: [BusinessDate]
    ) -> Divergence? {
        let shard = surroundings.shard(contract.loan.text)
        var aged: AgedLoan?
        for date in dates where date >= dossier.disbursedOn {
            let known = dossier.facts.filter { $0.bookingDate <= date }
            guard !known.isEmpty else { continue }
            do {
                let day = try LoanDay(contract: contract, facts: known, date: date)
                if let fault = day.unsoundness {
                    return Divergence(.conservation, on: date, at: contract.loan.text, fault)
                }
                try sheets[date]?.take(day, shard: shard)
                sheets[date]?.age(day, of: dossier.record.borrower, shard: shard, after: &aged)
            } catch {
                return Divergence(
                    .conservation, on: date, at: contract.loan.text,
                    "its facts give no position: \(error)")
            }
        }
        return nil
    }
}

extension Verify {
    private func compare(_ day: ClosedDay, _ sheet: RecomputedDay?, after head: inout [UInt8])
        async throws -> Divergence?
    {
        let stored = try await books.entries(from: day.date, through: day.date, book: nil)
        do throws(CloseRefused) {
            try DayBalance.check(stored, on: day.date)
        } catch {
            return Divergence(.balance, on: day.date, at: "trial balance", error.sentence)
        }
        let derived = stored.filter { !Verify.isDecided($0.kind) }.sorted()
        if let sheet, let found = sheet.compare(ledger: derived) { return found }
        if let found = try await checkObligations(of: day.date, stored) { return found }
        let distributions = try await books.distributions(from: day.date, through: day.date)
        if let sheet, let found = sheet.compare(distributions: distributions) { return found }
        let factLines = try await books.factLines(from: day.date, through: day.date)
        if let sheet, let found = sheet.compare(factLines: factLines) { return found }
        let balances = try await source.balances(on: day.date)
        if let sheet, let found = sheet.compare(balances: balances) { return found }
        if let sheet, let found = try await compareDetails(day.date, sheet) { return found }
        head = DayBalance.head(after: head, ledger: stored, hash: surroundings.hash)
        if head != day.head {
            return Divergence(
                .log, on: day.date, at: "log head", "the entries give another head than was kept")
        }
        return nil
    }

    /// Whether entries of a kind follow from decisions, from other houses' files or from more than
    /// one loan.
    private static func isDecided(_ kind: EntryKind) -> Bool {
        switch kind {
        case .commitment, .settlement, .transit, .cash, .deposit, .provision, .poolNotes: true
        default: kind.isOfDispute
        }
    }

    /// Each disbursed share of a partner rests on exactly one confirmed request of its amount, that
    /// of a loan undone on a returned one, and no other request is either.
    private func checkRequests() async throws -> Divergence? {
        var funded: [String: [HeldRequest]] = [:]
        for held in try await source.requests()
        where [.confirmed, .returned].contains(held.state) {
            let key = "\(held.request.loan) \(held.request.party) \(held.state.rawValue)"
            funded[key, default: []].append(held)
        }
        let library = TermsLibrary(try await snapshots.snapshots())
        var last: LoanID?
        while true {
            let dossiers = try await source.dossiers(after: last, limit: Verify.page)
            guard let end = dossiers.last else { break }
            for dossier in dossiers where !library.awaitsTransfer(dossier) {
                for share in dossier.plan.shares where share.party != platform {
                    let isUndone = dossier.facts.contains(where: \.undoesLoan)
                    let state = isUndone ? RequestState.returned : .confirmed
                    let key = "\(dossier.record.loan) \(share.party) \(state.rawValue)"
                    let requests = funded.removeValue(forKey: key) ?? []
                    if requests.map(\.heldAmount) == [share.amount] { continue }
                    return Divergence(
                        .funding, on: dossier.disbursedOn, at: dossier.record.loan.text,
                        "\(share.party)'s share of \(share.amount) rests on \(state.rawValue) "
                            + "requests of \(requests.map(\.heldAmount))")
                }
            }
            last = end.record.loan
        }
        let stray = funded.values.joined().map(\.request).min { $0.key < $1.key }
        return stray.map {
            Divergence(
                .funding, on: $0.valueDate, at: $0.loan.text,
                "request \($0.key) is confirmed or returned and funds no share")
        }
    }
}

/// Where the store first differs from what the facts give.
package struct Divergence: Hashable, Sendable {
    /// Which law is broken.
    package enum Law: String, Sendable {
        case conservation, balance, ledger, distributions, balances, log, funding,
            obligations, settlements, anchors, files, states, statuses, breaks, sayings, cash,
            payouts, transfers, limits, routes, reserves, lines, losses, classes, pools
        case factLines = "fact lines"
    }

    package let law: Law
    package let date: BusinessDate
    /// The loan, ledger id or total concerned.
    package let subject: String
    package let detail: String

    init(_ law: Law, on date: BusinessDate, at subject: String, _ detail: String) {
        self.law = law
        self.date = date
        self.subject = subject
        self.detail = detail
    }

    /// One sentence for a person.
    package var sentence: String { "\(law.rawValue) of \(date), \(subject): \(detail)" }
}
