package import BusinessCalendar

/// How a partner arrives at its amounts.
package enum PartnerComputation: String, Hashable, Sendable, CaseIterable {
    /// As the platform does: one scale per component.
    case scale
    /// Its share of each instalment, rounded on its own.
    case perInstalment = "per-instalment"
    /// A schedule of its own over the principal it funded.
    case ownSchedule = "own-schedule"
}

/// Everything needed to reconcile one partner's business date.
package struct PartnerDay: Sendable {
    package let partner: String
    package let businessDate: BusinessDate
    /// One pair per file, in the order in which breaks are listed.
    package private(set) var files: [FilePair]
    package let computation: PartnerComputation
    /// Breaks of earlier dates that are still open; those of this date or later are left out, so
    /// that a second run is not explained by what the first one found.
    package let openBreaks: [OpenBreak]
    package let severities: SeverityTable
    /// Up to how many minor units a balance that is off alone counts as misprinted.
    package let misprintLimit: Int64
    /// Days after which a one-sided line no longer closes the other side's.
    package let rematchDays: Int
    /// What the partner last said of the principal of loans, as far as no date since is missing.
    package var earlier: [String: StatedBalance] = [:]
    /// Why the partner's files of the date could not be used; nil when none came, or they could.
    package var refusal: String?
    let ids: BreakIDSource

    /// A day to reconcile; `hash` is SHA-256 or as good.
    package init(
        partner: String, businessDate: BusinessDate, files: [FilePair],
        computation: PartnerComputation, openBreaks: [OpenBreak] = [],
        severities: SeverityTable = .standard, misprintLimit: Int64 = 9,
        rematchDays: Int = 3_650, hash: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) {
        precondition(misprintLimit >= 0, "a limit is not negative")
        self.partner = partner
        self.businessDate = businessDate
        self.files = files
        self.computation = computation
        self.openBreaks = openBreaks.filter { $0.firstDate < businessDate }
        self.severities = severities
        self.misprintLimit = misprintLimit
        self.rematchDays = rematchDays
        ids = BreakIDSource(partner: partner, firstDate: businessDate, hash: hash)
    }

    /// Matches every file, then explains every break with the evidence of all of them.
    ///
    /// The same for every order of the files' lines and of the open breaks.
    /// - Throws: ``ReconcilingError`` as matching one file does.
    package func reconciled() throws(ReconcilingError) -> DayResult {
        let own = try OwnChecks(of: self)
        var results: [FileResult] = []
        for file in files {
            let result = try file.matched(ids: ids, severities: severities)
            results.append(result.including(own.breaks(of: file.layout)))
        }
        let explainer = Explainer(day: self, results: results)
        var explained: [ExplainedBreak] = []
        for result in results {
            for found in result.breaks {
                explained.append(
                    ExplainedBreak(found: found, explanation: explainer.explain(found, in: result)))
            }
        }
        return DayResult(
            files: results, explained: explained,
            healed: Set(healed(results, explained) + own.healed).sorted { $0.text < $1.text },
            closings: own.closings)
    }

    /// Puts other records of the partner's in the place of those it sent.
    mutating func replaceTheirs(_ records: (FilePair) -> [Record]?) {
        files = files.map { file in records(file).map { file.with(theirs: $0) } ?? file }
    }

    /// Whether a line of this date may still close the break.
    func isWithinReach(_ open: OpenBreak) -> Bool {
        businessDate.days(since: open.firstDate) <= rematchDays
    }
}

/// What came of one partner's business date.
package struct DayResult: Sendable {
    /// In the order of the day's files.
    package let files: [FileResult]
    /// Every break of every file, in the order of ``files`` and inside one by key.
    package let explained: [ExplainedBreak]
    /// Open breaks that this date's files show to be gone, by id: a line that arrived, a balance
    /// that agrees again.
    package let healed: [BreakID]
    /// What the partner says of each loan in its balances, in loan order.
    package let closings: [StatedBalance]
}
