import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Reconciling
import Settings

extension Application {
    /// `breaks list`.
    package func listBreaks(_ filter: BreakFilter) async throws -> Answer {
        let breaks = try await breaks(filter)
        let open = try await stores.days.status().open
        var grid = Grid(
            columns: [
                .words("id"), .words("date"), .words("partner"), .words("file"), .words("kind"),
                .words("state"), .words("severity"), .figures("age"), .words("due on"),
                .words("owner"), .figures("held"), .words("currency"), .words("likely cause"),
                .words("record"),
            ])
        for found in breaks {
            let age = BreakAge(found, on: open, rules: catalogue.breakRules)
            let due = age.map { "\($0.dueOn)\($0.isOverdue ? " late" : "")" }
            let isHolding = found.posted.held != 0
            let severity: Grid.Tone = found.state.isOpen ? found.severity.tone : .quiet
            grid.add(
                [
                    found.id, found.firstDate.description, found.party.name, found.file,
                    found.kind.rawValue, found.state.rawValue, found.severity.rawValue,
                    age.map { "\($0.days)" } ?? "", due ?? "", found.lifecycle.owner,
                    isHolding ? found.text(found.posted.held) : "",
                    isHolding ? found.currency : "", found.cause.rawValue,
                    found.key.joined(separator: " "),
                ], tones: [6: severity, 8: age?.isOverdue == true ? .bad : .plain])
        }
        return Answer(
            .array(breaks.map { $0.node(on: open, catalogue.breakRules) }), grids: [grid],
            columns: KeptBreak.columns)
    }

    /// `breaks show ID`.
    package func showBreak(_ id: String) async throws -> Answer {
        let found = try await findBreak(id)
        let open = try await stores.days.status().open
        let history = try await stores.decisions.history(of: id)
        let moved = try await stores.decisions.movements(of: id)
        let acceptance = found.lifecycle.acceptance ?? found.suggestedAcceptance
        let proposal = found.state.isOpen ? found.movements(accepting: acceptance) : []
        let lines = postings(of: proposal, with: found.party)
        return Answer(
            found.node(on: open, catalogue.breakRules).adding([
                "history": .array(history.map(\.node)),
                "movements": .array(moved.map { node($0, found) }),
                "proposal": .object([
                    "accept": .text(acceptance.rawValue),
                    "by": .optional(
                        found.lifecycle.proposer.isEmpty ? nil : found.lifecycle.proposer),
                    "entries": .array(lines.map(node)),
                ]),
            ]),
            lines: story(of: found, on: open) + ["", "history"]
                + history.map { "  " + $0.line }
                + (moved.isEmpty ? [] : ["", "moved in the books"])
                + moved.map {
                    "  \($0.bookedOn)  \($0.movement.kind.rawValue) "
                        + found.text($0.movement.amount) + " \(found.currency)"
                }
                + (found.state.isOpen ? proposalLines(found, acceptance, lines) : []))
    }

    /// The break of an id.
    ///
    /// - Throws: ``NotFound`` QUERY-001.
    func findBreak(_ id: String) async throws -> KeptBreak {
        if let found = try await stores.breaks.break(id) { return found }
        throw NotFound("there is no break '\(id)'; `colend breaks list` shows them")
    }

    /// The entries that movements would make, held amounts first.
    func postings(of movements: [DisputeMovement], with party: PartyID) -> [KindedPosting] {
        movements.flatMap { movement in
            movement.postings(with: party, platform: catalogue.platform).map {
                KindedPosting(movement.kind.entryKind, $0)
            }
        }
    }
}

extension Application {
    private func story(of found: KeptBreak, on open: BusinessDate) -> [String] {
        let age = BreakAge(found, on: open, rules: catalogue.breakRules)
        let standing = age.map {
            "\($0.days) days old, due on \($0.dueOn)\($0.isOverdue ? ", overdue" : "")"
        }
        let owner = found.lifecycle.owner.isEmpty ? "nobody's" : "\(found.lifecycle.owner)'s"
        return [
            "\(found.kind.rawValue) in \(found.file) of \(found.firstDate), \(found.party)"
                + " — \(found.state.rawValue), \(found.severity.rawValue), \(owner)"
                + (standing.map { ", \($0)" } ?? ""),
            "", found.sentence, "",
            "ours    \(found.ours.isEmpty ? "—" : found.ours)",
            "theirs  \(found.theirs.isEmpty ? "—" : found.theirs)",
            "cause   \(found.cause.rawValue): \(found.rule)",
        ]
            + (found.posted.held == 0
                ? [] : ["held    \(found.text(found.posted.held)) \(found.currency)"])
    }

    private func proposalLines(
        _ found: KeptBreak, _ acceptance: Acceptance, _ lines: [KindedPosting]
    ) -> [String] {
        let who =
            found.lifecycle.proposer.isEmpty
            ? "suggested" : "proposed by \(found.lifecycle.proposer)"
        return ["", "\(who): accept \(acceptance.rawValue)"]
            + (lines.isEmpty ? ["  nothing to book"] : lines.map { "  \(sentence($0))" })
    }

    private func sentence(_ line: KindedPosting) -> String {
        let posting = line.posting
        let side = posting.amount < 0 ? "credit" : "debit "
        let amount = (posting.amount < 0 ? -posting.amount : posting.amount)
            .text(posting.currency)
        let other = posting.counterparty.map { " with \($0)" } ?? ""
        return "\(posting.book)  \(side) \(amount) \(posting.currency)  \(posting.account) "
            + "\(configuration.chart.name(of: posting.account))\(other)"
    }

    private func node(_ line: KindedPosting) -> Node {
        .object([
            "kind": .text(line.kind.rawValue), "book": .text(line.posting.book.name),
            "account": .text(line.posting.account.description),
            "counterparty": .optional(line.posting.counterparty?.name),
            "amount": .amount(line.posting.amount, line.posting.currency),
            "currency": .text(line.posting.currency.code),
        ])
    }

    private func node(_ booked: BookedMovement, _ found: KeptBreak) -> Node {
        .object([
            "kind": .text(booked.movement.kind.rawValue), "bookedOn": .date(booked.bookedOn),
            "amount": .amount(booked.movement.amount, booked.movement.currency),
            "currency": .text(booked.movement.currency.code),
        ])
    }
}
