import BusinessCalendar
import LendingRules
import Monetary
import Operations

extension Settlement {
    /// The columns of a list as CSV.
    static let columns = [
        "id", "settlesOn", "party", "netting", "amount", "currency", "state", "received", "open",
        "bankRefs", "approver", "dates",
    ]

    /// Who pays, in words.
    var direction: String {
        amount > 0 ? "platform pays" : amount < 0 ? "partner pays" : "nothing to pay"
    }

    /// - Throws: ``SettlementRefusal`` when what is kept contradicts itself.
    func sentence() throws(SettlementRefusal) -> String {
        let sum = "\(amount.magnitudeText(id.currency)) \(id.currency)"
        return "\(id): \(direction) \(sum), \(try machine().state.rawValue)"
    }

    /// What lists tell.
    ///
    /// - Throws: ``SettlementRefusal`` when what is kept contradicts itself.
    func node() throws(SettlementRefusal) -> Node {
        .object(try members())
    }

    /// The statement lines it rests on, in the order they were taken in.
    var bankRefs: [String] {
        var references: [String] = []
        for booked in events {
            if case .received(_, let bankRef) = booked.event { references.append(bankRef) }
        }
        return references
    }

    /// The same with every line, event and statement line.
    ///
    /// - Parameter receipts: statement lines by their references.
    /// - Throws: ``SettlementRefusal`` when what is kept contradicts itself.
    func fullNode(_ receipts: [String: CashReceipt]) throws(SettlementRefusal) -> Node {
        .object(
            try members() + [
                Node.Member(
                    name: "statementLines",
                    value: .array(bankRefs.compactMap { receipts[$0]?.node })),
                Node.Member(name: "lines", value: .array(lines.map(\.node))),
                Node.Member(
                    name: "events", value: .array(events.map { $0.node(id.currency) })),
            ])
    }

    private func members() throws(SettlementRefusal) -> [Node.Member] {
        let machine = try machine()
        let values: KeyValuePairs<String, Node> = [
            "id": .text(id.description), "settlesOn": .date(id.settlesOn),
            "party": .text(id.party.name), "netting": .text(id.netting.description),
            "amount": .amount(amount, id.currency), "currency": .text(id.currency.code),
            "state": .text(machine.state.rawValue),
            "received": .amount(machine.received, id.currency),
            "open": .amount(machine.open, id.currency),
            "bankRefs": .array(bankRefs.map { .text($0) }), "approver": .optional(machine.approver),
            "dates": .array(dates.map { .date($0) }),
        ]
        return values.map { Node.Member(name: $0.key, value: $0.value) }
    }

    /// One settlement for a person: itself, its lines, its life, and what the account showed of it.
    ///
    /// - Throws: ``SettlementRefusal`` when what is kept contradicts itself.
    func grids(_ receipts: [String: CashReceipt]) throws(SettlementRefusal) -> [Grid] {
        var sheet = Grid(
            title: "Lines",
            columns: [
                .words("line"), .words("date"), .words("type"), .words("of"), .figures("amount"),
            ])
        for line in lines where line.amount != 0 {
            sheet.add([
                line.kind.rawValue, line.date.description, line.type?.rawValue ?? "", line.source,
                line.amount.text(line.currency),
            ])
        }
        sheet.total(["net", "", "", "", amount.text(id.currency)])
        var life = Grid(
            title: "Events",
            columns: [
                .words("booked on"), .words("event"), .words("by"), .words("reference"),
                .figures("amount"),
            ])
        for booked in events {
            let told = booked.event.told
            life.add([
                booked.bookedOn.description, booked.event.word, told.person, told.reference,
                told.amount.map { $0.text(id.currency) } ?? "",
            ])
        }
        let evidence = Grid(of: bankRefs.compactMap { receipts[$0] })
        return [try Grid(of: [self]), sheet, life] + (bankRefs.isEmpty ? [] : [evidence])
    }
}

extension CashReceipt {
    fileprivate var node: Node {
        .object([
            "bankRef": .text(bankRef), "valueDate": .date(valueDate),
            "amount": .amount(amount, currency), "currency": .text(currency.code),
            "remittance": .text(remittance),
        ])
    }
}

extension Grid {
    /// What the account showed; positive came in.
    fileprivate init(of receipts: [CashReceipt]) {
        self.init(
            title: "Statement lines",
            columns: [
                .words("bank reference"), .words("value date"), .figures("amount"),
                .words("currency"), .words("remittance"),
            ])
        for line in receipts {
            add([
                line.bankRef, line.valueDate.description, line.amount.text(line.currency),
                line.currency.code, line.remittance,
            ])
        }
    }
}

extension SettlementReport {
    /// What was instructed and what waits for approval, a line each.
    var lines: [String] {
        func line(_ settlement: Settlement, _ words: String) -> String {
            let sum = settlement.amount.magnitudeText(settlement.id.currency)
            return "  settlement \(settlement.id): \(settlement.direction) \(sum) "
                + "\(settlement.id.currency)\(words)"
        }
        return instructed.map { line($0, "") } + waiting.map { line($0, ", waits for approval") }
    }
}

extension Grid {
    /// - Throws: ``SettlementRefusal`` when what is kept contradicts itself.
    init(of settlements: [Settlement]) throws(SettlementRefusal) {
        self.init(columns: [
            .words("settlement"), .words("partner"), .words("direction"), .figures("amount"),
            .words("currency"), .words("state"), .figures("open"), .words("statement line"),
            .words("dates"),
        ])
        for settlement in settlements {
            let id = settlement.id
            let machine = try settlement.machine()
            add([
                id.description, id.party.name, settlement.direction,
                settlement.amount.magnitudeText(id.currency), id.currency.code,
                machine.state.rawValue,
                machine.open == 0 ? "" : machine.open.text(id.currency),
                settlement.bankRefs.joined(separator: " "),
                settlement.dates.map(\.description).joined(separator: " "),
            ])
        }
    }
}

extension SettlementLine {
    fileprivate var node: Node {
        .object([
            "line": .text(kind.rawValue), "date": .date(date), "type": .optional(type?.rawValue),
            "source": .text(source), "amount": .amount(amount, currency),
        ])
    }
}

extension BookedSettlementEvent {
    fileprivate func node(_ currency: Currency) -> Node {
        let told = event.told
        return .object([
            "event": .text(event.word), "bookedOn": .date(bookedOn), "by": .text(told.person),
            "reference": .text(told.reference),
            "amount": told.amount.map { .amount($0, currency) } ?? .null,
        ])
    }
}

extension SettlementEvent {
    /// Who, by what and how much, as far as the event has it.
    fileprivate var told: (person: String, reference: String, amount: Int64?) {
        switch self {
        case .drafted(let person), .approved(let person): (person ?? "rule", "", nil)
        case .carriedOver, .cleared, .instructed: ("rule", "", nil)
        case .received(let amount, let bankRef): ("", bankRef, amount)
        case .netted(let amount, let into): ("rule", into, amount)
        }
    }
}

extension Int64 {
    /// Decimal text without the sign.
    func magnitudeText(_ currency: Currency) -> String {
        let text = self.text(currency)
        return text.hasPrefix("-") ? String(text.dropFirst()) : text
    }
}
