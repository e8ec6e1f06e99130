import BusinessCalendar
import LendingRules
import Operations

extension MemoryStore: OutgoingFiles {
    func lines(for party: PartyID, on date: BusinessDate) async throws -> DetailLines {
        read { world in
            DetailLines(
                disbursements: world.disbursements(party, date),
                repayments: world.distributions.filter { $0.lender == party && $0.postedOn == date }
                    .sorted { ($0.line, $0.loan) < ($1.line, $1.loan) }
                    .compactMap { row in
                        world.loans[row.loan].map {
                            RepaymentLine(row: row, currency: $0.record.currency)
                        }
                    },
                balances: world.balances.filter { $0.lender == party && $0.date == date }.sorted())
        }
    }

    func keep(_ files: [FileContent], for party: PartyID, on date: BusinessDate) async throws {
        write("keep \(party) \(date)") { world in
            let pair = World.Pair(party: party, date: date)
            if world.files[pair] != nil { return }
            world.files[pair] = files
            world.fileHashes[pair] = files.map { TestHash.digest($0.bytes) }
        }
    }

    func undelivered(to party: PartyID, through date: BusinessDate) async throws -> [BusinessDate] {
        read { world in
            world.files.keys.filter {
                $0.party == party && $0.date <= date && !world.delivered.contains($0)
            }.map(\.date).sorted()
        }
    }

    func kept(for party: PartyID, on date: BusinessDate) async throws -> [FileContent] {
        read { $0.files[World.Pair(party: party, date: date)] ?? [] }
    }

    func markDelivered(to party: PartyID, on date: BusinessDate) async throws {
        write("delivered \(party) \(date)") { world in
            _ = world.delivered.insert(World.Pair(party: party, date: date))
        }
    }
}

extension World {
    fileprivate func disbursements(_ party: PartyID, _ date: BusinessDate) -> [DisbursementLine] {
        requests.values.filter { $0.state == .confirmed && $0.request.party == party }
            .sorted { $0.request.key < $1.request.key }
            .compactMap { held in
                let fact = facts[held.request.loan]?.first {
                    $0.kind == .disbursed && $0.bookingDate == date
                }
                return fact.map {
                    DisbursementLine(
                        requestKey: held.request.key, loan: held.request.loan,
                        partnerReference: answers[held.request.key] ?? "",
                        principal: held.request.amount, currency: held.request.currency,
                        valueDate: $0.valueDate)
                }
            }
    }
}
