import BusinessCalendar
import Monetary

/// One line of one side that equals the sum of several lines of the other.
package struct SumMatch: Hashable, Sendable {
    package let ours: [Line]
    package let theirs: [Line]

    /// The records the match claims.
    package var claims: [Claim] {
        ours.map { Claim(.ours, $0) } + theirs.map { Claim(.theirs, $0) }
    }
}

/// Finds single lines that the other side has written in parts, among lines that one side alone
/// has.
///
/// A line and its parts have one loan, currency, value date and compared texts, and every amount
/// column adds up exactly: no tolerance, since with parts enough anything adds up nearly. At most
/// ``partsLimit`` lines of the other side are looked at; where there are more, none is: a search
/// among many would find sums by chance. The smallest number of parts wins, then the first in the
/// order of keys; each line is claimed once. The order of the files' lines does not matter.
struct SumMatching {
    /// Lines of the other side among which parts are sought.
    static let partsLimit = 8

    /// What a line and its parts have in common.
    private struct Bond: Hashable {
        let loan: String
        let currency: Currency
        let valueDate: BusinessDate?
        let fields: [String]
    }

    private(set) var found: [SumMatch] = []
    /// Breaks that are left, in their order.
    private(set) var left: [Break] = []

    /// - Parameter breaks: Those of one file in key order.
    init(_ breaks: [Break], _ layout: FileLayout) {
        guard layout.role == .movement else {
            left = breaks
            return
        }
        var claimed: Set<BreakID> = []
        for group in SumMatching.groups(breaks, layout) {
            search(group.ours, group.theirs, &claimed)
            search(group.theirs, group.ours, &claimed)
        }
        left = breaks.filter { !claimed.contains($0.id) }
    }

    /// One-sided breaks that may belong together, each side in key order.
    private static func groups(_ breaks: [Break], _ layout: FileLayout)
        -> [(ours: [Break], theirs: [Break])]
    {
        var groups: [(ours: [Break], theirs: [Break])] = []
        var numbers: [Bond: Int] = [:]
        for found in breaks where found.kind == .oursOnly || found.kind == .theirsOnly {
            guard let record = (found.ours ?? found.theirs)?.record else { continue }
            let bond = Bond(
                loan: layout.loan(of: record), currency: record.currency,
                valueDate: record.valueDate, fields: record.fields)
            let number = numbers[bond] ?? groups.count
            if number == groups.count { groups.append(([], [])) }
            numbers[bond] = number
            if found.ours != nil {
                groups[number].ours.append(found)
            } else {
                groups[number].theirs.append(found)
            }
        }
        return groups
    }

    private mutating func search(
        _ wholes: [Break], _ parts: [Break], _ claimed: inout Set<BreakID>
    ) {
        for whole in wholes where !claimed.contains(whole.id) {
            let free = parts.filter { !claimed.contains($0.id) }
            guard (2...SumMatching.partsLimit).contains(free.count),
                let chosen = SumMatching.parts(of: whole, among: free)
            else { continue }
            claimed.formUnion(chosen.map(\.id) + [whole.id])
            let all = [whole] + chosen
            found.append(
                SumMatch(ours: all.compactMap(\.ours), theirs: all.compactMap(\.theirs)))
        }
    }

    /// The fewest parts that add up to a line, the first such in key order; nil when none do.
    private static func parts(of whole: Break, among parts: [Break]) -> [Break]? {
        let target = amounts(whole)
        let columns = parts.map(amounts)
        // Every choice is a set of bits, the first part's bit the highest: a higher number of
        // equal size chooses earlier parts.
        let choices = (1..<(1 << parts.count)).filter { $0.nonzeroBitCount > 1 }.sorted {
            ($0.nonzeroBitCount, $1) < ($1.nonzeroBitCount, $0)
        }
        for choice in choices {
            let chosen = parts.indices.filter { choice >> (parts.count - 1 - $0) & 1 == 1 }
            let adds = target.indices.allSatisfy { column in
                chosen.reduce(Int128(0)) { $0 + Int128(columns[$1][column]) }
                    == Int128(target[column])
            }
            if adds { return chosen.map { parts[$0] } }
        }
        return nil
    }

    private static func amounts(_ found: Break) -> [Int64] {
        (found.ours ?? found.theirs)?.record.amounts ?? []
    }
}
