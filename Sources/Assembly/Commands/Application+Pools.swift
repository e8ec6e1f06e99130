import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Settings

extension Application {
    /// The desk at which pools are selected, sold and paid.
    var poolOffice: PoolOffice {
        PoolOffice(
            store: stores.pools, source: stores.audit, book: stores.book,
            snapshots: stores.snapshots, days: stores.days, classes: stores.classes,
            catalogue: catalogue,
            booked: configuration.parties.filter { $0.clearing == nil }.map(\.id),
            surroundings: surroundings
        ) { paper in
            Currency(code: paper.currency).flatMap {
                Settings.pool(paper.text, currency: $0, calendar: paper.calendar)
            }
        }
    }

    /// A pool as the loaded configuration says it, with what it is kept by; nil for none.
    private func planned(_ name: String) -> (plan: PoolPlan, paper: PoolPaper)? {
        let file = configuration.origins.first {
            $0.key == "pool" && $0.value == name && poolFiles[$0.file] != nil
        }?.file
        guard let text = file.flatMap({ poolFiles[$0] }),
            let plan = configuration.pools.first(where: { $0.name == name })
        else { return nil }
        let paper = PoolPaper(
            text: text, currency: plan.currency.code,
            calendar: plan.notes?.payments.holidays?.text ?? "")
        return poolOffice.plan(paper).map { ($0, paper) }
    }

    /// `pools select NAME [--keep]`.
    package static func selectPool(_ name: String, isKept: Bool, _ launch: Launch) async throws
        -> Answer
    {
        try await answer(launch, for: isKept ? .writing : .reading) { application in
            let office = application.poolOffice
            guard let (plan, paper) = application.planned(name) else {
                throw PoolFault.unknown(name, known: application.configuration.pools.map(\.name))
            }
            let selection = try await office.select(plan)
            if isKept {
                if application.isDryRun {
                    try await office.checkKeeping(selection, of: plan)
                } else {
                    try await office.keep(selection, of: plan, terms: paper)
                }
            }
            return PoolTelling(plan).answer(
                selection, isKept: isKept && !application.isDryRun)
        }
    }

    /// `pools sell NAME`.
    package static func sellPool(_ name: String, _ launch: Launch) async throws -> Answer {
        try await answer(launch, for: .writing) { application in
            try await application.requirePool(name)
            let office = application.poolOffice
            let pool = try await office.sell(name, isDryRun: application.isDryRun)
            let plan = try await office.kept(name).plan
            return PoolTelling(plan).answer(sold: pool)
        }
    }

    /// `pools pay NAME [--on D] [--call]`.
    package static func payPool(
        _ name: String, on date: String?, isCalled: Bool, _ launch: Launch
    ) async throws -> Answer {
        let asked = try Words.date(date, "--on")
        return try await answer(launch, for: .writing) { application in
            try await application.requirePool(name)
            let office = application.poolOffice
            let report = try await office.pay(
                name, on: asked, isCalled: isCalled, isDryRun: application.isDryRun)
            let telling = PoolTelling(try await office.kept(name).plan)
            if !application.isDryRun, let folder = application.outDirectory {
                let date = try await application.stores.days.status().open
                try telling.writeFiles(report, in: "\(folder)/\(date)")
            }
            return telling.answer(report)
        }
    }

    /// Leaves the reports of payment dates that were recorded on a date under `out/`, if one was
    /// asked for beside the store.
    func writePoolReports(of date: BusinessDate) async throws {
        guard let outDirectory else { return }
        for (plan, report) in try await poolOffice.reports(recordedOn: date) {
            try PoolTelling(plan).writeFiles(report, in: "\(outDirectory)/\(date)")
        }
    }

    /// `pools report NAME [--on D] [--directory DIR]`: of the last payment date when none is
    /// given.
    package func reportPool(_ name: String, on date: String?, directory: String?) async throws
        -> Answer
    {
        let asked = try Words.date(date, "--on")
        try await requirePool(name)
        let paid = try await poolOffice.deal(name)
        let telling = PoolTelling(try await poolOffice.kept(name).plan)
        guard let report = paid.report(on: asked) else {
            throw NotFound(
                "pool \(name) has no payment date"
                    + (asked.map { " on \($0)" } ?? " yet; `colend pools pay \(name)` makes one"))
        }
        guard let directory else { return telling.answer(report) }
        return try telling.answer(filesOf: report, in: directory, isDryRun: isDryRun)
    }

    /// `pools show [NAME]`: where a pool stands; all of them when none is named.
    package func showPools(_ name: String?) async throws -> Answer {
        guard let name else {
            return PoolList(configuration.pools, try await poolOffice.standings()).answer
        }
        try await requirePool(name)
        let standing = try await poolOffice.standing(name)
        return PoolTelling(standing.plan).answer(standing)
    }

    /// - Throws: ``PoolFault/unknown(_:known:)`` unless the configuration or the store has it.
    private func requirePool(_ name: String) async throws {
        let kept = try await stores.pools.heads()
        let names = Set(configuration.pools.map(\.name) + kept.map(\.name)).sorted()
        guard names.contains(name) else { throw PoolFault.unknown(name, known: names) }
    }
}
