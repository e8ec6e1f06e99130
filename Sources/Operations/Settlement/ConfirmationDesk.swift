import BusinessCalendar
import LendingRules

/// Sorts statement lines to their settlements and books them.
struct ConfirmationDesk {
    private let byText: [String: Settlement]
    private let platform: PartyID
    private let date: BusinessDate
    private var sorted: [SettlementID: [CashReceipt]] = [:]
    private(set) var taken: [CashReceipt] = []
    private(set) var unknown: [UnknownReceipt] = []
    private(set) var steps: [SettlementStep] = []
    private(set) var settlements: [Settlement] = []

    init(_ settlements: [Settlement], platform: PartyID, on date: BusinessDate) {
        byText = Dictionary(settlements.map { ($0.id.description, $0) }) { first, _ in first }
        self.platform = platform
        self.date = date
    }

    mutating func sort(_ line: CashReceipt) {
        let named = Set(line.words.compactMap { byText[$0]?.id })
        guard let id = named.first, named.count == 1 else {
            return unknown.append(
                UnknownReceipt(line, named.isEmpty ? .namesNone : .namesSeveral))
        }
        guard id.currency == line.currency else {
            return unknown.append(UnknownReceipt(line, .otherCurrency(id, line.currency)))
        }
        // The one amount that has no opposite.
        guard line.amount != .min else {
            return unknown.append(
                UnknownReceipt(line, .refused(id, .exceeds(received: .max, expected: 0))))
        }
        sorted[id, default: []].append(line)
    }

    /// - Throws: ``SettlementRefusal`` when what is kept contradicts itself.
    mutating func book() throws(SettlementRefusal) {
        for (id, lines) in sorted.sorted(by: { $0.key < $1.key }) {
            guard let settlement = byText[id.description] else { continue }
            var file = try SettlementFile(settlement, platform: platform, on: date)
            for line in lines.inOrder(whenPaying: settlement.amount > 0) {
                do throws(SettlementRefusal) {
                    try file.add(.received(0 - line.amount, bankRef: line.bankRef))
                    taken.append(line)
                } catch {
                    unknown.append(UnknownReceipt(line, .refused(id, error)))
                }
            }
            if file.steps.isEmpty { continue }
            steps += file.steps
            settlements.append(file.settlement)
        }
    }
}

extension [CashReceipt] {
    /// Transfers before returns, then by value date and reference: never by place in a file.
    fileprivate func inOrder(whenPaying isPaid: Bool) -> [CashReceipt] {
        func isReturn(_ line: CashReceipt) -> Bool { (line.amount > 0) == isPaid }
        return sorted {
            if isReturn($0) != isReturn($1) { return isReturn($1) }
            return ($0.valueDate, $0.bankRef) < ($1.valueDate, $1.bankRef)
        }
    }
}
