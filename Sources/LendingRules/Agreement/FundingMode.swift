package import BusinessCalendar

/// When lenders fund their shares of a loan (RULES § 4).
package enum FundingMode: Hashable, Sendable {
    /// Every share is accepted before money goes to the borrower.
    case beforePayout
    /// The originator pays the borrower and holds everything; the shares are asked for afterwards
    /// and transferred within so many calendar days of the disbursement.
    case afterPayout(transferDays: Int)

    /// The words of the configuration.
    package enum Name: String, Sendable, CaseIterable {
        case beforePayout = "before-payout"
        case afterPayout = "after-payout"
    }

    package var name: Name { self == .beforePayout ? .beforePayout : .afterPayout }

    /// Days after the disbursement within which shares are transferred; nil where none is.
    package var transferDays: Int? {
        if case .afterPayout(let days) = self { days } else { nil }
    }

    /// The mode of a name; nil for one that needs days and has none, or has days without need.
    package init?(_ name: Name, transferDays: Int?) {
        switch (name, transferDays) {
        case (.beforePayout, nil): self = .beforePayout
        case (.afterPayout, let days?) where days > 0: self = .afterPayout(transferDays: days)
        default: return nil
        }
    }

    /// The last business date at whose end shares of a loan may be transferred; nil where none is.
    ///
    /// Worked: disbursed on 1 March with 15 days, the last is 16 March.
    package func lastTransfer(disbursedOn: BusinessDate) -> BusinessDate? {
        transferDays.map { disbursedOn.adding(days: $0) }
    }
}
