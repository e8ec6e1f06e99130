import BusinessCalendar
import Monetary

extension StatementMatch {
    /// What is wrong with the statement.
    ///
    /// - Parameters:
    ///   - unexplained: by remittance, what of an arrived transfer the channel's lines do not
    ///     account for; of other money it is the difference from what was expected.
    ///   - settlements: what the settlement desk has to say about lines of ``elsewhere``.
    package func findings(unexplained: [String: Int64], settlements: [SettlementNote] = [])
        -> [CashFinding]
    {
        if day.lines == nil { return [missingFile] }
        var findings: [CashFinding] = []
        for arrival in arrivals {
            let (expectation, line) = (arrival.expectation, arrival.line)
            let (plain, overflow) = line.amounts[0].subtractingReportingOverflow(
                expectation.amount)
            let rest = unexplained[expectation.remittance] ?? (overflow ? .max : plain)
            if rest != 0 { findings.append(differing(expectation, line, by: rest)) }
            if !expectation.unbookedLoan.isEmpty { findings.append(returned(expectation, line)) }
        }
        findings += absent.filter { !day.waiting.contains($0.remittance) }.map(absence)
        var ordinals = Ordinals()
        for note in settlements { findings.append(finding(note, &ordinals)) }
        for (line, repeated) in surplus {
            findings.append(stranger(line, repeats: repeated, &ordinals))
        }
        return findings
    }

    /// Every line of the statement, and which finding of `findings` has taken it.
    ///
    /// - Parameter settlements: those that the findings were made with.
    package func claims(_ findings: [CashFinding], settlements: [SettlementNote] = [])
        -> [CashClaim]
    {
        let ofNotes = findings.count - surplus.count - settlements.count
        var ofArrivals: [[ExactText]: Int] = [:]
        for (index, found) in findings.enumerated()
        where found.kind == .amount || found.cause == .payoutReturned {
            let key = ExactText.key(found.key)
            ofArrivals[key] = min(index, ofArrivals[key] ?? index)
        }
        let taken =
            arrivals.map { arrival in
                (
                    line: arrival.line,
                    finding: ofArrivals[[ExactText(arrival.expectation.remittance)]]
                )
            }
            + elsewhere.map { line in
                let note = settlements.firstIndex { $0.line == line }
                return (line: line, finding: note.map { ofNotes + $0 })
            }
            + surplus.enumerated().map { index, entry in
                (line: entry.line, finding: findings.count - surplus.count + index)
            }
        var occurrences: [[ExactText]: Int] = [:]
        return taken.map { entry in
            let key = ExactText.key(entry.line.key)
            occurrences[key, default: 0] += 1
            return CashClaim(
                side: .theirs, key: entry.line.key, occurrence: occurrences[key] ?? 1,
                finding: entry.finding)
        }
    }

    private var missingFile: CashFinding {
        CashFinding(
            file: FileLayout.cash.name, kind: .missingFile, key: [], ordinal: 1, loan: "",
            cause: .notSent,
            sentence: "cash, missing-file; likely cause: \(day.account) has not sent the statement",
            rule: Cause.notSent.rule, severity: .high, currency: nil, differences: [], ours: "",
            theirs: "", theirLine: 0, isResolved: false)
    }

    private func differing(_ expectation: CashExpectation, _ line: Record, by rest: Int64)
        -> CashFinding
    {
        finding(
            .amount, [expectation.remittance], .transferDiffers, Ours(expectation), line,
            [CashFinding.Amount("amount", rest == .min ? .max : -rest)],
            "the account shows another amount than was sent")
    }

    private func returned(_ expectation: CashExpectation, _ line: Record) -> CashFinding {
        finding(
            .theirsOnly, [expectation.remittance], .payoutReturned, nil, line,
            [CashFinding.Amount("amount", -expectation.amount)],
            "the payout of loan \(expectation.unbookedLoan) came back, and the loan stands as paid "
                + "out; import the fact payout-returned", loan: expectation.unbookedLoan)
    }

    private func absence(_ expectation: CashExpectation) -> CashFinding {
        finding(
            .oursOnly, [expectation.remittance], .inTransit, Ours(expectation), nil,
            [CashFinding.Amount("amount", expectation.amount)],
            expectation.isSeenLater
                ? "in transit, a later statement shows it" : "in transit, not on the statement yet",
            isResolved: expectation.isSeenLater)
    }

    private func stranger(
        _ line: Record, repeats repeated: Record?, _ ordinals: inout Ordinals
    ) -> CashFinding {
        let isCopy = repeated.map { $0.key == line.key } ?? false
        let ordinal = ordinals.next(isCopy ? .duplicateTheirs : .theirsOnly, line.key)
        let amount = line.amounts[0] == .min ? .max : -line.amounts[0]
        return finding(
            isCopy ? .duplicateTheirs : .theirsOnly, line.key,
            isCopy ? .writtenTwice : repeated == nil ? .unknownReceipt : .bookedTwice, nil, line,
            [CashFinding.Amount("amount", amount)],
            isCopy
                ? "written twice by \(day.account)"
                : repeated == nil
                    ? "nothing of ours is called '\(line.fields[0])'"
                    : "money came a second time under '\(line.fields[0])'", ordinal: ordinal)
    }

    func finding(
        _ kind: BreakKind, _ key: [String], _ cause: Cause, _ expected: Ours?,
        _ line: Record?, _ differences: [CashFinding.Amount], _ why: String, ordinal: Int = 1,
        isResolved: Bool = false, loan: String = ""
    ) -> CashFinding {
        let ours = expected.map { words($0.amount, $0.currency, $0.remittance) } ?? ""
        let theirs = line.map { words($0.amounts[0], $0.currency, $0.fields[0]) } ?? ""
        let name = FileLayout.cash.name
        return CashFinding(
            file: name, kind: kind, key: key, ordinal: ordinal, loan: loan, cause: cause,
            sentence: "\(name) \(key.joined(separator: "/")), \(kind.rawValue): "
                + "ours \(ours.isEmpty ? "none" : ours), "
                + "theirs \(theirs.isEmpty ? "none" : theirs); likely cause: \(why)",
            rule: cause.rule,
            severity: cause.isTiming
                ? .info
                : SeverityTable.standard.severity(
                    of: kind, magnitude: differences.first?.minorUnits.magnitude ?? 0,
                    isCurrency: cause == .otherCurrency),
            currency: expected?.currency ?? line?.currency, differences: differences,
            ours: ours, theirs: theirs, theirLine: line?.line ?? 0, isResolved: isResolved)
    }

    private func words(_ amount: Int64, _ currency: Currency, _ remittance: String) -> String {
        "\(AmountText.format(amount, decimals: currency.exponent)) \(currency) '\(remittance)'"
    }
}

/// What of ours a finding tells.
struct Ours {
    let amount: Int64
    let currency: Currency
    let remittance: String

    init(_ amount: Int64, _ currency: Currency, _ remittance: String) {
        self.amount = amount
        self.currency = currency
        self.remittance = remittance
    }

    init(_ expectation: CashExpectation) {
        self.init(expectation.amount, expectation.currency, expectation.remittance)
    }
}

/// Numbers findings of one kind and key, from 1.
struct Ordinals {
    private var used: [[String]: Int] = [:]

    mutating func next(_ kind: BreakKind, _ key: [String]) -> Int {
        let name = [kind.rawValue] + key
        used[name, default: 0] += 1
        return used[name] ?? 1
    }
}
