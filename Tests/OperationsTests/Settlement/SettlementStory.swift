import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations
import TestSupport

/// A few days of settlement as text, a step a line, and what they come to as text.
///
/// `owe 01-05 repayments 100` freezes an obligation of a reconciled date, `missing 01-05` and
/// `await 01-05` change how its reconciliation stands, `run 01-06` settles on an open date,
/// `cash B1 01-06 -100` brings a statement line for the settlement of a day (`01-06/repayments`
/// where types are apart), `approve 01-06 USER` and `instruct` are what people do.
struct SettlementStory {
    let house: TestHouse
    /// Who runs the steps; nil for the rule.
    var runner: String?

    init(
        _ rules: SettlementRules = SettlementRules(), lag: Int = 1,
        calendar: String = "every-day", runner: String? = nil
    ) throws {
        self.init(
            house: try TestHouse(
                catalogue: try Self.catalogue(rules, lag: lag, calendar: calendar)),
            runner: runner)
    }

    init(house: TestHouse, runner: String? = nil) {
        self.house = house
        self.runner = runner
    }

    static func catalogue(
        _ rules: SettlementRules = SettlementRules(), lag: Int = 1,
        calendar: String = "every-day"
    ) throws -> Catalogue {
        try TestTerms.catalogue(
            partners: [
                TestTerms.partner(TestTerms.harbor, settlement: rules),
                TestTerms.partner(TestTerms.meridian),
            ], settlement: SettlementTerms(lagDays: lag, calendar: calendar))
    }

    /// A step that is none.
    struct Unreadable: Error {
        let step: String
    }

    /// Takes every step; gives the lines that settled nothing.
    @discardableResult
    func live(_ steps: String) async throws -> [UnknownReceipt] {
        var unknown: [UnknownReceipt] = []
        for step in steps.split(separator: "\n") {
            let words = step.split(separator: " ").map(String.init)
            switch words[0] {
            case "owe":
                house.owe([(date: "2026-\(words[1])", type: words[2], try Self.amount(words))])
            case "missing": house.reconciled("2026-\(words[1])", .missing)
            case "await": house.reconciled("2026-\(words[1])", .awaiting)
            case "run":
                house.open("2026-\(words[1])")
                _ = try await house.settle.run(by: runner.map { try Person($0) })
            case "cash": unknown += try await cash(words)
            case "approve":
                _ = try await house.approve.run(Self.id(words[1]), by: Person(words[2]))
            case "instruct": _ = try await house.settle.instruct()
            default: throw Unreadable(step: String(step))
            }
        }
        return unknown
    }

    private func cash(_ words: [String]) async throws -> [UnknownReceipt] {
        let line = CashReceipt(
            bankRef: words[1], amount: try Self.amount(words), currency: SampleLoan.dollars,
            valueDate: house.store.world.open, remittance: "settles \(Self.id(words[2])).")
        return try await house.confirm.run([line]).unknown
    }

    private static func amount(_ words: [String]) throws -> Int64 {
        guard words.count == 4, let amount = Int64(words[3]) else {
            throw Unreadable(step: words.joined(separator: " "))
        }
        return amount
    }

    /// The id of a day of 2026, with the type behind it where types are apart.
    static func id(_ text: String) -> String {
        let parts = text.split(separator: "/")
        let day = parts[0].replacing("-", with: "")
        return (["S2026\(day)", "USD", "harbor"] + parts.dropFirst().map(String.init))
            .joined(separator: ".")
    }

    /// One line a settlement: its day, net, state, what is open, and its lines.
    var told: String {
        get async throws {
            try house.store.world.settlements.sorted { $0.id < $1.id }.map { settlement in
                let machine = try settlement.machine()
                let lines = settlement.lines.map { line in
                    let what = line.type?.rawValue ?? line.kind.rawValue
                    return "\(what) \(String("\(line.date)".dropFirst(5))) \(line.amount)"
                }
                let day = String("\(settlement.id.settlesOn)".dropFirst(5))
                let set = settlement.id.netting == .all ? "" : "/\(settlement.id.netting)"
                let open = machine.open == 0 ? "" : " open \(machine.open)"
                return "\(day)\(set) \(settlement.amount) \(machine.state.rawValue)\(open): "
                    + lines.joined(separator: ", ")
            }.joined(separator: "\n")
        }
    }

    /// What settlements posted on the platform's accounts: due, in transit, cash.
    var accounts: String {
        let rows = house.store.world.ledgerRows.filter {
            $0.kind == .settlement && $0.posting.book == TestTerms.platform.book
        }
        return [Account.dueToFrom, .cashInTransit, .cash].map { account in
            let sum = rows.filter { $0.posting.account == account }
                .reduce(0) { $0 + $1.posting.amount }
            return "\(account) \(sum)"
        }.joined(separator: ", ")
    }
}

extension TestHouse {
    func open(_ date: String) {
        store.write { $0.open = SampleLoan.date(date) }
    }

    func reconciled(
        _ date: String, _ state: ReconciliationState, with party: PartyID = TestTerms.harbor
    ) {
        let pair = World.Pair(party: party, date: SampleLoan.date(date))
        store.write {
            $0.reconciled[pair] = ReconciledDate(
                party: party, date: pair.date, state: state, received: [], claims: [], breaks: [])
        }
    }

    /// Obligations frozen at the close of dates that are reconciled.
    func owe(
        _ amounts: [(date: String, type: String, amount: Int64)],
        to party: PartyID = TestTerms.harbor, in currency: Currency = SampleLoan.dollars
    ) {
        for owed in amounts {
            let date = SampleLoan.date(owed.date)
            reconciled(owed.date, .reconciled, with: party)
            guard let type = ObligationType(rawValue: owed.type) else {
                preconditionFailure("\(owed.type) is a type of obligation")
            }
            store.write { world in
                if !world.closed.contains(where: { $0.date == date }) {
                    world.closed.append(ClosedDay(date: date, head: []))
                }
                world.obligations[date, default: []].append(
                    Obligation(
                        date: date, party: party, currency: currency, type: type,
                        amount: owed.amount))
            }
        }
    }
}
