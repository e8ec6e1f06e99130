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
            let side = ReconciliationCodes.sides.code(signOff.side)
            let key: [SQLValue] = [
                .text(signOff.party.name), .date(signOff.date), .int64(side),
            ]
            try connection.execute(
                Table.signOff.insertionUnlessPresent,
                key + [.text(signOff.person), .date(open)])
            let person = try connection.first(
                "SELECT person FROM sign_off WHERE party = ?1 AND date = ?2 AND side = ?3", key
            ) { row throws(StoreError) in try row.text(0) }
            return SignOff(
                party: signOff.party, date: signOff.date, side: signOff.side,
                person: person ?? signOff.person)
        }
    }

    package func signOffs(of party: PartyID?) async throws -> [SignOff] {
        try await engine.read { connection in
            try connection.all(
                """
                SELECT party, date, side, person FROM sign_off
                WHERE ?1 = '' OR party = ?1 ORDER BY date, party, side
                """, [.text(party?.name ?? "")]
            ) { row throws(StoreError) in
                SignOff(
                    party: try row.party(0), date: try row.date(1),
                    side: try ReconciliationCodes.sides.value(row, 2), person: try row.text(3))
            }
        }
    }
}
