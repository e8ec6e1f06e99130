import BusinessCalendar
import LendingRules
import Monetary
import Operations

extension PoolTelling {
    /// The columns of `pool-report`, one figure a line.
    static let fileColumns = [
        "pool", "number", "from", "to", "paysOn", "currency", "part", "name", "party", "figure",
        "amount",
    ]

    /// A figure of a report: of the pool, of what is paid, of a tranche, of the reserve.
    private struct Figure {
        let part: String
        var name = ""
        var party = ""
        let figure: String
        let amount: String
    }

    /// The lines of the file `pool-report`.
    func records(of report: PaymentReport) -> [Node] {
        figures(of: report).map {
            .object([
                "pool": .text(plan.name), "number": .count(report.number),
                "from": .date(report.from), "to": .date(report.to),
                "paysOn": .date(report.paysOn), "currency": .text(currency.code),
                "part": .text($0.part), "name": .text($0.name), "party": .text($0.party),
                "figure": .text($0.figure), "amount": .text($0.amount),
            ])
        }
    }

    private func figures(of report: PaymentReport) -> [Figure] {
        let reserve = report.reserve.map { one in
            [
                ("target", one.target), ("opening", one.opening), ("drawn", one.drawn),
                ("released", one.released), ("filled", one.filled), ("closing", one.closing),
            ].map { Figure(part: "reserve", figure: $0.0, amount: text($0.1)) }
        }
        let triggers = report.triggers.map {
            Figure(
                part: "trigger", name: $0.name, figure: "pulled-on",
                amount: $0.pulledOn.map { "\($0)" } ?? "")
        }
        return collateral(of: report) + report.lines.flatMap(figures)
            + report.tranches.flatMap(figures) + (reserve ?? []) + triggers
    }

    private func collateral(of report: PaymentReport) -> [Figure] {
        let (pool, funds) = (report.pool, report.funds)
        let amounts = [
            ("opening", pool.opening), ("principal", pool.principal), ("losses", pool.losses),
            ("called", pool.called), ("closing", pool.closing), ("interest", funds.interest),
            ("recoveries", pool.recoveries), ("unspent", funds.unspent),
            ("available", funds.available),
        ]
        return amounts.map { Figure(part: "pool", figure: $0.0, amount: text($0.1)) }
            + [
                Figure(part: "pool", figure: "loans", amount: "\(pool.loans)"),
                Figure(part: "pool", figure: "factor", amount: pool.factor.description),
            ]
    }

    private func figures(_ line: WaterfallLine) -> [Figure] {
        [("due", line.due), ("paid", line.paid), ("shortfall", line.shortfall)].map {
            Figure(
                part: line.kind.rawValue, name: line.name, party: line.payee.name, figure: $0.0,
                amount: text($0.1))
        }
    }

    private func figures(_ one: TrancheReport) -> [Figure] {
        let amounts = [
            ("opening", text(one.opening)), ("interest-due", text(one.interestDue)),
            ("interest-paid", text(one.interestPaid)), ("written-down", text(one.writtenDown)),
            ("written-up", text(one.writtenUp)), ("principal", text(one.principal)),
            ("closing", text(one.closing)), ("factor", one.factor.description),
        ]
        return amounts.map {
            Figure(
                part: "tranche", name: one.name, party: one.holder.name, figure: $0.0,
                amount: $0.1)
        }
    }
}

extension PoolTelling {
    /// Writes the report for the vehicle and each holder of notes, whole; what is there already is
    /// replaced by the same.
    ///
    /// - Throws: ``OutputFault``.
    func writeFiles(_ report: PaymentReport, in folder: String) throws(OutputFault) {
        let bytes = Array(
            RecordTable(records(of: report), columns: PoolTelling.fileColumns).csv.utf8)
        for path in paths(of: report, in: folder) { try OutputFile.write(bytes, to: path) }
    }

    /// Says where the files of a report are.
    func answer(filesOf report: PaymentReport, in folder: String, isDryRun: Bool)
        throws(OutputFault) -> Answer
    {
        if !isDryRun { try writeFiles(report, in: folder) }
        let paths = paths(of: report, in: folder)
        return Answer(
            .object([
                "directory": .text(folder), "files": .array(paths.map { .text($0) }),
                "dryRun": .flag(isDryRun),
            ]), lines: (isDryRun ? ["would be written:"] : []) + paths)
    }

    private func paths(of report: PaymentReport, in folder: String) -> [String] {
        Set([plan.buyer] + report.tranches.map(\.holder)).sorted().map {
            "\(folder)/\($0)/pool-report-\(plan.name)-\(report.paysOn).csv"
        }
    }
}
