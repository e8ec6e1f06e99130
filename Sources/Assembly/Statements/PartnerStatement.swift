import BusinessCalendar
import LendingRules
import Monetary
import Operations
import PartnerGateway

/// What a partner gets with a settlement day: how each amount to pay came about.
///
/// It tells what was settled, not where it stands, so that it never changes afterwards.
struct PartnerStatement: Sendable {
    let platformName: String
    let partnerName: String
    let settlesOn: BusinessDate
    /// In id order; more than one where types or currencies are settled apart.
    let settlements: [Settlement]

    /// The last lines: what the lines make, and what becomes of it.
    static func closing(of settlement: Settlement) -> [(label: String, amount: Int64)] {
        let isCarried = settlement.events.first?.event == .carriedOver
        return [
            ("net", settlement.amount),
            ("carried-over", isCarried ? settlement.amount : 0),
            ("to-pay", isCarried ? 0 : settlement.amount),
        ]
    }

    /// The lines, with one of nothing first when nothing was carried: a statement opens with it.
    func lines(of settlement: Settlement) -> [SettlementLine] {
        if settlement.lines.contains(where: { $0.kind == .carried }) { return settlement.lines }
        let nothing = SettlementLine(
            .carried, type: nil, date: settlesOn, currency: settlement.id.currency, amount: 0)
        return [nothing] + settlement.lines
    }

    /// One row a line, then the net, what of it is carried over and what is to be paid.
    var csv: [UInt8] {
        var writer = CSVWriter(columns: [
            "settlement", "line", "date", "type", "of", "amount", "currency",
        ])
        for settlement in settlements {
            let id = settlement.id
            for line in lines(of: settlement) {
                writer.row([
                    id.description, line.kind.rawValue, line.date.description,
                    line.type?.rawValue ?? "", line.source, line.amount.text(id.currency),
                    id.currency.code,
                ])
            }
            for end in PartnerStatement.closing(of: settlement) {
                writer.row([
                    id.description, end.label, settlesOn.description, "", "",
                    end.amount.text(id.currency), id.currency.code,
                ])
            }
        }
        return writer.bytes
    }
}
