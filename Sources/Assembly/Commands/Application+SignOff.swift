package import BusinessCalendar
package import LendingRules
package import Operations
import Reconciling

extension Application {
    /// Dates first, then money in transit.
    private static let statusColumns = [
        "date", "party", "state", "signedOff.ours", "signedOff.theirs", "dueOn", "gross", "fee",
        "currency",
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
            func person(_ side: Side) -> String? {
                signatures.first {
                    $0.party == pair.party && $0.date == pair.date && $0.side == side
                }?.person
            }
            grid.add([
                pair.date.description, pair.party.name, pair.state.rawValue,
                person(.ours) ?? "", person(.theirs) ?? "",
            ])
            nodes.append(
                .object([
                    "date": .date(pair.date), "party": .text(pair.party.name),
                    "state": .text(pair.state.rawValue),
                    "signedOff": .object([
                        "ours": .optional(person(.ours)), "theirs": .optional(person(.theirs)),
                    ]),
                ]))
        }
        let transit = try await cashInTransit()
        return Answer(
            .array(nodes + transit.nodes), grids: [grid] + (transit.grid.map { [$0] } ?? []),
            columns: Self.statusColumns)
    }

    /// `recon sign-off`: one side agrees that a date is as it should be.
    ///
    /// - Throws: ``SignOffFault``, ``BreakFault``, ``UsageFault``.
    package func signOff(partner: String, date: String, side: String, by user: String?)
        async throws -> Answer
    {
        let person = try Person(user)
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
        return try await stores.signOffs.signOffs(of: wanted.party).first {
            $0.date == wanted.date && $0.side == wanted.side
        } ?? wanted
    }
}

/// Why a date cannot be signed off.
package enum SignOffFault: CodedError, Hashable {
    case notReconciled(PartyID, BusinessDate)
    case signedAlready(PartyID, BusinessDate, by: String)

    package var code: String {
        switch self {
        case .notReconciled: "RECON-007"
        case .signedAlready: "RECON-008"
        }
    }

    package var sentence: String {
        switch self {
        case .notReconciled(let party, let date):
            "\(date) of \(party) is not reconciled; `colend recon status` says what it waits for"
        case .signedAlready(let party, let date, let person):
            "\(date) of \(party) is signed off for this side by \(person) already; a sign-off "
                + "is not changed"
        }
    }

    package var exit: ExitKind { .failed }
}
