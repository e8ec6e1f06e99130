/// The part of a balance that a column belongs to, whichever bucket holds it.
///
/// Normal and overdue are one component here: a side that missed a payment moves the amount to
/// overdue at the end of the due date, so only their sum tells whether a line was booked.
package enum BalanceComponent: Int, Hashable, Sendable, CaseIterable {
    case principal
    case interest
    case penalty
    case fee
}

/// What a break makes of the difference between both sides' balances of one loan, `ours − theirs`.
package struct BalanceEffect: Hashable, Sendable {
    /// Minor units by component; wide, so that no sum of lines can overflow.
    private var amounts: [Int128]

    package static let none = BalanceEffect()

    private init() { amounts = BalanceComponent.allCases.map { _ in 0 } }

    /// The effect of a break's column differences, as a store keeps them.
    ///
    /// Columns the layout does not know, or that balances do not hold, count nothing.
    package init(file layout: FileLayout, differences: [(column: String, minorUnits: Int64)]) {
        self.init()
        for difference in differences {
            guard let column = layout.amountColumns.first(where: { $0.name == difference.column }),
                let component = column.component
            else { continue }
            amounts[component.rawValue] +=
                Int128(difference.minorUnits) * Int128(column.direction)
        }
    }

    /// Minor units of one component.
    package subscript(component: BalanceComponent) -> Int128 { amounts[component.rawValue] }

    package var isNone: Bool { amounts.allSatisfy { $0 == 0 } }

    /// Whether only the penalty differs, as it does for each day a payment is booked late.
    var isPenaltyOnly: Bool {
        BalanceComponent.allCases.allSatisfy { $0 == .penalty || self[$0] == 0 }
    }

    /// The sum over all components, zero when money only moved between them.
    var total: Int128 { amounts.reduce(0, +) }

    /// Whether no component is off by more than `limit` minor units.
    func isWithin(_ limit: Int64) -> Bool {
        amounts.allSatisfy { $0.magnitude <= limit.magnitude }
    }

    func isWithin(_ limit: Int64, except component: BalanceComponent) -> Bool {
        BalanceComponent.allCases.allSatisfy {
            $0 == component || self[$0].magnitude <= limit.magnitude
        }
    }

    static func + (left: BalanceEffect, right: BalanceEffect) -> BalanceEffect {
        var sum = left
        for index in sum.amounts.indices { sum.amounts[index] += right.amounts[index] }
        return sum
    }

    static func - (left: BalanceEffect, right: BalanceEffect) -> BalanceEffect {
        var rest = left
        for index in rest.amounts.indices { rest.amounts[index] -= right.amounts[index] }
        return rest
    }
}
