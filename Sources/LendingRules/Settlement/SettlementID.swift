package import BusinessCalendar
package import Monetary

/// What is netted together within a party, a currency and a settlement day.
package enum NettingSet: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Everything.
    case all
    /// Obligations of one type.
    case only(ObligationType)

    package static func < (left: Self, right: Self) -> Bool {
        left.description < right.description
    }

    /// `net`, or the type's name.
    package var description: String {
        switch self {
        case .all: "net"
        case .only(let type): type.rawValue
        }
    }

    /// The set of a name, or nil.
    package init?(_ name: String) {
        if name == "net" {
            self = .all
        } else if let type = ObligationType(rawValue: name) {
            self = .only(type)
        } else {
            return nil
        }
    }
}

/// Names one settlement; its text is what a transfer carries as its remittance.
package struct SettlementID: Hashable, Sendable {
    package let party: PartyID
    package let currency: Currency
    /// The settlement day it was drafted for.
    package let settlesOn: BusinessDate
    package let netting: NettingSet

    package init(
        party: PartyID, currency: Currency, settlesOn: BusinessDate, netting: NettingSet = .all
    ) {
        self.party = party
        self.currency = currency
        self.settlesOn = settlesOn
        self.netting = netting
    }
}

extension SettlementID: Comparable, CustomStringConvertible {
    /// Settlement day, party, currency, netting.
    package static func < (left: Self, right: Self) -> Bool {
        (left.settlesOn, left.party, left.currency, left.netting)
            < (right.settlesOn, right.party, right.currency, right.netting)
    }

    /// `S20260105.USD.harbor`, with the type behind it where types are settled apart; points
    /// stand in no name, so the text is unique.
    package var description: String {
        let day = "\(settlesOn)".filter { $0 != "-" }
        let text = "S\(day).\(currency).\(party)"
        return netting == .all ? text : "\(text).\(netting)"
    }
}
