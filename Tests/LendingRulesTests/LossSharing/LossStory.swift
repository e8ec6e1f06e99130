import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// Losses of one date as text: loans in, what each layer pays out.
///
/// A loan is `L-1 95<94 harbor 700+12 platform 300`: days past due, those of the day before, and
/// each lender's principal and interest; `-5` behind it is what it has been paid already, and
/// `#2@95<94:40+3` an instalment past due.
/// `written-off` and `ask=NAME` are what people do.
struct LossStory {
    var terms: LossTerms
    var date = SampleDates.june
    var covers: [CoverID: CoverAccount] = [:]

    static let agreement = "harbor-70-30"

    /// What every draw, payment, charge-off and rest says, a line each.
    func told(_ loans: String) throws -> [String] {
        let cases = try loans.split(separator: "\n").map(loan)
        return try LossRun.run(cases, covers: covers, on: date).told
    }

    func loan(_ line: Substring) throws -> LossCase {
        var words = line.split(separator: " ")[...]
        let name = try Self.next(&words)
        let days = try Self.next(&words).split(separator: "<").map { Int($0) ?? 0 }
        var stakes: [LossStake] = []
        var (asked, isWrittenOff) = (Set<String>(), false)
        while let word = words.popFirst() {
            if word == "written-off" {
                isWrittenOff = true
            } else if word.hasPrefix("ask=") {
                asked.insert(String(word.dropFirst(4)))
            } else if word.hasPrefix("#") {
                let stake = try #require(stakes.last)
                stakes[stakes.count - 1] = stake.with(try instalment(word))
            } else {
                let amounts = try Self.next(&words).split(separator: "-", maxSplits: 1)
                stakes.append(
                    LossStake(
                        party: PartyID(String(word)), claim: Self.amounts(amounts[0]),
                        paid: amounts.count > 1 ? Self.amounts(amounts[1]) : .zero))
            }
        }
        return LossCase(
            loan: LoanID(String(name)), agreement: Self.agreement, terms: terms,
            disbursedOn: SampleDates.loan, daysPastDue: days[0], previousDaysPastDue: days[1],
            instructed: asked, isWrittenOff: isWrittenOff, stakes: stakes)
    }

    private func instalment(_ word: Substring) throws -> InstalmentStake {
        let parts = word.dropFirst().split { "@<:".contains($0) }
        return InstalmentStake(
            number: try #require(Int(parts[0])), daysPastDue: try #require(Int(parts[1])),
            previousDaysPastDue: try #require(Int(parts[2])), claim: Self.amounts(parts[3]))
    }

    private static func next(_ words: inout ArraySlice<Substring>) throws -> Substring {
        guard let word = words.popFirst() else { throw Violation(description: "no word") }
        return word
    }

    private static func amounts(_ text: Substring) -> LossAmounts {
        let parts = text.split(separator: "+").map { Int64($0) ?? 0 }
        return LossAmounts(principal: parts[0], interest: parts.count > 1 ? parts[1] : 0)
    }
}

/// Dates of losses.
enum SampleDates {
    static let loan = BusinessDate(year: 2026, month: 2, clamping: 14)
    static let june = BusinessDate(year: 2026, month: 6, clamping: 30)
}

extension LossStake {
    fileprivate func with(_ instalment: InstalmentStake) -> LossStake {
        LossStake(
            party: party, claim: claim, paid: paid, instalments: instalments + [instalment])
    }
}

extension LossOutcome {
    /// Draws, payments, charge-offs, rests and covers, a line each.
    var told: [String] {
        draws.map(\.told)
            + transfers.map { "\($0.loan) \($0.layer): \($0.from) pays \($0.to) \($0.amount)" }
            + chargeOffs.map { "\($0) is written off" }
            + left.filter { $0.amounts != .zero }
            .map { "\($0.loan) leaves \($0.lender) \($0.amounts.told)" }
            + covers.sorted { $0.key < $1.key }.map {
                "\($0.key) has \($0.value.available) of \($0.value.ceiling)"
            }
    }
}

extension LossDraw {
    fileprivate var told: String {
        var words = "\(loan) \(layer): \(provider) pays \(lender) \(taken.told)"
        if taken != asked { words += " of \(asked.told)" }
        for part in instalments { words += " #\(part.number):\(part.taken.told)" }
        return words + (shortfall.map { ", \($0.rawValue)" } ?? "")
    }
}

extension LossAmounts {
    var told: String { interest == 0 ? "\(principal)" : "\(principal)+\(interest)" }
}
