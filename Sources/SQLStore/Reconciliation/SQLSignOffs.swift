package import BusinessCalendar
package import LendingRules
package import Operations
internal import Reconciling

/// Sign-offs of partners' dates in the store.
package struct SQLSignOffs: SignOffStore {
    private let engine: any SQLEngine
    private let openDate: OpenDate

    /// The sign-offs behind an engine; a store that is empty is open on `firstDate`.
    package init(engine: any SQLEngine, firstDate: BusinessDate) {
        self.engine = engine
        openDate = OpenDate(first: firstDate)
    }

    package func sign(_ signOff: SignOff) async throws -> SignOff {
        let openDate = openDate
        return try await engine.write { connection in
            let open = try openDate.read(connection)
            try openDate.require(open, connection)
            let made = try Self.read(
                "WHERE party = ?1 AND date = ?2",
                [.text(signOff.party.name), .date(signOff.date)], connection)
            let standing = made.filter { $0.overtakenOn == nil }
            if let first = standing.first(where: { $0.side == signOff.side })
                ?? standing.first(where: { $0.person == signOff.person })
            {
                return first
            }
            let number = made.count { $0.side == signOff.side } + 1
            try connection.execute(
                Table.signOff.insertion,
                [
                    .text(signOff.party.name), .date(signOff.date),
                    .int64(ReconciliationCodes.sides.code(signOff.side)), .int64(Int64(number)),
                    .text(signOff.person), .date(open), .null,
                ])
            return signOff
        }
    }

    package func signOffs(of party: PartyID?) async throws -> [SignOff] {
        try await engine.read { connection in
            try Self.read("WHERE ?1 = '' OR party = ?1", [.text(party?.name ?? "")], connection)
        }
    }

    private static func read(
        _ condition: String, _ values: [SQLValue], _ connection: borrowing Connection
    ) throws(StoreError) -> [SignOff] {
        try connection.all(
            "SELECT party, date, side, person, overtaken_on FROM sign_off \(condition)"
                + " ORDER BY date, party, side, number", values
        ) { row throws(StoreError) in
            SignOff(
                party: try row.party(0), date: try row.date(1),
                side: try ReconciliationCodes.sides.value(row, 2), person: try row.text(3),
                overtakenOn: try row.dateOrNil(4))
        }
    }
}
