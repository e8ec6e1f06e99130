import BusinessCalendar
import LendingRules
package import Operations

extension Application {
    /// `config propose PATH…`: what a person wants changed, for another to approve.
    ///
    /// - Throws: ``PersonFault``, ``ChangeFault``, ``ConfigurationFaults``, or what the store
    ///   throws.
    package static func proposeChange(
        _ paths: [String], removing removed: [String], reason: String, by user: Person?,
        _ launch: Launch
    ) async throws -> Answer {
        guard let person = user else { throw PersonFault.nobody }
        let files = try NamedChanges.read(paths, removed: removed)
        return try await ChangeOffice.answer(launch, for: .making) { office in
            let wanted = try office.propose.change(files, by: person, reason: reason)
            if office.isDryRun { return answer(wanted) }
            let kept = try await office.propose.run(wanted, firstDate: try office.desk.firstDate)
            let next =
                office.desk.needsTwoPersons
                ? "; another person approves it with `colend config approve \(kept.number)`"
                : "; `colend config approve \(kept.number)` writes it"
            return answer(kept, "change \(kept.number): proposed by \(person.name)" + next)
        }
    }

    /// `config approve N`: the files of a change go where they belong.
    ///
    /// - Throws: ``PersonFault``, ``ChangeFault``, ``ConfigurationFaults``, or what the store
    ///   throws.
    package static func approveChange(
        _ number: Int, reason: String, by user: Person?, _ launch: Launch
    ) async throws -> Answer {
        guard let person = user else { throw PersonFault.nobody }
        return try await ChangeOffice.answer(launch, for: .writing) { office in
            let change = try await office.decide.approve(
                number, by: person, reason: reason, isRehearsal: office.isDryRun)
            let files = change.proposed.files.count
            return answer(
                change,
                office.isDryRun
                    ? "change \(number) would be approved by \(person.name): \(files) files"
                    : "change \(number): approved by \(change.decider ?? ""), \(files) files in "
                        + "their places", isDryRun: office.isDryRun)
        }
    }

    /// `config reject N`: a change is not made.
    ///
    /// - Throws: ``PersonFault``, ``ChangeFault``, or what the store throws.
    package static func rejectChange(
        _ number: Int, reason: String, by user: Person?, _ launch: Launch
    ) async throws -> Answer {
        guard let person = user else { throw PersonFault.nobody }
        return try await ChangeOffice.answer(launch, for: .writing) { office in
            let change = try await office.decide.reject(
                number, by: person, reason: reason, isRehearsal: office.isDryRun)
            return answer(
                change,
                "change \(number)\(office.isDryRun ? " would be" : ":") rejected by "
                    + "\(change.decider ?? "")", isDryRun: office.isDryRun)
        }
    }

    /// `config history [N]`: all changes, or one with what it changes and its files.
    ///
    /// - Throws: ``ChangeFault/unknown(_:)``, or what the store throws.
    package static func changeHistory(_ number: Int?, _ launch: Launch) async throws -> Answer {
        try await ChangeOffice.answer(launch, for: .reading) { office in
            let changes = try await office.store.changes()
            guard let number else { return history(changes) }
            guard let change = changes.first(where: { $0.number == number }) else {
                throw ChangeFault.unknown(number)
            }
            return shown(change)
        }
    }

    private static func history(_ changes: [ConfigurationChange]) -> Answer {
        var grid = Grid(
            columns: [
                .figures("change"), .words("state"), .words("proposed"), .words("on"),
                .words("decided"), .words("on"), .words("files"), .words("why"),
            ])
        for change in changes {
            grid.add([
                "\(change.number)", change.state.rawValue, change.proposed.proposer,
                change.proposedOn.description, change.decider ?? "",
                change.decidedOn?.description ?? "",
                change.proposed.files.map(\.path).joined(separator: " "),
                [change.proposed.reason, change.answer].filter { !$0.isEmpty }
                    .joined(separator: " / "),
            ])
        }
        return Answer(
            .array(changes.map { .object($0.head) }), grids: changes.isEmpty ? [] : [grid],
            lines: changes.isEmpty ? ["nobody has proposed a change"] : [],
            records: changes.map(\.record), columns: ConfigurationChange.columns)
    }

    private static func shown(_ change: ConfigurationChange) -> Answer {
        let rows = change.proposed.settings
        let texts = change.proposed.files.map { file in
            Node.object(["path": .text(file.path), "text": .optional(file.text)])
        }
        return Answer(
            .object(change.head).with("changes", .array(rows.map(\.node)))
                .with("texts", .array(texts)),
            heading: change.story, grids: rows.isEmpty ? [] : [ChangedSetting.grid(of: rows)],
            lines: change.proposed.files.map(\.path), records: rows.map(\.record),
            columns: ChangedSetting.columns)
    }

    private static func answer(
        _ change: ConfigurationChange, _ sentence: String, isDryRun: Bool = false
    ) -> Answer {
        let rows = change.proposed.settings
        return Answer(
            .object(change.head).with("changes", .array(rows.map(\.node)))
                .with("dryRun", .flag(isDryRun)), grids: [ChangedSetting.grid(of: rows)],
            lines: [sentence], records: rows.map(\.record), columns: ChangedSetting.columns)
    }

    /// What a rehearsed proposal would be, which has no number.
    private static func answer(_ change: ProposedChange) -> Answer {
        let rows = change.settings
        return Answer(
            .object([
                "number": .null, "state": .text("proposed"),
                "proposedBy": .text(change.proposer), "reason": .text(change.reason),
                "files": .array(change.files.map { .text($0.path) }),
                "changes": .array(rows.map(\.node)), "dryRun": .flag(true),
            ]), grids: [ChangedSetting.grid(of: rows)],
            lines: ["would be proposed by \(change.proposer)"], records: rows.map(\.record),
            columns: ChangedSetting.columns)
    }
}
