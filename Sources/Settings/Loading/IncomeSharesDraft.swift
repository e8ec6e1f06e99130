import LendingRules
import Monetary

/// The mapping `incomeShares` of an agreement as far as it could be read.
struct IncomeSharesDraft {
    /// How one income is divided.
    struct Division {
        let key: String
        let place: Place
        let parts: [(party: Located<String>, share: Share)]
        /// Whether every part could be read, so that the sum can be judged.
        let isComplete: Bool
    }

    let interest: Division?
    let penalty: Division?
    let fee: Division?

    var all: [Division] { [interest, penalty, fee].compactMap { $0 } }

    init(_ section: Section) {
        interest = IncomeSharesDraft.division("interest", section)
        penalty = IncomeSharesDraft.division("penalty", section)
        fee = IncomeSharesDraft.division("fee", section)
        section.finish()
    }

    private static func division(_ name: String, _ section: Section) -> Division? {
        guard section.isGiven(name), let parts = section.section(name) else { return nil }
        let shares = parts.names.map { party in
            parts.value(party, .shareOrNothing).map {
                (Located(value: party, key: $0.key, place: $0.place), $0.value)
            }
        }
        return Division(
            key: section.path(name), place: section.place(of: name),
            parts: shares.compactMap { $0 }, isComplete: shares.allSatisfy { $0 != nil })
    }

    /// The shares in the order of the lenders.
    func shares(_ lenders: [LenderDraft]) -> IncomeShares {
        func weights(_ division: Division?) -> [Share]? {
            division.map { division in
                lenders.compactMap { lender in
                    division.parts.first { $0.party.value == lender.party.value }?.share
                }
            }
        }
        return IncomeShares(
            interest: weights(interest), penalty: weights(penalty), fee: weights(fee))
    }
}

extension Drafts {
    /// Every lender has a part of each income that is divided, nobody else has, and they make one.
    func checkIncomeShares(_ agreement: AgreementDraft, _ findings: Findings) {
        guard agreement.isLendersComplete, !agreement.hasTiers,
            let incomes = agreement.incomeShares
        else { return }
        let lenders = agreement.lenders.map(\.party.value)
        for division in incomes.all {
            for (party, _) in division.parts where !lenders.contains(party.value) {
                findings.report(
                    .contradiction, "\(party.value) does not lend", key: party.key,
                    at: party.place,
                    allowed: "incomes are divided among the lenders: "
                        + lenders.joined(separator: ", "))
            }
            guard division.isComplete else { continue }
            let named = Set(division.parts.map(\.party.value))
            for lender in lenders where !named.contains(lender) {
                findings.report(
                    .contradiction, "\(lender) has no part", key: division.key,
                    at: division.place, allowed: "every lender is named, with 0% for none")
            }
            if let problem = ShareSum.problem(division.parts.map(\.share)) {
                findings.report(
                    .sharesNotWhole, problem, key: division.key, at: division.place,
                    allowed: "they must sum to exactly 100%; thirds are written 1/3")
            }
        }
    }
}
