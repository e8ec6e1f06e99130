package import Monetary

/// Our payments of one date held against the channel's lines, and both against the transfer.
///
/// The transfer decides between two readings of every difference: either the money differs too, or
/// only the file does. Before it has come the usual reading is taken, and the cause may change.
package struct ChannelDay: Sendable {
    let channel: String
    let payments: [CollectedPayment]
    /// Nil when the file is missing.
    let lines: [Record]?
    let fee: ChannelFee
    /// What the statements have shown of the date's transfer, by currency.
    let arrived: [Currency: Int64]

    /// A date to reconcile; lines are in the layout `channel`.
    package init(
        channel: String, payments: [CollectedPayment], lines: [Record]?, fee: ChannelFee,
        arrived: [Currency: Int64] = [:]
    ) {
        self.channel = channel
        self.payments = payments
        self.lines = lines
        self.fee = fee
        self.arrived = arrived
    }

    /// Findings in key order, and what of each transfer neither side's lines account for.
    ///
    /// The same for every order of payments and lines.
    /// - Throws: ``ReconcilingError`` when amounts are too large to compare.
    package func reconciled() throws(ReconcilingError) -> ChannelResult {
        guard let lines else { return try missing() }
        for line in lines where !line.fits(.channel) {
            throw .misfit(file: FileLayout.channel.name, side: .theirs, line: line.line)
        }
        let pairs = ChannelPairs(payments: payments, lines: lines, fee: fee)
        let verdicts = try verdicts(on: pairs.differences)
        var findings: [CashFinding] = []
        var ordinals: [BreakKind: Int] = [:]
        for (index, difference) in pairs.differences.enumerated() {
            // Differences of a payment follow one another.
            let last = index > 0 ? pairs.differences[index - 1].payment : ""
            if !last.utf8.elementsEqual(difference.payment.utf8) {
                ordinals.removeAll(keepingCapacity: true)
            }
            ordinals[difference.kind, default: 0] += 1
            findings.append(
                try finding(
                    difference, isReal: verdicts.real[index],
                    ordinal: ordinals[difference.kind] ?? 1))
        }
        return ChannelResult(
            findings: findings, claims: pairs.claims, remainders: verdicts.remainders)
    }

    private func missing() throws(ReconcilingError) -> ChannelResult {
        let finding = CashFinding(
            file: FileLayout.channel.name, kind: .missingFile, key: [], ordinal: 1, loan: "",
            cause: .notSent,
            sentence: "channel, missing-file; likely cause: \(channel) has not sent the file",
            rule: Cause.notSent.rule, severity: .high, currency: nil, differences: [], ours: "",
            theirs: "", theirLine: 0, isResolved: false)
        return ChannelResult(
            findings: [finding], claims: [], remainders: try verdicts(on: []).remainders)
    }

    /// What we expect to be transferred of a currency.
    private func expected(_ currency: Currency) -> Int128 {
        payments.filter { $0.currency == currency }.reduce(Int128(0)) {
            $0 + Int128($1.amount) - Int128(fee.amount(of: $1.amount))
        }
    }

    private func verdicts(on differences: [ChannelDifference]) throws(ReconcilingError)
        -> (real: [Bool?], remainders: [Currency: Int64])
    {
        var real = [Bool?](repeating: nil, count: differences.count)
        var remainders: [Currency: Int64] = [:]
        for (currency, amount) in arrived {
            let indices = differences.indices.filter { differences[$0].currency == currency }
            let reading = ChannelReading(
                gap: Int128(amount) - expected(currency), indices.map { differences[$0] })
            for (position, index) in indices.enumerated() { real[index] = reading.real[position] }
            guard let remainder = Int64(exactly: reading.remainder) else {
                throw .differenceOverflows(
                    file: FileLayout.channel.name, key: [], column: "net")
            }
            remainders[currency] = remainder
        }
        return (real, remainders)
    }
}

/// What came of one date of a channel.
package struct ChannelResult: Sendable {
    /// In key order.
    package let findings: [CashFinding]
    package let claims: [CashClaim]
    /// What was transferred − what the lines make plausible, for currencies that have arrived.
    package let remainders: [Currency: Int64]
}

/// Which differences of a date the transferred money has, and which only the file has.
struct ChannelReading {
    let real: [Bool]
    /// What the chosen reading leaves of the gap.
    let remainder: Int128

    /// Beyond so many differences only "as usual", "all" and "none" are tried.
    private static let searchLimit = 10

    /// - Parameter gap: transferred − expected by our records.
    init(gap: Int128, _ differences: [ChannelDifference]) {
        let usual = differences.map(\.isUsuallyReal)
        let found = ChannelReading.candidates(usual).first { reading in
            zip(reading, differences).reduce(Int128(0)) { $0 + ($1.0 ? $1.1.effect : 0) } == gap
        }
        let chosen = found ?? usual
        real = chosen
        remainder =
            gap - zip(chosen, differences).reduce(Int128(0)) { $0 + ($1.0 ? $1.1.effect : 0) }
    }

    /// Readings to try: those that depart least from what is usual first.
    private static func candidates(_ usual: [Bool]) -> [[Bool]] {
        guard usual.count <= searchLimit else {
            return [usual, usual.map { _ in true }, usual.map { _ in false }]
        }
        let masks = (0..<(1 << usual.count)).sorted {
            ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1)
        }
        return masks.map { mask in
            usual.enumerated().map { $0.element != (mask >> $0.offset & 1 == 1) }
        }
    }
}
