extension Break {
    /// What the break would make of a loan's balances if each side had booked its own record.
    ///
    /// A line that is dated or described otherwise, or that names another loan, may be missing in
    /// a balance as a whole, so all of it counts.
    func effect(in layout: FileLayout, on loan: String) -> BalanceEffect {
        if differences.contains(where: \.isCurrency) { return .none }
        guard layout.role == .movement, let ours = ours?.record, let theirs = theirs?.record else {
            return BalanceEffect(file: layout, differences: amountDifferences)
        }
        if layout.loan(of: ours) != layout.loan(of: theirs) {
            return layout.loan(of: ours) == loan
                ? BalanceEffect(layout, ours)
                : BalanceEffect.none - BalanceEffect(layout, theirs)
        }
        switch kind {
        case .date, .timing, .field: return BalanceEffect(layout, ours)
        default: return BalanceEffect(file: layout, differences: amountDifferences)
        }
    }

    /// Every loan the break's records name, ours first.
    func loans(in layout: FileLayout) -> [String] {
        let names = [ours, theirs].compactMap { $0.map { layout.loan(of: $0.record) } }
        return names.count == 2 && ExactText(names[0]) == ExactText(names[1]) ? [names[0]] : names
    }
}

extension BalanceEffect {
    fileprivate init(_ layout: FileLayout, _ record: Record) {
        self.init(
            file: layout,
            differences: zip(layout.amountColumns, record.amounts).map { ($0.name, $1) })
    }
}
