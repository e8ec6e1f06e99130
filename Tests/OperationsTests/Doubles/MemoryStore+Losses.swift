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
                facts.contains { fact in
                    if case .instructed = fact.kind { fact.valueDate == date } else { false }
                }
            }.keys.sorted()
        }
    }

    func covers(before date: BusinessDate) async throws -> [KeptCover] {
        read { world in
            Dictionary(grouping: world.covers.filter { $0.date < date }, by: \.cover)
                .compactMap { $0.value.max { $0.date < $1.date } }
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
