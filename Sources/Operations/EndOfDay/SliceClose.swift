import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Portfolio

/// Accrues, ages and posts the loans of one range of shards: quiet ones in the kernel, the rest
/// by their position.
struct SliceClose: Sendable {
    let book: any LoanBook
    let terms: TermsLibrary
    let platform: PartyID
    let surroundings: Surroundings
    /// Whether claims are classed when all slices are posted.
    var isAgeing = false

    /// Loans whose facts are read at a time.
    static let chunk = 2_000

    func run(_ shards: Range<Int>, on date: BusinessDate) async throws -> SliceResult {
        let (anchors, touched) = try await surroundings.during(.load) {
            (try await book.anchors(in: shards), try await book.touched(in: shards, on: date))
        }
        let hasFacts = Set(touched)
        var sheet = LedgerSheet(date: date)
        var columns = PortfolioColumns()
        var eventful = hasFacts
        for anchor in anchors {
            if anchor.needsScalar(on: date, hasFacts: hasFacts.contains(anchor.loan)) {
                eventful.insert(anchor.loan)
            } else if anchor.isLive {
                columns.append(anchor)
            }
        }
        for total in try columns.accrue(on: date) {
            for line in total.postings {
                try sheet.add(line, shard: total.shard, agreement: total.agreement)
            }
        }
        var output = SliceOutput(
            known: Dictionary(uniqueKeysWithValues: anchors.map { ($0.loan, $0) }))
        for loans in eventful.sorted().chunks(of: SliceClose.chunk) {
            try await close(loans, on: date, &sheet, &output)
        }
        return SliceResult(
            date: date, shards: shards, ledger: sheet.rows, distributions: output.distributions,
            factLines: output.factLines, balances: output.balances, anchors: output.anchors,
            parts: output.parts, statusChanges: output.statusChanges, notices: output.notices,
            aged: output.aged)
    }

    private func close(
        _ loans: [LoanID], on date: BusinessDate, _ sheet: inout LedgerSheet,
        _ output: inout SliceOutput
    ) async throws {
        let dossiers = try await surroundings.during(.load) {
            try await book.dossiers(loans, bookedThrough: date)
        }
        for dossier in dossiers {
            let contract = try terms.contract(of: dossier, platform: platform)
            let shard = surroundings.shard(contract.loan.text)
            let day: LoanDay
            let fault: ConservationFault?
            do throws(ServicingError) {
                day = try LoanDay(contract: contract, facts: dossier.facts, date: date)
                fault = try contract.conservationFault(of: day.after)
                try output.take(day, shard: shard)
                if isAgeing { output.age(day, of: dossier.record.borrower, shard: shard) }
            } catch {
                throw ContractFault(loan: contract.loan, reason: "\(error)")
            }
            if let fault { throw ContractFault(loan: contract.loan, reason: fault.sentence) }
            for line in day.postings {
                try sheet.add(line, shard: shard, agreement: contract.agreement)
            }
        }
    }
}

/// What the eventful loans of a slice leave besides postings.
struct SliceOutput {
    let known: [LoanID: LoanAnchor]
    private(set) var distributions: [DistributionRow] = []
    private(set) var factLines: [FactLine] = []
    private(set) var balances: [LenderBalance] = []
    private(set) var anchors: [LoanAnchor] = []
    private(set) var parts: [DistributionPart] = []
    private(set) var statusChanges: [StatusChange] = []
    private(set) var notices: [LoanNotice] = []
    private(set) var aged: [AgedLoan] = []

    init(known: [LoanID: LoanAnchor]) { self.known = known }

    mutating func age(_ day: LoanDay, of borrower: String, shard: UInt16) {
        aged.append(AgedLoan(day, of: borrower, shard: shard))
    }

    /// An anchor is written only when it changed.
    mutating func take(_ day: LoanDay, shard: UInt16) throws(ServicingError) {
        if let notice = try day.notice { notices.append(notice) }
        let rows = day.distributions
        let lines = day.factLines
        distributions += rows
        factLines += lines
        balances += day.balances(distributions: rows, factLines: lines)
        if !rows.isEmpty { parts += day.distributionParts }
        if let change = day.statusChange { statusChanges.append(change) }
        let anchor = day.anchor(shard: shard)
        if known[anchor.loan] != anchor { anchors.append(anchor) }
    }
}

extension Array {
    /// The elements in runs of at most `size`.
    func chunks(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
