import BusinessCalendar
import LendingRules
import Operations
import Portfolio

/// What `verify` reads beside the ledger.
extension MemoryStore {
    func closingDate() async throws -> BusinessDate? { world.closing }

    func anchors(of loans: [LoanID]) async throws -> [LoanID: LoanAnchor] {
        read { $0.anchors.filter { loans.contains($0.key) } }
    }

    func contradictoryLoans() async throws -> [LoanID] {
        read { world in
            world.loans.filter { id, loan in
                let fact = world.facts[id]?.first { $0.kind == .disbursed }
                let isUndone = world.facts[id]?.contains(where: \.undoesLoan) == true
                return (loan.state == .disbursed) != (fact != nil && !isUndone)
                    || loan.disbursedOn != fact?.valueDate
            }.keys.sorted()
        }
    }

    func obligations(on date: BusinessDate) async throws -> [Obligation] {
        read { $0.obligations[date] ?? [] }
    }

    func keptSettlements() async throws -> KeptSettlements {
        read { world in
            KeptSettlements(
                settlements: world.settlements, covered: world.covered,
                receipts: Array(world.receipts.values))
        }
    }

    func distributionParts(on date: BusinessDate) async throws -> [DistributionPart] {
        read { world in world.parts.filter { $0.postedOn == date } }
    }

    func statusChanges(on date: BusinessDate) async throws -> [StatusChange] {
        read { world in world.statusChanges.filter { $0.date == date } }
    }

    func files(on date: BusinessDate) async throws -> [KeptFile] {
        read { world in
            let pairs = world.files.keys.filter { $0.date == date }.sorted { $0.party < $1.party }
            return pairs.flatMap { pair in
                zip(world.files[pair] ?? [], world.fileHashes[pair] ?? []).map { file, hash in
                    KeptFile(
                        party: pair.party, name: file.name, hash: hash, content: file.bytes)
                }
            }
        }
    }
}
