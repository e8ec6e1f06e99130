// Lines of facts beyond payments, as received and as booked.

/// A line as received: what the platform says the bank gave up, gets, hands over or takes.
package struct FactLine: Equatable, Sendable {
    /// Name of the file it came in.
    package let file: String
    /// Key of the line.
    package let factID: String
    /// The loan it belongs to.
    package let loanID: String
    /// `waiver`, `charge-off`, `partial-charge-off`, `recovery`, `compensation`, `buy-back`,
    /// `substitution`, `transfer`, `sale`, `pool-sale`, `pool-collection`, `invocation` or
    /// `loss-sharing`.
    package let kind: String
    /// Claims given up or handed over, or cash received, by component; claims taken over are below
    /// zero.
    package let told: Components
    /// Who pays the bank for it, or whom it pays for the others; empty when nobody does.
    package let counterparty: String
    /// What the counterparty pays the bank; below zero what the bank pays.
    package let price: Int64
    /// The day it counts from.
    package let valueDate: Day
    /// The fact whose line this one changes.
    package let corrects: String?

    /// Whether it brings cash for claims written off.
    package var isRecovery: Bool { kind == "recovery" }

    /// Whether claims go to another holder by it, or come from one.
    var changesHands: Bool {
        ["compensation", "buy-back", "substitution", "transfer", "sale", "pool-sale"]
            .contains(kind)
    }

    /// Whether it is cash for a loss, claims staying where they are.
    var paysForLoss: Bool { kind == "invocation" || kind == "loss-sharing" }

    /// Whether it is what was collected since a pool's cut-off, which goes to its buyer.
    var passesOn: Bool { kind == "pool-collection" }

    /// Whether it gives up part of what is due, and the loan goes on.
    var isWaiver: Bool { kind == "waiver" || kind == "partial-charge-off" }

    /// A line of a file; nil when its date is none.
    package init?(_ row: [String], _ layout: FileLayout, _ currency: Currency) {
        func field(_ column: String) -> String { row[layout.index(of: column)] }
        guard let day = Day(field("value_date")) else { return nil }
        let sign: Int64 = field("kind") == "recovery" ? 1 : -1
        func amount(_ column: String) -> Int64 {
            sign * (currency.minorUnits(field(column)) ?? 0)
        }
        var told = Components()
        told.principal = amount("principal")
        told.overduePrincipal = amount("overdue_principal")
        told.interest = amount("interest")
        told.overdueInterest = amount("overdue_interest")
        told.penalty = amount("penalty")
        told.fee = amount("fee")
        self.told = told
        file = layout.name
        factID = field("fact_id")
        loanID = field("loan_id")
        kind = field("kind")
        counterparty = field("counterparty")
        price = currency.minorUnits(field("price")) ?? 0
        valueDate = day
        corrects = field("reverses").isEmpty ? nil : field("reverses")
    }
}

/// What the bank itself books for a line.
package struct BookedFact: Equatable, Sendable {
    /// The line as received.
    package let line: FactLine
    /// The bank's own figures.
    package let components: Components
    /// What it says it is paid, where that does not follow from other figures.
    package var price: Int64?
    /// The business date in whose file it came.
    package let bookedOn: Day

    /// The bank's row: + is what it holds or receives more.
    func row(_ currency: Currency) -> [String] {
        let sign: Int64 = line.isRecovery ? 1 : -1
        let amounts = [
            components.principal, components.overduePrincipal, components.interest,
            components.overdueInterest, components.penalty, components.fee,
        ]
        // Another price than its claims is what the bank pays for the other holders.
        let isPaid = line.price == line.told.total
        let own = price ?? (isPaid ? components.total : line.price)
        let price = line.counterparty.isEmpty ? 0 : own
        return [line.factID, line.loanID, line.kind] + amounts.map { currency.text(sign * $0) }
            + [
                line.counterparty, currency.text(price), currency.code,
                line.valueDate.description, line.corrects ?? "",
            ]
    }
}
