import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Reconciling

/// The exact figures behind the charts, one table each.
struct ReportTables {
    let figures: DayFigures

    private func text(_ amount: Int64) -> String { amount.grouped(figures.currency) }

    /// A row of amounts, nothing said softly.
    private func add(_ name: String, _ amounts: [Int64], to grid: inout Grid) {
        let zeros = amounts.indices.filter { amounts[$0] == 0 }.map { ($0 + 1, Grid.Tone.quiet) }
        grid.add(
            [name] + amounts.map(text), tones: Dictionary(zeros) { first, _ in first })
    }

    var lenders: Grid {
        var grid = Grid(
            title: "Lenders",
            columns: [.words("lender")]
                + [
                    "disbursed", "principal", "overdue", "outstanding", "interest", "penalty",
                    "result of the day",
                ].map { .figures($0) })
        var sums = [Int64](repeating: 0, count: 7)
        for book in figures.books {
            let amounts = [
                figures.today.funded[book.lender] ?? 0, book.principal, book.overduePrincipal,
                book.outstanding, book.interest, book.penalty, book.result,
            ]
            sums = zip(sums, amounts).map(+)
            add(book.lender.name, amounts, to: &grid)
        }
        grid.total(["all"] + sums.map(text))
        return grid
    }

    var dates: Grid {
        var grid = Grid(
            title: "Day by day",
            columns: [.words("date")]
                + [
                    "disbursed", "due", "paid in time", "missed", "arrears paid", "penalty",
                    "collected", "cash in",
                ].map { .figures($0) })
        var sums = [Int64](repeating: 0, count: 8)
        for day in figures.days.reversed() {
            let amounts = [
                day.disbursed, day.due, day.onTime, day.missed, day.arrears, day.penalty,
                day.collected, day.received,
            ]
            sums = zip(sums, amounts).map(+)
            add(day.date.description, amounts, to: &grid)
        }
        grid.total(["all"] + sums.map(text))
        return grid
    }

    var buckets: Grid {
        let total = figures.ageing.total
        var grid = Grid(
            title: "Buckets",
            columns: [
                .words("bucket"), .figures("loans"), .figures("principal"),
                .figures("of the book"),
            ])
        for (number, line) in figures.ageing.buckets.enumerated() {
            let tone: Grid.Tone = line.loans == 0 ? .quiet : .plain
            grid.add(
                [
                    "\(DelinquencyBucket(daysPastDue: number * 30))", "\(line.loans)",
                    text(line.principal), line.principal.percent(of: total.principal),
                ], tones: [1: tone, 2: tone, 3: tone])
        }
        grid.total(["all", "\(total.loans)", text(total.principal), ""])
        return grid
    }

    var nets: Grid {
        var grid = Grid(
            title: "Net positions",
            columns: [.words("date")] + figures.partners.map { .figures($0.name) })
        for day in figures.days.reversed() {
            add(day.date.description, figures.partners.map { day.net[$0] ?? 0 }, to: &grid)
        }
        return grid
    }

    var breaks: Grid {
        var grid = Grid(
            title: "Open breaks",
            columns: [
                .words("id"), .words("found"), .figures("age"), .words("partner"),
                .words("file"), .words("kind"), .words("severity"), .words("likely cause"),
                .words("what differs"),
            ])
        for found in figures.breaks {
            grid.add(
                [
                    found.id, found.firstDate.description, "\(figures.age(of: found))",
                    found.party.name, found.file, found.kind.rawValue, found.severity.rawValue,
                    found.cause.rawValue, found.sentence,
                ], tones: [6: found.severity.tone])
        }
        return grid
    }

    /// - Throws: ``SettlementRefusal`` when what is kept contradicts itself.
    func settlements() throws(SettlementRefusal) -> Grid {
        var grid = Grid(
            title: "Settlements",
            columns: [
                .words("settles on"), .words("partner"), .words("netting"), .words("of dates"),
                .words("direction"), .figures("amount"), .words("state"), .figures("received"),
                .figures("open"),
            ])
        for settlement in figures.settlements {
            let machine = try settlement.machine()
            let (id, dates) = (settlement.id, settlement.dates)
            let received = machine.received.groupedMagnitude(id.currency)
            grid.add(
                [
                    id.settlesOn.description, id.party.name, id.netting.description,
                    ReportTables.span(dates), settlement.direction,
                    settlement.amount.groupedMagnitude(id.currency),
                    machine.state.rawValue, machine.received == 0 ? "–" : received,
                    machine.open == 0 ? "–" : text(machine.open),
                ], tones: [6: machine.state.tone, 7: .quiet])
        }
        return grid
    }

    /// `2 Jan`, or `2 Jan – 5 Jan`.
    private static func span(_ dates: [BusinessDate]) -> String {
        guard let first = dates.first, let last = dates.last else { return "carried only" }
        return first == last ? first.short : "\(first.short) – \(last.short)"
    }
}

extension SettlementState {
    /// How loud a state is said.
    fileprivate var tone: Grid.Tone {
        switch self {
        case .confirmed: .good
        case .cleared, .carriedOver: .quiet
        case .draft, .approved, .instructed: .plain
        case .partial: .warning
        case .returned: .bad
        }
    }
}
