import BusinessCalendar
import LendingRules
import Monetary
import Reconciling

/// One partner's date made ready for matching, and what came of it made ready to keep.
struct DayMatching {
    let partner: Partner
    private(set) var day: PartnerDay
    private let received: [FileContent]
    /// Breaks of earlier dates by id.
    let earlierBreaks: [String: KeptBreak]
    /// Whether a file that should be there is not.
    let isMissing: Bool
    /// How loans whose disbursement is in dispute are lent; those left out settle as usual.
    var lending: [LoanID: LentLoan] = [:]
    let platform: PartyID

    /// - Throws: ``UnreadableFile`` when a file cannot be read.
    init(
        partner: Partner, date: BusinessDate, format: any DetailFileFormat, ours: [FileContent],
        theirs: ReceivedFiles?, refusedFor fault: UnreadableFile? = nil,
        openBreaks: [KeptBreak],
        severities: SeverityTable = .standard, platform: PartyID,
        hash: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) throws {
        self.partner = partner
        self.platform = platform
        earlierBreaks = Dictionary(openBreaks.map { ($0.id, $0) }) { first, _ in first }
        received = theirs?.files ?? []
        isMissing = theirs?.absent.isEmpty != true
        let received = received
        let files: [FilePair] = try FileLayout.reconciled.compactMap { layout in
            let name = layout.name + ".csv"
            func records(_ files: [FileContent]) throws -> [Record]? {
                try files.first { $0.name == name }.map { try format.records($0, layout: layout) }
            }
            let theirRecords = try records(received)
            let isClaim = layout.role == .claim
            // Nobody has to claim anything, and what they claim is not what we do.
            if isClaim, theirRecords == nil { return nil }
            return FilePair(
                layout: layout, ours: isClaim ? [] : try records(ours) ?? [],
                theirs: theirRecords,
                manifest: theirs?.manifest.files.first { $0.name == name }?.entry,
                tolerance: Tolerance(minorUnits: partner.tolerance),
                windowDays: layout.role == .movement ? partner.disputes.windowDays : 0)
        }
        day = PartnerDay(
            partner: partner.party.name, businessDate: date, files: files,
            computation: PartnerComputation(rawValue: partner.computation.rawValue) ?? .scale,
            openBreaks: openBreaks.compactMap(OpenBreak.init), severities: severities,
            rematchDays: partner.disputes.rematchDays, hash: hash)
        day.refusal = fault.map { "\($0.code): \($0.finding)" }
    }

    /// What matching finds, before what is kept of earlier runs comes in.
    struct Findings {
        let state: ReconciliationState
        let received: [FileContent]
        let claims: [LineClaim]
        /// In the order of files and keys; `resolved` where a rule would close them.
        let breaks: [KeptBreak]
        /// Breaks of earlier dates that the date closes.
        let healed: Set<String>
        let sayings: PartnerSayings
    }

    /// What the partner's lines call loans that may be numbers of its own.
    var strangers: Set<String> { day.strangers }

    /// Reads lines by the partner's own numbers.
    mutating func readOwnNumbers(_ known: [LoanNumber]) { day.readOwnNumbers(known) }

    /// Loans of which the partner states a balance.
    var balancedLoans: [String] {
        guard let file = day.files.first(where: { $0.layout.role == .balance }) else { return [] }
        return Set((file.theirs ?? []).map { file.layout.loan(of: $0) }).sorted()
    }

    /// Takes in what the partner last said of them.
    mutating func remember(_ earlier: [StatedBalance]) {
        day.earlier = Dictionary(earlier.map { ($0.loan, $0) }) { first, _ in first }
    }

    /// - Throws: ``UnreadableFile`` when amounts are too large to compare.
    func findings() throws(UnreadableFile) -> Findings {
        do throws(ReconcilingError) {
            let result = try day.reconciled()
            var breaks: [KeptBreak] = []
            for one in result.explained { breaks.append(kept(one, due: try due(one))) }
            return Findings(
                state: isMissing ? .missing : breaks.isEmpty ? .reconciled : .withBreaks,
                received: received, claims: result.files.flatMap(claims), breaks: breaks,
                healed: Set(result.healed.map(\.text)),
                sayings: PartnerSayings(
                    numbers: day.taughtNumbers, balances: result.closings))
        } catch {
            throw UnreadableFile(code: error.code, file: "", line: 0, what: "\(error)")
        }
    }

    private func claims(_ file: FileResult) -> [LineClaim] {
        func claim(_ claim: Claim, _ id: String) -> LineClaim {
            LineClaim(
                file: file.layout.name, side: claim.side, key: claim.key,
                occurrence: claim.occurrence, breakID: id, readBy: claim.readBy)
        }
        return file.matches.flatMap { $0.claims.map { claim($0, "") } }
            + file.sums.flatMap { $0.claims.map { claim($0, "") } }
            + file.breaks.flatMap { found in found.claims.map { claim($0, found.id.text) } }
    }

    private func kept(_ explained: ExplainedBreak, due: DisputedDue) -> KeptBreak {
        let (found, explanation) = (explained.found, explained.explanation)
        let layout = FileLayout.reconciled.first { $0.name == found.file }
        // A method of interest shows in plans and accruals, where no money is counted.
        // What other breaks account for is nothing of its own to settle.
        let isResolved =
            found.kind.isMatched
            || [.arrivedLate, .interestMethod].contains(explanation.cause)
            || found.kind.isWithinOneSide && explanation.cause == .followsFrom
        return KeptBreak(
            id: found.id.text, party: partner.party, file: found.file, kind: found.kind,
            key: found.key, loan: layout.flatMap { found.loan(in: $0) } ?? "",
            firstDate: day.businessDate, state: isResolved ? .resolved : .open,
            severity: found.severity, cause: explanation.cause, sentence: explanation.sentence,
            rule: explanation.rule,
            currency: layout?.hasCurrency == false ? "" : currency(found)?.code ?? "",
            differences: found.amountDifferences.map {
                KeptBreak.ColumnDifference(column: $0.column, minorUnits: $0.minorUnits)
            },
            ours: text(found.ours, layout), theirs: text(found.theirs, layout),
            ourLine: found.ours?.record.line ?? 0, theirLine: found.theirs?.record.line ?? 0,
            due: due)
    }

    /// A record as `column=value` words, without its line.
    private func text(_ line: Line?, _ layout: FileLayout?) -> String {
        guard let record = line?.record, let layout else { return "" }
        let decimals = record.currency.exponent
        var words = zip(layout.keyColumns, record.key).map { "\($0)=\($1)" }
        words += zip(layout.amountColumns, record.amounts).map {
            "\($0.name)=\(AmountText.format($1, decimals: decimals))"
        }
        if layout.hasCurrency { words.append("currency=\(record.currency)") }
        if let column = layout.dateColumn, let date = record.valueDate {
            words.append("\(column)=\(date)")
        }
        words += zip(layout.fieldColumns, record.fields).filter { !$1.isEmpty }
            .map { "\($0)=\($1)" }
        if !record.readBy.isEmpty { words.append("read_by=\(record.readBy)") }
        return words.joined(separator: " ")
    }
}

extension OpenBreak {
    /// A kept break as evidence, or nil when it is about a whole file or an unknown one.
    init?(_ kept: KeptBreak) {
        guard !kept.loan.isEmpty, !kept.kind.isWithinOneSide,
            let layout = FileLayout.reconciled.first(where: { $0.name == kept.file })
        else { return nil }
        self.init(
            id: BreakID(text: kept.id), layout: layout, kind: kept.kind, key: kept.key,
            loan: kept.loan, firstDate: kept.firstDate,
            differences: kept.differences.map { ($0.column, $0.minorUnits) },
            isAccepted: kept.isAccepted)
    }
}
