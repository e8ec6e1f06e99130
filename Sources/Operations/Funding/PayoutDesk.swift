package import Bookkeeping
import BusinessCalendar
import LendingRules

/// Concludes payouts: disburse the loan, try again, or give up and reverse every share.
struct PayoutDesk: Sendable {
    let cases: any PayoutCases
    let terms: PayoutTerms
    let snapshots: any TermsSnapshots
    let surroundings: Surroundings

    /// Goes through every payout that something may follow from, a page at a time; true when any
    /// was concluded.
    func conclude(_ report: inout FundingReport, _ round: inout PayoutRound) async throws -> Bool {
        var hasConcluded = false
        var last: LoanID?
        repeat {
            let after = last
            let isConcluded = try await Retries.whileOvertaken {
                let page = try await cases.decided(after: after, limit: FundingDesk.page)
                last = page.count < FundingDesk.page ? nil : page.last?.held.payout.loan
                return try await conclude(page, &report, &round)
            }
            hasConcluded = hasConcluded || isConcluded
        } while last != nil
        return hasConcluded
    }

    private func conclude(
        _ decided: [PayoutCase], _ report: inout FundingReport, _ round: inout PayoutRound
    ) async throws -> Bool {
        if decided.isEmpty { return false }
        let date = try await cases.openDate()
        let library = TermsLibrary(try await snapshots.snapshots())
        let conclusions = try decided.compactMap { try conclusion(of: $0, library, on: date) }
        if conclusions.isEmpty { return false }
        surroundings.crashPoint(.payoutBeforeConclusion)
        let concluded = try await cases.conclude(conclusions, on: date)
        surroundings.crashPoint(.payoutAfterConclusion)
        for conclusion in conclusions where concluded.contains(conclusion.held.payout.loan) {
            if conclusion.disbursement != nil { report.disbursed += 1 }
            if conclusion.state == .abandoned { round.report.abandoned += 1 }
        }
        return !concluded.isEmpty
    }

    /// Nil while there is nothing to do about a payout on the open date.
    private func conclusion(
        of payout: PayoutCase, _ library: TermsLibrary, on date: BusinessDate
    ) throws -> PayoutConclusion? {
        let held = payout.held
        switch held.state {
        case .confirmed: return try booked(payout, library, on: date)
        case .failed:
            if held.payout.number >= terms.tries { return try givenUp(payout) }
            if held.answeredOn ?? held.payout.plannedOn >= date { return nil }
            guard try canBeDisbursed(payout, library, on: date) else {
                return try givenUp(payout)
            }
            return PayoutConclusion(
                held: held, state: try held.state.after(.triedAgain),
                retry: held.payout.next(on: date))
        case .planned where held.payout.plannedOn < date:
            return try canBeDisbursed(payout, library, on: date) ? nil : try givenUp(payout)
        default: return nil
        }
    }

    /// The loan counts from the channel's date, booked today. Where no schedule exists on that date
    /// it counts from the date for which the try was planned.
    private func booked(
        _ payout: PayoutCase, _ library: TermsLibrary, on date: BusinessDate
    ) throws -> PayoutConclusion {
        let (held, funding) = (payout.held, payout.funding)
        var valueDate = min(held.answeredOn ?? date, date)
        if try !canBeDisbursed(payout, library, on: valueDate) {
            valueDate = held.payout.plannedOn
        }
        let record = funding.record
        guard let agreement = library.agreement(record.agreementVersion),
            let product = library.product(record.productVersion)
        else { throw ContractFault(loan: record.loan, reason: "its terms are not kept") }
        let asked = FundingRequest.transfers(
            of: funding.plan, record, under: agreement, product, disbursedOn: valueDate)
        return PayoutConclusion(
            held: held, state: try held.state.after(.booked),
            requests: try funding.results(of: .accepted, .moneyMoved),
            releases: funding.releases + asked.flatMap(\.commitment),
            disbursement: .disbursed(record.loan, from: valueDate, bookedOn: date), asked: asked)
    }

    private func givenUp(_ payout: PayoutCase) throws -> PayoutConclusion {
        PayoutConclusion(
            held: payout.held, state: try payout.held.state.after(.givenUp),
            requests: try payout.funding.results(of: .accepted, .reversalDemanded),
            releases: payout.funding.releases)
    }

    private func canBeDisbursed(
        _ payout: PayoutCase, _ library: TermsLibrary, on date: BusinessDate
    ) throws -> Bool {
        let record = payout.funding.record
        guard let product = library.product(record.productVersion) else {
            throw ContractFault(loan: record.loan, reason: "its terms are not kept")
        }
        do throws(ScheduleError) {
            _ = try Schedule.build(record.scheduleTerms(product, disbursedOn: date))
            return true
        } catch {
            return false
        }
    }
}

extension LoanFact {
    /// Money went to the borrower.
    static func disbursed(_ loan: LoanID, from date: BusinessDate, bookedOn: BusinessDate)
        -> LoanFact
    {
        LoanFact(
            id: "\(loan).disbursed", kind: .disbursed, valueDate: date, bookingDate: bookedOn,
            instant: Int64(date.dayNumber) * 86_400_000_000)
    }
}

extension FundingCase {
    /// The requests in a state, moved on by an event.
    func results(of state: RequestState, _ event: RequestEvent) throws -> [RequestResult] {
        try requests.filter { $0.state == state }.map {
            RequestResult(held: $0, state: try $0.state.after(event))
        }
    }

    /// The memorandum of every share, taken back.
    package var releases: [Posting] {
        requests.flatMap {
            Commitment.postings(
                party: $0.request.party, currency: $0.request.currency,
                amount: -$0.request.amount)
        }
    }
}

/// What is read again when it was overtaken.
enum Retries {
    private static let tries = 3

    /// A date that was frozen or a row that was overtaken meanwhile is read again, up to `tries`
    /// times.
    static func whileOvertaken(_ body: () async throws -> Bool) async throws -> Bool {
        for _ in 1..<tries {
            do {
                return try await body()
            } catch let error as any CodedError where error.exit == .temporary {
                continue
            }
        }
        return try await body()
    }
}
