import BusinessCalendar
import Foundation
import LendingRules
import Operations
import Reconciling
import Settings

extension Application {
    /// `eod --date D [--until D2]`; the first date of the books makes the store.
    ///
    /// - Throws: ``UsageFault``, what opening throws, or the close.
    package static func endOfDay(date: String, until: String?, _ launch: Launch) async throws
        -> Answer
    {
        let first = try Words.date(date, "--date")
        let last = try Words.date(until, "--until") ?? first
        guard last >= first else {
            throw UsageFault(code: "USAGE-003", "--until \(last) is before --date \(first)")
        }
        let configuration = try Settings.load(
            directory: launch.configDirectory, environment: ProcessInfo.processInfo.environment)
        let isFirst = first == configuration.platform.firstDate
        let person = try launch.person
        return try await answer(launch, for: isFirst ? .making : .writing) {
            try await $0.endOfDay(first.dayNumber...last.dayNumber, by: person)
        }
    }

    private func endOfDay(_ dates: ClosedRange<Int32>, by person: Person?) async throws
        -> Answer
    {
        if isDryRun { return try await dryClose(BusinessDate(dayNumber: dates.lowerBound)) }
        let endOfDay = try endOfDay
        var reports: [EndOfDayReport] = []
        for date in dates.map({ BusinessDate(dayNumber: $0) }) {
            reports.append(try await endOfDay.run(date, by: person))
            try await writeFiles(of: date)
            try await writePoolReports(of: date)
            try await writeStatements(of: date.adding(days: 1))
            try await writeBreakReports(after: reports.last)
            if dates.count > 1 {
                progress.reportWhole(WorkDone("dates closed", reports.count, of: dates.count))
            }
        }
        return Answer(
            reports.count == 1
                ? try reports[0].node() : .array(try reports.map { try $0.node() }),
            lines: reports.flatMap(\.lines),
            exit: reports.contains(where: \.hasFindings) ? .findings : nil)
    }

    private func dryClose(_ date: BusinessDate) async throws -> Answer {
        let status = try await stores.days.status()
        let next = status.closing ?? status.open
        guard date <= next else { throw CloseRefused.earlierDateOpen(next, asked: date) }
        let sentence = date < next ? "\(date) is closed already" : "\(date) would be closed"
        return Answer(
            .object(["date": .date(date), "dryRun": .flag(true), "would": .text(sentence)]),
            lines: [sentence])
    }
}

extension EndOfDayReport {
    /// - Throws: ``SettlementRefusal`` when a settlement contradicts itself.
    func node() throws -> Node {
        .object([
            "date": .date(close.date), "state": .text("closed"),
            "wasClosed": .flag(close.wasClosed), "head": .text(Hashing.hexadecimal(close.head)),
            "inDoubt": .array(
                (close.funding.open.map(\.key) + close.funding.payouts.open.map(\.key))
                    .map { .text($0) }),
            "undelivered": .array(undelivered.map(\.node)),
            "reconciliations": .array(reconciliations.map(\.node)),
            "instructions": .array(try settlement.instructed.map { try $0.node() }),
            "drafts": .array(try settlement.waiting.map { try $0.node() }),
            "rules": .array(close.findings.map(\.node)),
        ])
    }

    var lines: [String] {
        var lines = ["\(close.date) \(close.wasClosed ? "was closed already" : "closed")"]
        lines += close.funding.open.map {
            "  in doubt: \($0.key) (\($0.state.rawValue))"
                + ($0.reason.isEmpty ? "" : ", \($0.reason)")
        }
        lines += close.funding.payouts.open.map {
            "  in doubt: \($0.key) (\($0.state.rawValue))"
                + ($0.reason.isEmpty ? "" : ", \($0.reason)")
        }
        lines += close.findings.map {
            $0.isForbidden ? "  RULE-002: \($0.sentence)" : "  warning: \($0.sentence)"
        }
        lines += undelivered.map(\.line)
        lines += reconciliations.map(\.line)
        lines += settlement.lines
        return lines
    }
}

extension KeptFinding {
    fileprivate var node: Node {
        .object([
            "pack": .text(pack), "rule": .text(rule), "subject": .text(subject),
            "source": .text(citation), "figure": .text(figure), "limit": .text(bound),
            "outcome": .text(outcome),
        ])
    }
}

extension FileAnswer {
    /// Why a file could not be handed over.
    fileprivate var reason: String {
        switch self {
        case .unavailable(let evidence): evidence.text
        case .conflict(let reason): reason
        case .absent: "the partner does not know the file"
        case .stored, .content: "the partner has it"
        }
    }
}

extension Undelivered {
    /// The columns of a list as CSV.
    static let columns = ["party", "date", "file", "reason"]

    var line: String { "  not delivered: \(party) \(date) \(file)" }

    var node: Node {
        .object([
            "party": .text(party.name), "date": .date(date), "file": .text(file),
            "reason": .text(answer.reason),
        ])
    }
}

extension ReconciliationOutcome {
    var node: Node {
        .object([
            "party": .text(party.name), "date": .date(date), "state": .text(state.rawValue),
            "breaks": .count(breaks.count),
            "open": .count(breaks.filter(\.state.isOpen).count),
            "readByOwnNumber": .count(readByOwnNumber),
            "fault": .optional(fault.map { "\($0.code): \($0.sentence)" }),
        ])
    }

    var line: String {
        let open = breaks.filter(\.state.isOpen).count
        let detail = breaks.isEmpty ? "" : ", \(breaks.count) breaks, \(open) open"
        let superseding =
            superseded.isEmpty
            ? ""
            : ", supersedes "
                + superseded.map { "\($0.name) \($0.version)" }.joined(separator: ", ")
        let numbered =
            readByOwnNumber == 0
            ? "" : ", \(readByOwnNumber) lines read by \(party)'s own loan numbers"
        let reason = fault.map { "; \($0.code): \($0.sentence)" } ?? ""
        return "  \(party) \(date): \(state.rawValue)\(detail)\(numbered)\(superseding)\(reason)"
    }
}
