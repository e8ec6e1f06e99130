import Monetary

/// One difference between our payment and the channel's line, before it is explained.
struct ChannelDifference {
    let kind: BreakKind
    let payment: String
    let ours: CollectedPayment?
    let theirs: Record?
    let currency: Currency
    /// Minor units by which the line changes the transfer that we expect.
    let effect: Int128
    /// Gross, fee and net by which the two differ, ours − theirs.
    let amounts: [(column: String, difference: Int128)]

    /// Only the fee differs; what a channel charges it also keeps.
    var isFeeOnly: Bool { kind == .amount && amounts.first?.column == "fee" }

    /// How the difference is read before the transfer tells.
    var isUsuallyReal: Bool { isFeeOnly }
}

/// Pairs payments with lines by payment id; order of either side does not matter.
struct ChannelPairs {
    private(set) var differences: [ChannelDifference] = []
    private(set) var claims: [CashClaim] = []
    private let fee: ChannelFee

    init(payments: [CollectedPayment], lines: [Record], fee: ChannelFee) {
        self.fee = fee
        let ours = Dictionary(payments.map { (ExactText($0.id), $0) }) { first, _ in first }
        let theirs = Dictionary(grouping: lines) { ExactText($0.fields[0]) }
        let texts = payments.map(\.id) + lines.map { $0.fields[0] }
        let keys = Dictionary(texts.map { (ExactText($0), $0) }) { first, _ in first }
        for (exact, key) in keys.sorted(by: {
            $0.value.utf8.lexicographicallyPrecedes($1.value.utf8)
        }) {
            pair(key, ours[exact], theirs[exact] ?? [])
        }
    }

    private mutating func pair(_ key: String, _ ours: CollectedPayment?, _ theirs: [Record]) {
        let sorted = theirs.sorted {
            let byContent = RecordOrder.byContent($0, $1)
            if byContent != .same { return byContent == .before }
            let byReference = RecordOrder.byBytes($0.key[0], $1.key[0])
            return byReference == .same ? $0.line < $1.line : byReference == .before
        }
        let chosen = sorted.firstIndex { record in ours.map { agrees($0, record) } ?? false } ?? 0
        if let ours {
            let line = sorted.isEmpty ? nil : sorted[chosen]
            let difference = compare(ours, line)
            if let difference { differences.append(difference) }
            claim(.ours, key, 1, difference != nil)
            if line != nil { claim(.theirs, key, chosen + 1, difference != nil) }
        } else if let first = sorted.first {
            differences.append(extra(.theirsOnly, key, first))
            claim(.theirs, key, 1, true)
        }
        for (index, record) in sorted.enumerated() where index != chosen {
            differences.append(extra(.duplicateTheirs, key, record))
            claim(.theirs, key, index + 1, true)
        }
    }

    private mutating func claim(_ side: Side, _ key: String, _ occurrence: Int, _ isFound: Bool) {
        claims.append(
            CashClaim(
                side: side, key: [key], occurrence: occurrence,
                finding: isFound ? differences.count - 1 : nil))
    }

    private func values(_ ours: CollectedPayment) -> [Int128] {
        let charge = fee.amount(of: ours.amount)
        return [Int128(ours.amount), Int128(charge), Int128(ours.amount) - Int128(charge)]
    }

    private func agrees(_ ours: CollectedPayment, _ line: Record) -> Bool {
        ours.currency == line.currency && values(ours) == line.amounts.map { Int128($0) }
    }

    private func compare(_ ours: CollectedPayment, _ line: Record?) -> ChannelDifference? {
        let expected = values(ours)
        guard let line else {
            return ChannelDifference(
                kind: .oursOnly, payment: ours.id, ours: ours, theirs: nil,
                currency: ours.currency, effect: -expected[2],
                amounts: [("gross", expected[0]), ("fee", expected[1]), ("net", expected[2])])
        }
        if line.currency != ours.currency {
            return ChannelDifference(
                kind: .field, payment: ours.id, ours: ours, theirs: line,
                currency: ours.currency, effect: 0, amounts: [])
        }
        let amounts = zip(["gross", "fee", "net"], zip(expected, line.amounts))
            .map { (column: $0, difference: $1.0 - Int128($1.1)) }.filter { $0.difference != 0 }
        if amounts.isEmpty { return nil }
        return ChannelDifference(
            kind: .amount, payment: ours.id, ours: ours, theirs: line, currency: ours.currency,
            effect: Int128(line.amounts[2]) - expected[2], amounts: amounts)
    }

    private func extra(_ kind: BreakKind, _ key: String, _ line: Record) -> ChannelDifference {
        ChannelDifference(
            kind: kind, payment: key, ours: nil, theirs: line, currency: line.currency,
            effect: Int128(line.amounts[2]),
            amounts: zip(["gross", "fee", "net"], line.amounts).map { ($0, -Int128($1)) })
    }
}
