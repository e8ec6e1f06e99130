import BusinessCalendar
import LendingRules
import Operations

extension MemoryStore: AssetClassStore {
    func isClassed(_ date: BusinessDate) async throws -> Bool {
        read { $0.classed.contains(date) }
    }

    func rules(before date: BusinessDate) async throws -> [PartyID: String] {
        read { world in
            world.assetRules.filter { $0.date < date }.sorted { $0.date < $1.date }
                .reduce(into: [:]) { $0[$1.lender] = $1.text }.filter { !$0.value.isEmpty }
        }
    }

    func classedLoans(in shards: Range<Int>, before date: BusinessDate) async throws -> [LoanID] {
        read { world in
            let claims =
                world.classChanges.filter { $0.date < date }.map(\.claim)
                + world.provisions.filter { $0.date < date }.map(\.claim)
            return Set(claims.map(\.loan)).filter { shards.contains(Int(TestHash.shard($0.text))) }
                .sorted()
        }
    }

    func observationsEnding(on date: BusinessDate) async throws -> [LoanID] {
        read { world in
            let last = Dictionary(grouping: world.classChanges, by: \.claim)
                .compactMapValues { $0.max { $0.date < $1.date } }
            return Set(
                last.filter { $0.value.standing.observedUntil == date }.keys.map(\.loan)
            ).sorted()
        }
    }

    func loans(of borrowers: [String]) async throws -> [LoanID] {
        read { world in
            borrowers.flatMap { borrower in
                world.loans.values.filter { $0.record.borrower == borrower }
                    .map(\.record.loan).filter { world.anchors[$0] != nil }.sorted()
            }
        }
    }

    func kept(of loans: [LoanID], before date: BusinessDate) async throws
        -> [ClaimKey: KeptClaim]
    {
        read { world in
            var kept: [ClaimKey: KeptClaim] = [:]
            let changes = world.classChanges.filter { $0.date < date }
            for change in changes.sorted(by: { $0.date < $1.date })
            where loans.contains(change.claim.loan) {
                kept[change.claim, default: .none].held = change.after.assetClass
                kept[change.claim, default: .none].standing = change.standing
            }
            let provisions = world.provisions.filter { $0.date < date }
            for target in provisions.sorted(by: { $0.date < $1.date })
            where loans.contains(target.claim.loan) {
                kept[target.claim, default: .none].provision = target.amount
            }
            return kept
        }
    }

    func classChanges(of lender: PartyID, on date: BusinessDate) async throws
        -> [AssetClassChange]
    {
        read { world in
            world.classChanges.filter {
                $0.claim.lender == lender && $0.date == date && $0.before != $0.after.assetClass
            }.sorted { $0.claim < $1.claim }
        }
    }

    func post(_ day: AssetClassDay) async throws {
        write("classes \(day.date)") { world in
            guard world.classed.insert(day.date).inserted else { return }
            world.assetRules += day.rules
            world.classChanges += day.changes
            world.provisions += day.provisions
            for row in day.ledger { world.add(row) }
        }
    }
}

extension MemoryStore {
    func assetRules() async throws -> [KeptAssetRules] { world.assetRules }

    func assetClassChanges(on date: BusinessDate) async throws -> [AssetClassChange] {
        read { $0.classChanges.filter { $0.date == date } }
    }

    func provisionTargets(on date: BusinessDate) async throws -> [ProvisionTarget] {
        read { $0.provisions.filter { $0.date == date } }
    }
}
