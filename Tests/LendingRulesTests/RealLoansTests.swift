import Foundation
import LendingRules
import Monetary
import Testing

/// The instalments of a thousand real loans (`Mocks/Data/loans.csv`), which round up to the cent.
struct RealLoansTests {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Mocks/Data/loans.csv")

    private struct Row {
        let id: Substring
        let terms: ScheduleTerms
        let instalment: Int64
    }

    private static func rows(_ rounding: Rounding) throws -> [Row] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst().map {
            let cells = $0.split(separator: ",", omittingEmptySubsequences: false)
            let terms = try sampleTerms {
                $0.principal = try AmountText.parse(cells[2], decimals: 2)
                $0.instalments = try #require(Int(cells[3]))
                $0.rate = try AnnualRate(percent: cells[4])
                $0.disbursedOn = try date(cells[1] + "-01")
                $0.instalmentRounding = rounding
            }
            let instalment = try AmountText.parse(cells[5], decimals: 2)
            return Row(id: cells[0], terms: terms, instalment: instalment)
        }
    }

    @Test func `every instalment but one known anomaly is rounded up to the cent`() throws {
        let rows = try RealLoansTests.rows(.up)
        let others = try rows.filter {
            try Schedule.build($0.terms).instalments[0].total != $0.instalment
        }
        #expect(rows.count == 1_000)
        #expect(others.map(\.id) == ["LC00512"])
    }

    @Test func `rounded to the nearest cent about half of them would be wrong`() throws {
        let rows = try RealLoansTests.rows(.halfEven)
        let equal = try rows.filter {
            try Schedule.build($0.terms).instalments[0].total == $0.instalment
        }
        #expect((400...600).contains(equal.count))
    }
}
