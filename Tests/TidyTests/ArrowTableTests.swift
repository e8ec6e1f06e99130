import Testing

/// The table itself: no circle, nothing that points back, one importer per C library.
struct ArrowTableTests {
    @Test func `no room reaches itself`() {
        for room in ArrowTable.rooms.keys {
            #expect(!reached(from: room).contains(room), "\(room)")
        }
    }

    @Test func `the pure rooms reach only pure rooms`() {
        for room in ArrowTable.pure {
            #expect(reached(from: room).isSubset(of: ArrowTable.pure), "\(room)")
            #expect(
                !ArrowTable.outside.contains { $0.value.contains(room) },
                "\(room) sees something outside the package")
        }
    }

    @Test(arguments: ["CCurl", "CPostgres", "CSQLite", "CCrypto", "CXML", "GRDB", "GRDBSQLite"])
    func `a C library has one importer`(library: String) {
        #expect(ArrowTable.outside[library]?.count == 1)
    }

    @Test func `the mock bank sees nothing of ours and the checker no rules`() {
        #expect(ArrowTable.arrows["MockBank"] == [])
        #expect(!reached(from: "Reconciling").contains("LendingRules"))
    }

    private func reached(from room: String) -> Set<String> {
        var seen: Set<String> = []
        var next = Array(ArrowTable.rooms[room] ?? [])
        while let room = next.popLast() {
            guard seen.insert(room).inserted else { continue }
            next += ArrowTable.rooms[room] ?? []
        }
        return seen
    }
}
