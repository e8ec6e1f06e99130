import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Settings

/// Reads the words of a command line.
enum Words {
    /// - Throws: ``UsageFault`` when the text is no date.
    static func date(_ text: String, _ option: String) throws -> BusinessDate {
        if let date = BusinessDate(text) { return date }
        throw UsageFault(
            code: "USAGE-001", "\(option) '\(text)' is no date; write it as 2026-01-31")
    }

    /// The date of an optional word.
    static func date(_ text: String?, _ option: String) throws -> BusinessDate? {
        try text.map { try date($0, option) }
    }
}

extension Int64 {
    /// Decimal text of minor units.
    func text(_ currency: Currency) -> String {
        AmountText.format(self, decimals: currency.exponent)
    }
}

extension Node {
    static func amount(_ minorUnits: Int64, _ currency: Currency) -> Node {
        .text(minorUnits.text(currency))
    }

    static func date(_ date: BusinessDate) -> Node { .text(date.description) }
}

extension Application {
    /// The book of a configured party.
    ///
    /// - Throws: ``UsageFault`` when there is none.
    func book(_ name: String) throws -> BookID {
        let names = configuration.parties.map(\.id.name)
        if names.contains(name) { return BookID(name) }
        throw UsageFault(
            code: "USAGE-009",
            "there is no book '\(name)'; one is kept for \(names.joined(separator: ", "))")
    }

    /// A configured party that may be settled with: a partner, a guarantor or a vehicle.
    ///
    /// - Throws: ``UsageFault`` when there is none.
    func counterparty(_ name: String) throws -> PartyID {
        let parties = catalogue.partners.map(\.party) + catalogue.guarantors
        if let party = parties.first(where: { $0.name == name }) { return party }
        let names = parties.map(\.name).joined(separator: ", ")
        throw UsageFault(
            code: "USAGE-002", "there is no partner '\(name)'; configured: \(names)")
    }

    /// The configured partner of a name.
    ///
    /// - Throws: ``UsageFault`` when there is none.
    func partner(_ name: String) throws -> Partner {
        if let partner = catalogue.partners.first(where: { $0.party.name == name }) {
            return partner
        }
        let names = catalogue.partners.map(\.party.name).joined(separator: ", ")
        throw UsageFault(
            code: "USAGE-002", "there is no partner '\(name)'; configured: \(names)")
    }
}
