package import BusinessCalendar
package import LendingRules
package import Operations
import Reconciling

extension Application {
    /// Dates first, then money in transit.
    private static let statusColumns = [
        "date", "party", "state", "signedOff.ours", "signedOff.theirs", "overtaken", "dueOn",
        "gross", "fee", "currency",
    ]

    /// `recon status`.
    package func reconciliationStatus() async throws -> Answer {
        let states = try await stores.reconciliation.states(of: reconciledParties)
        let signatures = try await stores.signOffs.signOffs(of: nil)
        var grid = Grid(
            columns: [
                .words("date"), .words("partner"), .words("state"), .words("signed by us"),
                .words("signed by them"),
            ])
        var nodes: [Node] = []
        for pair in states {
            let made = signatures.filter { $0.party == pair.party && $0.date == pair.date }
            func last(_ side: Side) -> SignOff? { made.last { $0.side == side } }
            func person(_ side: Side) -> String? {
                last(side).flatMap { $0.overtakenOn == nil ? $0.person : nil }
            }
            grid.add([
                pair.date.description, pair.party.name, pair.state.rawValue,
                last(.ours)?.words ?? "", last(.theirs)?.words ?? "",
            ])
            nodes.append(
                .object([
                    "date": .date(pair.date), "party": .text(pair.party.name),
                    "state": .text(pair.state.rawValue),
                    "signedOff": .object([
                        "ours": .optional(person(.ours)), "theirs": .optional(person(.theirs)),
                    ]),
                    "overtaken": .array(made.compactMap(\.loss).map { .text($0) }),
                ]))
        }
        let transit = try await cashInTransit()
        return Answer(
            .array(nodes + transit.nodes), grids: [grid] + (transit.grid.map { [$0] } ?? []),
            columns: Self.statusColumns)
    }

    /// `recon sign-off`: one side agrees that a date is as it should be.
    ///
    /// - Throws: ``SignOffFault``, ``PersonFault``, ``UsageFault``.
    package func signOff(partner: String, date: String, side: String, by user: Person?)
        async throws -> Answer
    {
        guard let person = user else { throw PersonFault.nobody }
        let party = try self.partner(partner).party
        let day = try Words.date(date, "--date")
        guard let side = Side(rawValue: side) else {
            throw UsageFault(code: "USAGE-004", "--side '\(side)' is none of ours, theirs")
        }
        let state = try await stores.reconciliation.states(of: [party])
            .first { $0.date == day }?.state
        guard state == .reconciled || state == .withBreaks else {
            throw SignOffFault.notReconciled(party, day)
        }
        let wanted = SignOff(party: party, date: day, side: side, person: person.name)
        let standing = try await standing(wanted)
        guard standing.side == wanted.side else {
            throw SignOffFault.samePerson(party, day, person.name)
        }
        guard standing.person == person.name else {
            throw SignOffFault.signedAlready(party, day, by: standing.person)
        }
        let open = try await stores.breaks.breaks(party: party, state: nil)
            .filter { $0.firstDate == day && $0.state.isOpen }.count
        return Answer(
            .object([
                "party": .text(party.name), "date": .date(day), "side": .text(side.rawValue),
                "person": .text(person.name), "openBreaks": .count(open),
                "dryRun": .flag(isDryRun),
            ]),
            lines: [
                "\(party) \(day): \(isDryRun ? "would be " : "")signed off for "
                    + "\(side == .ours ? "us" : party.name) by \(person.name), \(open) breaks open"
            ])
    }

    /// What stands after signing, or would.
    private func standing(_ wanted: SignOff) async throws -> SignOff {
        guard isDryRun else { return try await stores.signOffs.sign(wanted) }
        let standing = try await stores.signOffs.signOffs(of: wanted.party).filter {
            $0.date == wanted.date && $0.overtakenOn == nil
        }
        return standing.first { $0.side == wanted.side }
            ?? standing.first { $0.person == wanted.person } ?? wanted
    }
}

extension SignOff {
    fileprivate var words: String {
        overtakenOn.map { "(\(person), overtaken \($0))" } ?? person
    }

    /// Whose agreement was lost when; nil while it stands.
    fileprivate var loss: String? {
        overtakenOn.map { "\(side.rawValue) by \(person), overtaken \($0)" }
    }
}

/// Why a date cannot be signed off.
package enum SignOffFault: CodedError, Hashable {
    case notReconciled(PartyID, BusinessDate)
    case signedAlready(PartyID, BusinessDate, by: String)
    case samePerson(PartyID, BusinessDate, String)

    package var code: String {
        switch self {
        case .notReconciled: "RECON-007"
        case .signedAlready: "RECON-008"
        case .samePerson: "RECON-009"
        }
    }

    package var sentence: String {
        switch self {
        case .notReconciled(let party, let date):
            "\(date) of \(party) is not reconciled; `colend recon status` says what it waits for"
        case .signedAlready(let party, let date, let person):
            "\(date) of \(party) is signed off for this side by \(person) already; a sign-off "
                + "is not changed"
        case .samePerson(let party, let date, let person):
            "\(person) has signed \(date) of \(party) off for the other side; another person must "
                + "sign for this one, with --as"
        }
    }

    package var exit: ExitKind { .failed }
}
