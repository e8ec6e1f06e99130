import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations

extension MemoryStore: AuditSource, BookQueries {
    func closedDays() async throws -> [ClosedDay] { world.closed }

    func dossiers(after loan: LoanID?, limit: Int) async throws -> [LoanDossier] {
        read { world in
            func place(_ loan: LoanID) -> (UInt16, LoanID) { (TestHash.shard(loan.text), loan) }
            let ids = world.loans.keys.filter { id in
                world.loans[id]?.disbursedOn != nil
                    && loan.map { place(id) > place($0) } ?? true
            }
            return ids.sorted { place($0) < place($1) }.prefix(limit)
                .compactMap { world.dossier($0, bookedThrough: nil) }
        }
    }

    func dossierCount() async throws -> Int {
        read { $0.loans.values.count { $0.disbursedOn != nil } }
    }

    func requests() async throws -> [HeldRequest] {
        read { $0.requests.values.sorted { $0.request.key < $1.request.key } }
    }

    func fundings(after loan: LoanID?, limit: Int) async throws -> [KeptFunding] {
        read { world in
            world.loans.values.filter { one in loan.map { one.record.loan > $0 } ?? true }
                .sorted { $0.record.loan < $1.record.loan }.prefix(limit)
                .map { loan in
                    KeptFunding(
                        funding: FundingCase(
                            record: loan.record, state: loan.state, plan: loan.plan,
                            requests: world.requests.values
                                .filter { $0.request.loan == loan.record.loan }
                                .sorted { $0.request.key < $1.request.key }),
                        payout: world.payouts[loan.record.loan]?.state)
                }
        }
    }

    func resolutions() async throws -> [String: [Resolution]] { world.resolutions }

    func balances(on date: BusinessDate) async throws -> [LenderBalance] {
        read { $0.balances.filter { $0.date == date }.sorted() }
    }

    func limits() async throws -> KeptLimits { world.keptLimits }

    func routes() async throws -> KeptRoutes {
        read { world in
            let parts = world.routed.flatMap { loan, parts -> [RoutedLoan] in
                guard let record = world.loans[loan]?.record else { return [] }
                return parts.map { part in
                    let key = "\(loan).\(part.slot.party).1"
                    return RoutedLoan(
                        record: record, route: part.slot.route, party: part.slot.party,
                        amount: part.amount, asked: world.requests[key]?.request.amount)
                }
            }
            return KeptRoutes(volumes: world.routeVolumes, parts: parts)
        }
    }

    func digest() async throws -> String { "" }

    func balances(through date: BusinessDate?) async throws -> [BookBalance] {
        read { world in
            var sums: [Posting: Int64] = [:]
            for row in world.ledgerRows where row.date <= date ?? row.date {
                sums[row.of(0).posting, default: 0] += row.posting.amount
            }
            return sums.map { key, amount in
                BookBalance(
                    book: key.book, account: key.account, counterparty: key.counterparty,
                    currency: key.currency, amount: amount)
            }.sortedByText
        }
    }

    func entries(from: BusinessDate?, through: BusinessDate?, book: BookID?) async throws
        -> [LedgerRow]
    {
        read { world in
            world.ledgerRows.filter {
                (from ?? $0.date) <= $0.date && $0.date <= (through ?? $0.date)
                    && (book == nil || $0.posting.book == book)
            }
        }
    }

    func factLines(from: BusinessDate?, through: BusinessDate?) async throws -> [FactLine] {
        read { world in
            world.factLines.filter {
                (from ?? $0.postedOn) <= $0.postedOn && $0.postedOn <= (through ?? $0.postedOn)
            }.sorted()
        }
    }

    func distributions(from: BusinessDate?, through: BusinessDate?) async throws
        -> [DistributionRow]
    {
        read { world in
            world.distributions.filter {
                (from ?? $0.postedOn) <= $0.postedOn && $0.postedOn <= (through ?? $0.postedOn)
            }.sorted()
        }
    }
}
