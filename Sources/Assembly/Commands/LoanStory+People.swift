import BusinessCalendar
import LendingRules
import Monetary
import Operations

// What a person reads of one loan: the outline first, the long schedule last.

extension LoanStory {
    var heading: [String] {
        let record = view.line.record
        var lines = [
            "Loan \(record.loan), \(view.line.state.rawValue)", "",
            "borrower   \(record.borrower)",
            "terms      \(record.principal.text(currency)) \(currency) at "
                + "\(record.rate.percentText()) %, \(record.instalments) instalments, "
                + record.product,
            "agreement  \(record.agreement)",
            "booked     \(record.bookedOn)",
        ]
        if let disbursedOn = view.line.disbursedOn { lines.append("disbursed  \(disbursedOn)") }
        return lines
    }

    var grids: [Grid] {
        [shares, standing, facts, distributions, factLines].compactMap { $0 }
            + (contract.map { [Calculators.grid(of: $0.schedule)] } ?? [])
    }

    private var shares: Grid {
        var grid = Grid(
            title: "Who lends",
            columns: [
                .words("party"), .figures("amount"), .words("request"), .words("state"),
                .words("answer"),
            ])
        for share in view.plan.shares {
            let held = view.requests.last { $0.request.party == share.party }
            grid.add([
                share.party.name, share.amount.text(currency), held?.request.key ?? "own book",
                held?.state.rawValue ?? "", held.flatMap { view.answers[$0.request.key] } ?? "",
            ])
        }
        // A lender that refused has no share any more; its request still says why.
        let parties = view.plan.shares.map(\.party)
        for held in view.requests where !parties.contains(held.request.party) {
            grid.add([
                held.request.party.name, "", held.request.key, held.state.rawValue,
                view.answers[held.request.key] ?? "",
            ])
        }
        return grid
    }

    private var standing: Grid? {
        guard let contract, let position else { return nil }
        let days = position.daysPastDue
        var grid = Grid(
            title: "Owed at the end of \(position.date), "
                + (days == 0 ? "not past due" : "\(days) days past due (\(position.bucket))"),
            columns: [.words("lender")]
                + ["principal", "overdue", "interest", "overdue int.", "penalty", "all"].map {
                    .figures($0)
                })
        var sums = [Int64](repeating: 0, count: 6)
        for (party, lender) in zip(contract.lenders, position.lenders) {
            let amounts = [
                lender.principal, lender.overduePrincipal, lender.interest,
                lender.overdueInterest, lender.penalty, lender.outstanding,
            ]
            sums = zip(sums, amounts).map(+)
            grid.add([party.name] + amounts.map { $0.text(currency) })
        }
        grid.total(["borrower"] + sums.map { $0.text(currency) })
        return grid
    }

    private var facts: Grid? {
        var grid = Grid(
            title: "What happened",
            columns: [
                .words("value date"), .words("booked"), .words("kind"), .figures("amount"),
                .words("id"), .words("about"),
            ])
        for fact in view.facts.sorted() {
            let (kind, amount, detail) = fact.words(currency)
            grid.add([
                fact.valueDate.description, fact.bookingDate.description, kind, amount ?? "",
                fact.id, detail ?? "",
            ])
        }
        return grid.rows.isEmpty ? nil : grid
    }

    private var distributions: Grid? {
        var grid = Grid(
            title: "Who got what",
            columns: [
                .words("posted"), .words("line"), .words("lender"), .figures("principal"),
                .figures("interest"), .figures("penalty"), .figures("all"),
                .figures("service fee"),
            ])
        for row in view.distributions {
            let parts = row.components
            let principal = parts.principal + parts.overduePrincipal
            grid.add([
                row.postedOn.description, row.line, row.lender.name, principal.text(currency),
                parts.allInterest.text(currency), parts.penalty.text(currency),
                (principal + parts.allInterest + parts.penalty).text(currency),
                row.serviceFee.text(currency),
            ])
        }
        return grid.rows.isEmpty ? nil : grid
    }
}
