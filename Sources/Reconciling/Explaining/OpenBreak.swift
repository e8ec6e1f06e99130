package import BusinessCalendar

/// A break of an earlier date that is still open, as evidence for today's.
package struct OpenBreak: Hashable, Sendable {
    package let id: BreakID
    package let layout: FileLayout
    package let kind: BreakKind
    package let key: [String]
    package let loan: String
    /// The business date on which the break first appeared.
    package let firstDate: BusinessDate
    /// Whether two persons have accepted the one side's line: it waits for the other's, however
    /// long that takes.
    package let isAccepted: Bool
    /// What the break makes of the loan's balance difference.
    package let effect: BalanceEffect

    /// An open break from what a store keeps of it: the column differences, minor units.
    package init(
        id: BreakID, layout: FileLayout, kind: BreakKind, key: [String], loan: String,
        firstDate: BusinessDate, differences: [(column: String, minorUnits: Int64)],
        isAccepted: Bool = false
    ) {
        self.isAccepted = isAccepted
        self.id = id
        self.layout = layout
        self.kind = kind
        self.key = key
        self.loan = loan
        self.firstDate = firstDate
        effect = BalanceEffect(file: layout, differences: differences)
    }

    /// The break of a date as later dates will see it, or nil when it is about no loan.
    package init?(_ found: Break, layout: FileLayout, firstDate: BusinessDate) {
        guard let loan = found.loan(in: layout) else { return nil }
        self.init(
            id: found.id, layout: layout, kind: found.kind, key: found.key, loan: loan,
            firstDate: firstDate, differences: found.amountDifferences)
    }
}

extension Break {
    /// The loan the break is about, ours when the two records name different ones.
    package func loan(in layout: FileLayout) -> String? {
        if kind == .balanceChain { return key.first }
        if kind == .groupSum { return key.last }
        guard let record = (ours ?? theirs)?.record else { return nil }
        let loan = layout.loan(of: record)
        return loan.isEmpty ? nil : loan
    }

    /// The column differences in minor units, ours − theirs, without those that hold no amount.
    package var amountDifferences: [(column: String, minorUnits: Int64)] {
        // A loop: mapped here, the optimizer of Swift 6.3.1 crashes on the inlined switch.
        var amounts: [(column: String, minorUnits: Int64)] = []
        for difference in differences {
            guard let minorUnits = difference.minorUnits else { continue }
            amounts.append((difference.column, minorUnits))
        }
        return amounts
    }
}
