import Monetary

/// Whether a partner's lines by instalment add up to its own line over the payment, column by
/// column.
///
/// A group is a payment of a loan that both files of the partner have; what only one of them has
/// is told line by line. Cents within the file's tolerance are no difference.
struct GroupSums {
    private(set) var breaks: [Break] = []
    private let tolerance: Tolerance

    /// A payment of one loan in one currency.
    private struct Group: Hashable {
        let payment: String
        let loan: String
        let currency: Currency
    }

    init(of day: PartnerDay) {
        let parts = day.files.first { $0.layout == .repaymentsByInstalment }
        let lines = day.files.first { $0.layout == .repayments }
        tolerance = parts?.tolerance ?? .none
        guard let parts = parts?.theirs, let lines = lines?.theirs else { return }
        var mint = BreakMint(
            file: FileLayout.repaymentsByInstalment.name, ids: day.ids,
            severities: day.severities)
        let whole = GroupSums.sums(lines, .repayments)
        let sums = GroupSums.sums(parts, .repaymentsByInstalment)
        for group in sums.keys.sorted(by: GroupSums.isBefore) {
            guard let line = whole[group], let sum = sums[group] else { continue }
            let differences = differences(line, sum)
            if differences.isEmpty { continue }
            breaks.append(
                mint.make(
                    .groupSum, key: [group.payment, group.loan], differences: differences,
                    currency: group.currency))
        }
    }

    private func differences(_ line: [Int128], _ parts: [Int128]) -> [Difference] {
        var found: [Difference] = []
        for (index, column) in FileLayout.repaymentsByInstalment.amountColumns.enumerated() {
            let limit = tolerance.minorUnits(for: column.name)
            guard (line[index] - parts[index]).magnitude > limit.magnitude,
                let ours = Int64(exactly: line[index]), let theirs = Int64(exactly: parts[index]),
                let difference = Int64(exactly: line[index] - parts[index])
            else { continue }
            found.append(
                Difference(
                    column: column.name,
                    values: .amount(ours: ours, theirs: theirs, difference: difference)))
        }
        return found
    }

    /// Sums by group; both files have the same amount columns.
    private static func sums(_ records: [Record], _ layout: FileLayout) -> [Group: [Int128]] {
        var sums: [Group: [Int128]] = [:]
        for record in records {
            let group = Group(
                payment: record.key[0], loan: layout.loan(of: record), currency: record.currency)
            var sum = sums[group] ?? record.amounts.map { _ in 0 }
            for (index, amount) in record.amounts.enumerated() { sum[index] += Int128(amount) }
            sums[group] = sum
        }
        return sums
    }

    private static func isBefore(_ left: Group, _ right: Group) -> Bool {
        for order in [
            RecordOrder.byBytes(left.payment, right.payment),
            RecordOrder.byBytes(left.loan, right.loan), Ordering(left.currency, right.currency),
        ] where order != .same {
            return order == .before
        }
        return false
    }
}
