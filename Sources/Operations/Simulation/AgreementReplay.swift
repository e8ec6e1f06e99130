import BusinessCalendar
import LendingRules
import Monetary

/// Loans on their way through another agreement, date by date.
struct AgreementReplay {
    private let question: SimulationQuestion
    private let terms: TermsLibrary
    private let platform: PartyID
    private(set) var booked = 0
    private var notDisbursed = 0
    private var changedHands = 0
    private var replayed = 0
    private var outcome = ReplayOutcome()
    private var volumes: [RouteSlot: Int64] = [:]
    private var old: UseOverTime
    private var new: UseOverTime
    private var refusals: [String: SimulationReport.Refusal] = [:]
    private var refusedBy: [ShortKind: Int] = [:]

    init(_ question: SimulationQuestion, terms: TermsLibrary, platform: PartyID) {
        self.question = question
        self.terms = terms
        self.platform = platform
        old = UseOverTime(limits: question.limits, agreement: question.agreement.name)
        new = UseOverTime(limits: question.limits, agreement: question.agreement.name)
    }

    /// Replays loans, which come in order of booking date and id.
    mutating func take(_ loans: [BookedLoan]) async throws {
        booked += loans.count
        var waiting: [ReplayedLoan] = []
        for day in loans.byBookingDate {
            waiting += fund(day)
            // What the next date has left of what is outstanding depends on what came back.
            guard new.countsOutstanding else { continue }
            try await serve(waiting)
            waiting = []
        }
        try await serve(waiting)
    }

    /// Who would have lent the loans of a date.
    private mutating func fund(_ day: ArraySlice<BookedLoan>) -> [ReplayedLoan] {
        guard let date = day.first?.record.bookedOn else { return [] }
        old.begin(date)
        new.begin(date)
        var run = FundingRun(
            limits: LimitUse(limits: question.limits.inForce(on: date), used: new.used),
            volumes: volumes,
            book: question.rules)
        var found: [ReplayedLoan] = []
        for loan in day {
            guard loan.disbursedOn != nil else {
                notDisbursed += 1
                continue
            }
            if terms.agreement(loan.record.agreementVersion).map(loan.hasChangedHands) ?? false {
                changedHands += 1
                continue
            }
            old.take(loan.plan.shares, loan.record)
            var plan: SharePlan?
            do throws(ReplayRefusal) {
                let other = try question.agreement.plan(
                    of: loan.record, applicant(loan.record), in: &run)
                new.take(other.shares, loan.record)
                plan = other
            } catch {
                refuse(loan.record, error)
            }
            found.append(ReplayedLoan(loan: loan, plan: plan))
        }
        replayed += found.count
        for (slot, amount) in run.routed { volumes[slot, default: 0] += amount }
        return found
    }

    /// A loan as a booking would look at it; what it costs is computed where a rule asks for it.
    private func applicant(_ loan: LoanRecord) -> Applicant {
        let plain = Applicant(loan)
        guard question.rules.asks(.allInCostMaximum, of: plain, under: question.agreement),
            let product = terms.product(loan.productVersion),
            let schedule = try? Schedule.build(
                loan.scheduleTerms(product, disbursedOn: loan.bookedOn))
        else { return plain }
        return Applicant(loan, schedule, under: question.agreement, question.rules)
    }

    private mutating func refuse(_ loan: LoanRecord, _ refusal: ReplayRefusal) {
        let known =
            refusals[refusal.because]
            ?? SimulationReport.Refusal(code: refusal.code, because: refusal.because)
        var counted = known
        counted.loans += 1
        counted.volume += loan.principal
        refusals[refusal.because] = counted
        let short = Set(
            refusal.shortages.map { ShortKind(key: $0.slot.key, isPart: $0.part != nil) })
        for kind in short { refusedBy[kind, default: 0] += 1 }
    }
}

/// Which limits have not enough left for loans.
private struct ShortKind: Hashable {
    let key: LimitKey
    let isPart: Bool

    /// Whether it is told with a limit.
    func counts(_ limit: Limit) -> Bool {
        isPart == (limit.part != nil) && (key == limit.key || key.whole == limit.key)
    }
}

// MARK: - What it comes to

extension AgreementReplay {
    /// Pieces of a page that are served side by side.
    private static let pieces = 8

    /// Adds what loans brought and would have brought.
    private mutating func serve(_ loans: [ReplayedLoan]) async throws {
        if loans.isEmpty { return }
        let size = (loans.count + Self.pieces - 1) / Self.pieces
        let service = ReplayService(
            agreement: question.agreement, terms: terms, platform: platform,
            end: question.dates.upperBound, movesCount: new.countsOutstanding)
        let served = try await withThrowingTaskGroup(of: (Int, ReplayOutcome).self) { group in
            for (number, piece) in loans.chunks(of: size).enumerated() {
                group.addTask { (number, try service.run(piece)) }
            }
            var outcomes: [(Int, ReplayOutcome)] = []
            for try await outcome in group { outcomes.append(outcome) }
            return outcomes.sorted { $0.0 < $1.0 }.map(\.1)
        }
        for piece in served {
            old.give(piece.oldMoves)
            new.give(piece.newMoves)
            outcome += piece
        }
    }

    var report: SimulationReport {
        var report = SimulationReport()
        report.booked = booked
        report.notDisbursed = notDisbursed
        report.changedHands = changedHands
        report.replayed = replayed
        report.refusals = refusals.values.sorted { ($1.loans, $0.because) < ($0.loans, $1.because) }
        let (before, after) = (outcome.old.figures, outcome.new.figures)
        let roster = question.agreement.lenders.map(\.party)
        let others = Set(before.keys).union(after.keys).subtracting(roster).sorted()
        report.lenders = (roster + others).map {
            SimulationReport.Lender(
                party: $0, old: before[$0] ?? LenderFigures(), new: after[$0] ?? LenderFigures())
        }
        let end = question.dates.upperBound
        report.limits = question.limits.map { limit in
            SimulationReport.LimitLine(
                limit: limit, old: old.peak(of: limit, through: end),
                new: new.peak(of: limit, through: end),
                refused: refusedBy.filter { $0.key.counts(limit) }.values.reduce(0, +))
        }
        return report
    }

}

extension [BookedLoan] {
    /// Loans that come in order of their booking dates, date by date.
    fileprivate var byBookingDate: [ArraySlice<BookedLoan>] {
        split(whereNeighbours: { $0.record.bookedOn != $1.record.bookedOn })
    }

    private func split(whereNeighbours differ: (BookedLoan, BookedLoan) -> Bool)
        -> [ArraySlice<BookedLoan>]
    {
        var (slices, start): ([ArraySlice<BookedLoan>], Int) = ([], 0)
        for place in indices.dropFirst() where differ(self[place - 1], self[place]) {
            slices.append(self[start..<place])
            start = place
        }
        if start < count { slices.append(self[start...]) }
        return slices
    }
}
