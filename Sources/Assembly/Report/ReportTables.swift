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
        let hasFees = figures.books.contains { $0.fees != 0 }
        let hasAcquired = figures.books.contains { $0.acquired != 0 }
        let columns =
            ["disbursed", "principal", "overdue", "outstanding", "interest", "penalty"]
            + (hasFees ? ["fees"] : []) + (hasAcquired ? ["taken over"] : [])
            + ["result of the day"]
        var grid = Grid(
            title: "Lenders", columns: [.words("lender")] + columns.map { .figures($0) })
        var sums = [Int64](repeating: 0, count: columns.count)
        for book in figures.books {
            let amounts =
                [
                    figures.today.funded[book.lender] ?? 0, book.principal, book.overduePrincipal,
                    book.outstanding, book.interest, book.penalty,
                ] + (hasFees ? [book.fees] : []) + (hasAcquired ? [book.acquired] : [])
                + [book.result]
            sums = zip(sums, amounts).map(+)
            add(book.lender.name, amounts, to: &grid)
        }
        grid.total(["all"] + sums.map(text))
        return grid
    }

    var dates: Grid {
        let hasFees = figures.days.contains { $0.fees != 0 }
        let columns =
            ["disbursed", "due", "paid in time", "missed", "arrears paid", "penalty"]
            + (hasFees ? ["fees"] : []) + ["collected", "cash in"]
        var grid = Grid(
            title: "Day by day", columns: [.words("date")] + columns.map { .figures($0) })
        var sums = [Int64](repeating: 0, count: columns.count)
        for day in figures.days.reversed() {
            let amounts =
                [day.disbursed, day.due, day.onTime, day.missed, day.arrears, day.penalty]
                + (hasFees ? [day.fees] : []) + [day.collected, day.received]
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
                .words("file"), .words("kind"), .words("severity"),
            ])
        for found in figures.breaks {
            grid.add(
                [
                    found.id, found.firstDate.description, "\(figures.age(of: found))",
                    found.party.name, found.file, found.kind.rawValue, found.severity.rawValue,
                ], tones: [6: found.severity.tone])
        }
        return grid
    }
}
