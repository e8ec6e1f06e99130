package import Monetary

/// One line of a file of waivers, charge-offs, recoveries, transfers, compensations, buy-backs or
/// corrections.
package struct FactFileLine: Hashable, Sendable {
    package let row: FactLine
    package let currency: Currency

    package init(row: FactLine, currency: Currency) {
        self.row = row
        self.currency = currency
    }

    /// Name of the file the line stands in: that of its kind, or `corrections`.
    package var file: String {
        if !row.corrects.isEmpty { return "corrections" }
        switch row.kind {
        case .waiver: return "waivers"
        case .chargeOff, .partialChargeOff: return "charge-offs"
        case .recovery, .collectionCost: return "recoveries"
        case .transfer, .sale, .poolSale, .poolCollection: return "transfers"
        case .compensation, .invocation, .lossSharing: return "compensations"
        case .buyBack, .substitution: return "buy-backs"
        }
    }
}
