import BusinessCalendar
import LendingRules
import Operations

extension MemoryStore: LossStore {
    func isDecided(_ date: BusinessDate) async throws -> Bool {
        read { $0.lossesDecided.contains(date) }
    }

    func instructed(on date: BusinessDate) async throws -> [LoanID] {
        read { world in
            world.facts.filter { _, facts in
                let isReversed = facts.contains { fact in
                    if case .reversal = fact.kind { fact.bookingDate == date } else { false }
                }
                return isReversed && facts.contains(where: \.isAssignment)
                    || facts.contains { $0.isInstruction && $0.valueDate == date }
            }.keys.sorted()
        }
    }

    func covers(before date: BusinessDate) async throws -> [KeptCover] {
        read { world in
            Dictionary(grouping: world.covers.filter { $0.date < date }, by: \.cover)
                .compactMap { $0.value.max { $0.date < $1.date } }
        }
    }

    func demands(before date: BusinessDate) async throws -> [CoverDemand] {
        read { world in
            let draws = world.lossDraws.filter { !$0.cover.isEmpty && $0.date < date }
            return Dictionary(grouping: draws) { [$0.cover, $0.shortfall] }.map { key, draws in
                CoverDemand(
                    cover: key[0], shortfall: key[1], count: draws.count,
                    asked: draws.reduce(0) { $0 + $1.asked.total },
                    paid: draws.reduce(0) { $0 + $1.paid.total })
            }.sorted { ($0.cover, $0.shortfall) < ($1.cover, $1.shortfall) }
        }
    }

    func decide(_ day: LossDay, facts: [NewFact]) async throws {
        write("losses \(day.date)") { world in
            guard world.lossesDecided.insert(day.date).inserted else { return }
            for new in facts { world.facts[new.loan, default: []].append(new.fact) }
            world.lossDraws += day.draws.map { KeptDraw($0, on: day.date) }
            world.covers += day.covers.map {
                KeptCover(cover: $0.id, date: day.date, figures: $0.account.figures)
            }
        }
    }
}

extension MemoryStore {
    func losses() async throws -> KeptLosses {
        read { KeptLosses(covers: $0.covers, draws: $0.lossDraws) }
    }
}
