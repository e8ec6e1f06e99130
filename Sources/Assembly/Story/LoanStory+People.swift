import BusinessCalendar
import LendingRules
import Monetary
import Operations

// What a person reads of one loan: who lends and where it stands first, the entries last.

extension LoanStory {
    var heading: [String] {
        let record = view.line.record
        var lines = [
            "Loan \(record.loan), \(standing)", "",
            "borrower   \(record.borrower)",
            "terms      \(record.principal.text(currency)) \(currency) at "
                + "\(record.rate.percentText()) %, \(record.instalments) instalments, "
                + record.product,
            "agreement  \(record.agreement)",
            "booked     \(record.bookedOn)",
        ]
        if let payout = view.payout { lines.append("payout     \(payout.words)") }
        if let disbursedOn = line.disbursedOn { lines.append("disbursed  \(disbursedOn)") }
        if let contract { lines += terms(contract) }
        if let position, position.unallocated != 0 {
            lines.append(
                "waiting    \(position.unallocated.text(currency)) \(currency) of the borrower's "
                    + "cash is on no claim")
        }
        lines.append("told       at the end of \(date)" + (isClosed ? "" : ", as the facts stand"))
        return lines
    }

    /// The loan's state and, once it is disbursed, where it stands with its borrower.
    private var standing: String {
        guard let position, !position.isUndone else {
            return position == nil && view.line.disbursedOn != nil
                ? "not disbursed yet" : line.state.rawValue
        }
        switch LoanStatus(position).standing {
        case .current: return "disbursed, current"
        case .pastDue: return "disbursed, past due"
        case .paidOff: return "paid off"
        case .chargedOff: return "written off"
        case .notDisbursed, .cancelled: return line.state.rawValue
        }
    }

    private func terms(_ contract: LoanContract) -> [String] {
        let rules = LoanRules(contract)
        return ["penalty    \(rules.penalty)"]
            + contract.serviceFees.map { "fee        \(rules.line($0))" }
    }

    var grids: [Grid] {
        [
            shares, said, owed, schedule, happened, transfers, indemnities, shortfalls,
            distributions, relief, settled, postings,
        ].compactMap(\.self)
    }

    private var shares: Grid {
        var grid = Grid(
            title: "Who lends (\(currency))",
            columns: [
                .words("party"), .figures("amount"), .figures("share"), .words("request"),
                .words("state"), .words("answer"),
            ])
        for share in view.plan.shares {
            let held = view.requests.last { $0.request.party == share.party }
            grid.add([
                share.party.name, share.amount.text(currency),
                share.amount.percent(of: view.line.record.principal),
                held?.request.key ?? "own book", held?.state.rawValue ?? "",
                held.flatMap { view.answer(to: $0) } ?? "",
            ])
        }
        // A lender that refused has no share any more; its request still says why.
        let parties = view.plan.shares.map(\.party)
        for held in view.requests where !parties.contains(held.request.party) {
            grid.add(
                [
                    held.request.party.name, "", "", held.request.key, held.state.rawValue,
                    view.answer(to: held) ?? "",
                ], tones: [4: .bad])
        }
        return grid
    }

    private var said: Grid? {
        var grid = Grid(
            title: "What people said of requests",
            columns: ["request", "was", "person", "says", "because", "counts"].map { .words($0) })
        for (key, words) in view.said.sorted(by: { $0.key < $1.key }) {
            for word in words {
                grid.add([
                    key, word.state.rawValue, word.person, word.outcome.rawValue, word.reason,
                    word.isDecision ? "decides" : "proposes",
                ])
            }
        }
        return grid.rows.isEmpty ? nil : grid
    }

    private var owed: Grid? {
        guard let contract, let position else { return nil }
        let days = position.daysPastDue
        let columns = OwedColumn.all.filter { column in
            !column.isRare || position.lenders.contains { column.amount($0) != 0 }
        }
        var grid = Grid(
            title: "Owed at the end of \(position.date) (\(currency)), "
                + (days == 0 ? "not past due" : "\(days) days past due (\(position.bucket))"),
            columns: [.words("lender")] + columns.map { .figures($0.name) })
        var sums = [Int64](repeating: 0, count: columns.count)
        for (party, lender) in zip(contract.lenders, position.lenders) {
            let amounts = columns.map { $0.amount(lender) }
            sums = zip(sums, amounts).map(+)
            grid.add(
                [party.name] + amounts.map { $0.text(currency) },
                tones: columns.indices.reduce(into: [:]) { tones, index in
                    if columns[index].isArrears, amounts[index] != 0 { tones[index + 1] = .bad }
                })
        }
        grid.total(["borrower"] + sums.map { $0.text(currency) })
        return grid
    }

    private var happened: Grid? {
        var grid = Grid(
            title: "What happened (\(currency))",
            columns: [
                .words("value date"), .words("booked"), .words("kind"), .figures("amount"),
                .words("id"), .words("about"),
            ])
        for fact in facts {
            let (kind, amount, detail) = fact.words(currency, lent: view.line.record.principal)
            grid.add(
                [
                    fact.valueDate.description, fact.bookingDate.description, kind, amount ?? "",
                    fact.id, detail ?? "",
                ], tones: fact.reversed == nil ? [:] : [2: .bad])
        }
        return grid.rows.isEmpty ? nil : grid
    }
}

/// A claim of a lender as a column; what is rare stands only where there is any of it.
private struct OwedColumn: Sendable {
    let name: String
    var isArrears = false
    var isRare = false
    let amount: @Sendable (LenderPosition) -> Int64

    static let all = [
        OwedColumn(name: "principal") { $0.principal },
        OwedColumn(name: "overdue", isArrears: true) { $0.overduePrincipal },
        OwedColumn(name: "interest") { $0.interest },
        OwedColumn(name: "overdue int.", isArrears: true) { $0.overdueInterest },
        OwedColumn(name: "penalty", isArrears: true) { $0.penalty },
        OwedColumn(name: "on interest", isArrears: true, isRare: true) { $0.penaltyOnInterest },
        OwedColumn(name: "fees", isRare: true) { $0.fee },
        OwedColumn(name: "all") { $0.outstanding },
    ]
}

extension Share {
    /// `8 %`, or the fraction where two decimals of a percent do not say it exactly.
    var words: String {
        let scaled = Int128(numerator) * 10_000
        guard scaled % Int128(denominator) == 0,
            let hundredths = Int64(exactly: scaled / Int128(denominator))
        else { return description }
        return AmountText.format(hundredths, decimals: 2).withoutZeros + " %"
    }
}

extension String {
    /// A decimal number without zeros at the end of its fraction.
    var withoutZeros: String {
        guard contains(".") else { return self }
        let kept = reversed().drop { $0 == "0" }.drop { $0 == "." }
        return String(kept.reversed())
    }
}
