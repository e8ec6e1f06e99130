import BusinessCalendar
import LendingRules
import Operations

extension MemoryStore: OutgoingFiles {
    func lines(for party: PartyID, on date: BusinessDate) async throws -> DetailLines {
        read { world in
            DetailLines(
                disbursements: world.disbursements(party, date) + world.returns(party, date),
                repayments: world.distributions.filter { $0.lender == party && $0.postedOn == date }
                    .sorted { ($0.line, $0.loan) < ($1.line, $1.loan) }
                    .compactMap { row in
                        world.loans[row.loan].map {
                            RepaymentLine(row: row, currency: $0.record.currency)
                        }
                    },
                balances: world.balances.filter { $0.lender == party && $0.date == date }.sorted(),
                facts: world.factLines.filter { $0.lender == party && $0.postedOn == date }
                    .sorted().compactMap { row in
                        world.loans[row.loan].map {
                            FactFileLine(row: row, currency: $0.record.currency)
                        }
                    },
                inFlight: world.inFlight(party, date), parts: world.parts(party, date),
                statusChanges: world.statusChanges(party, date))
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
    fileprivate func inFlight(_ party: PartyID, _ date: BusinessDate) -> [InFlightLine] {
        requests.values.filter { held in
            let isPaidOut =
                facts[held.request.loan]?.contains {
                    $0.kind == .disbursed && $0.bookingDate <= date
                } ?? false
            return held.request.party == party && !isPaidOut
                && [.accepted, .confirmed].contains(held.state)
        }.map(\.request).sorted { $0.key < $1.key }.map {
            InFlightLine(
                requestKey: $0.key, loan: $0.loan, principal: $0.amount, currency: $0.currency)
        }
    }

    fileprivate func parts(_ party: PartyID, _ date: BusinessDate) -> [PartLine] {
        parts.filter { $0.lender == party && $0.postedOn == date }.sorted().compactMap { part in
            loans[part.loan].map { PartLine(part: part, currency: $0.record.currency) }
        }
    }

    fileprivate func statusChanges(_ party: PartyID, _ date: BusinessDate) -> [StatusChange] {
        statusChanges.filter { change in
            change.date == date
                && loans[change.loan]?.plan.shares.contains { $0.party == party } == true
        }.sorted()
    }

    /// Requests whose money moved, in key order.
    private func funded(by party: PartyID) -> [HeldRequest] {
        requests.values.filter {
            [.confirmed, .returned].contains($0.state) && $0.request.party == party
        }.sorted { $0.request.key < $1.request.key }
    }

    fileprivate func returns(_ party: PartyID, _ date: BusinessDate) -> [DisbursementLine] {
        funded(by: party).compactMap { held in
            let fact = facts[held.request.loan]?.first {
                $0.undoesLoan && $0.bookingDate == date
            }
            return fact.map {
                DisbursementLine(
                    requestKey: "\($0.id)~\(held.request.key)", loan: held.request.loan,
                    partnerReference: answers[held.request.key] ?? "",
                    principal: -held.request.amount, currency: held.request.currency,
                    valueDate: $0.valueDate, reverses: held.request.key)
            }
        }
    }

    fileprivate func disbursements(_ party: PartyID, _ date: BusinessDate) -> [DisbursementLine] {
        funded(by: party)
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
