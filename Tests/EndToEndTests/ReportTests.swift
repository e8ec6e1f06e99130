import Foundation
import TestSupport
import Testing

/// The day report as one page.
struct ReportTests {
    private static let date = "2026-02-05"

    private func page(_ run: DemoRun, _ date: String = date) async throws -> String {
        let outcome = try await run.colend("report day --date \(date)")
        try #require(outcome.exit == 0, "\(outcome.errors)")
        return outcome.output
    }

    @Test func `the page is well-formed and needs nothing else`() async throws {
        let page = try await page(try await DemoRun.first.value)
        #expect(XMLCheck.fault(in: page) == nil)
        #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
        for reference in ["http:", "https:", "src=", "href=", "url(", "@import", "<script"] {
            #expect(!page.contains(reference), "\(reference)")
        }
    }

    @Test func `every chart has a name and a sentence, every table heads`() async throws {
        let page = try await page(try await DemoRun.first.value)
        let charts = page.components(separatedBy: "<svg ").dropFirst()
        #expect(charts.count == 6)
        for chart in charts {
            #expect(chart.contains("role=\"img\" aria-labelledby=\""))
            let names = chart.components(separatedBy: "aria-labelledby=\"")[1].prefix { $0 != "\"" }
            for name in names.split(separator: " ") { #expect(chart.contains(" id=\"\(name)\"")) }
        }
        let tables = page.components(separatedBy: "<table>").dropFirst()
        #expect(tables.count == 7)
        #expect(tables.allSatisfy { $0.contains("<caption>") && $0.contains("scope=\"col\"") })
        for rule in ["prefers-color-scheme: dark", "@media print", "max-width: 1020px"] {
            #expect(page.contains(rule))
        }
    }

    @Test func `the same date gives the same bytes`() async throws {
        let first = try await page(try await DemoRun.first.value)
        #expect(try await page(try await DemoRun.first.value) == first)
        #expect(try await page(try await DemoRun.again.value) == first)
        #expect(try await page(try await DemoRun.first.value, "2026-02-04") != first)
    }

    @Test func `figures are those of the queries`() async throws {
        let run = try await DemoRun.first.value
        let page = try await page(run)
        let trial: Object = try await run.colend("ledger trial-balance --date \(Self.date)").json()
        let accounts = try #require(trial["accounts"] as? [[String: Any]])
        func held(_ book: String, _ numbers: Set<String>) throws -> Int {
            try accounts.filter { $0["book"] as? String == book }
                .filter { numbers.contains($0["account"] as? String ?? "") }
                .reduce(0) { $0 + (try cents($1["amount"])) }
        }
        for lender in ["platform", "harbor", "meridian", "summit"] {
            let row = try #require(page.row(of: lender, in: "Lenders"))
            #expect(row[3] == grouped(try held(lender, ["1110", "1120"])), "\(lender)")
            #expect(row[4] == grouped(try held(lender, ["1130", "1140"])), "\(lender)")
        }
        let nets = try #require(page.row(of: Self.date, in: "Net positions"))
        for (index, partner) in ["harbor", "meridian", "summit"].enumerated() {
            let owed = try accounts.filter {
                $0["book"] as? String == "platform" && $0["counterparty"] as? String == partner
            }.reduce(0) { $0 + (try cents($1["amount"])) }
            #expect(nets[index] == grouped(owed), "\(partner)")
        }
    }

    @Test func `volumes and collections are those of the ledger's entries`() async throws {
        let run = try await DemoRun.first.value
        let page = try await page(run)
        let entries = try await run.colend(
            "ledger entries --from \(Self.date) --until \(Self.date)"
        ).json(as: [Object].self)
        func sum(_ kind: String, _ accounts: Set<String>) throws -> Int {
            try entries.filter {
                $0["kind"] as? String == kind && accounts.contains($0["account"] as? String ?? "")
            }.reduce(0) { $0 + (try cents($1["amount"])) }
        }
        let row = try #require(page.row(of: Self.date, in: "Day by day"))
        #expect(row[0] == grouped(try sum("disbursement", ["1110"])))
        #expect(row[4] == grouped(-(try sum("repayment", ["1120", "1140"]))))
        // A book with fees has a column for them before what was collected in all.
        let claims: Set = ["1110", "1120", "1130", "1140", "1150", "1160"]
        #expect(row[7] == grouped(-(try sum("repayment", claims))))
        #expect(row[8] == grouped(try sum("repayment", ["1010"])))
    }

    @Test func `what fell due and was paid in time is what the loans' own stories tell`()
        async throws
    {
        let run = try await DemoRun.first.value
        let page = try await page(run)
        var (due, onTime): ([String: Int], [String: Int]) = ([:], [:])
        for loan in try await run.colend("loans list").json(as: [Object].self) {
            let id = try #require(loan["loan"] as? String)
            let story = try await run.colend("loans show \(id) --on \(Self.date)")
                .json(as: Object.self)
            guard story["position"] is Object, let schedule = story["schedule"] as? Object
            else { continue }
            var dates: [Int: String] = [:]
            for line in try #require(schedule["instalments"] as? [Object]) {
                let dueOn = try #require(line["dueOn"] as? String)
                dates[try #require(line["number"] as? Int)] = dueOn
                let billed = try cents(line["total"]) - cents(line["unbilled"])
                if dueOn <= Self.date { due[dueOn, default: 0] += billed }
            }
            for payment in try #require(story["payments"] as? [Object]) {
                let valueDate = try #require(payment["valueDate"] as? String)
                for step in try #require(payment["steps"] as? [Object]) {
                    let dueOn = try #require(dates[step["instalment"] as? Int ?? 0])
                    guard valueDate <= dueOn, step["claim"] as? String != "penalty" else {
                        continue
                    }
                    onTime[dueOn, default: 0] += try cents(step["amount"])
                }
            }
        }
        #expect(due.values.reduce(0, +) > 0)
        for day in 1...5 {
            let date = "2026-02-0\(day)"
            let row = try #require(page.row(of: date, in: "Day by day"))
            #expect(row[1] == grouped(due[date] ?? 0), "\(date)")
            #expect(row[2] == grouped(onTime[date] ?? 0), "\(date)")
            #expect(row[3] == grouped((due[date] ?? 0) - (onTime[date] ?? 0)), "\(date)")
        }
    }

    @Test func `every loan stands in one bucket, where its own story puts it`() async throws {
        let run = try await DemoRun.first.value
        let page = try await page(run)
        var counts: [String: Int] = [:]
        let loans = try await run.colend("loans list").json(as: [Object].self)
        for loan in loans where loan["state"] as? String == "disbursed" {
            let id = try #require(loan["loan"] as? String)
            let story = try await run.colend("loans show \(id) --on \(Self.date)")
                .json(as: Object.self)
            guard let position = story["position"] as? Object,
                let bucket = position["bucket"] as? String
            else { continue }
            counts[bucket, default: 0] += 1
        }
        #expect(counts.values.reduce(0, +) > 20)
        for bucket in ["M0", "M1", "M2", "M7+"] {
            #expect(
                page.row(of: bucket, in: "Buckets")?[0] == "\(counts[bucket] ?? 0)", "\(bucket)")
        }
    }

    @Test func `a hostile name is a name`() async throws {
        let run = try await DemoRun.first.value.copied()
        let file = run.folder.path("demo/Config/platform.yaml")
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let name = #"<script>alert(\"1\")</script><img src=x onerror='x'> & Söhne"#
        let hostile = text.split(separator: "\n").map {
            $0.hasPrefix("name:") ? "name: \"\(name)\"" : String($0)
        }
        try run.folder.write(hostile.joined(separator: "\n"), to: "demo/Config/platform.yaml")
        let page = try await page(run)
        #expect(XMLCheck.fault(in: page) == nil)
        #expect(!page.contains("<script") && !page.contains("<img"))
        #expect(
            page.contains(
                "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&lt;img src=x "
                    + "onerror=&#39;x&#39;&gt; &amp; Söhne"))
    }

    @Test func `a page in a file comes with its headline figures`() async throws {
        let run = try await DemoRun.first.value
        let target = try TemporaryFolder()
        let file = target.path("reports/day.html")
        let rehearsed = try await run.colend(
            "report day --date \(Self.date) --to \(file) --dry-run")
        #expect(rehearsed.exit == 0, "\(rehearsed.errors)")
        #expect(target.files().isEmpty)
        let answer = try await run.colend("report --date \(Self.date) --to \(file)")
            .json(as: Object.self)
        #expect(target.files().keys.sorted() == ["reports/day.html"])
        #expect(try String(contentsOfFile: file, encoding: .utf8) == (try await page(run)))
        #expect(answer["date"] as? String == Self.date)
        #expect((answer["buckets"] as? [Object])?.count == 8)
    }

    @Test(arguments: ["2027-01-01", "2025-12-31"])
    func `a date that is not closed has no report`(date: String) async throws {
        let run = try await DemoRun.first.value
        for command in ["report day --date", "ledger export --format csv --until"] {
            let outcome = try await run.colend("\(command) \(date)")
            #expect(outcome.exit == 1)
            #expect(outcome.codes == ["QUERY-002"], "\(outcome.errors)")
            #expect(outcome.output == "")
        }
    }

    @Test func `books without a closed date say so`() async throws {
        let books = try await Books.withLoans()
        let outcome = try await books.colend("report day")
        #expect(outcome.exit == 1 && outcome.codes == ["QUERY-002"], "\(outcome.errors)")
        #expect(outcome.errors.contains("no date is closed yet"))
    }
}

/// Minor units of a JSON amount.
func cents(_ value: Any?) throws -> Int {
    let text = try #require(value as? String)
    return try #require(Int(text.replacing(".", with: "")))
}

/// An amount as the report writes it.
private func grouped(_ cents: Int) -> String {
    let digits = String(cents.magnitude)
    let padded = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    var whole = ""
    for (index, digit) in padded.dropLast(2).enumerated() {
        if index > 0, (padded.count - 2 - index).isMultiple(of: 3) { whole += "," }
        whole.append(digit)
    }
    return (cents < 0 ? "\u{2212}" : "") + whole + "." + padded.suffix(2)
}

extension String {
    /// The cells after the first of a table's row, by the table's heading and the first cell.
    fileprivate func row(of name: String, in table: String) -> [String]? {
        guard let section = components(separatedBy: "<h2>\(table)</h2><div class=\"scroll\">").last
        else { return nil }
        let body = section.components(separatedBy: "</table>")[0]
        for row in body.components(separatedBy: "<tr>").dropFirst() {
            let cells = row.components(separatedBy: "</td>").map {
                String($0[($0.lastIndex(of: ">").map(index(after:)) ?? $0.startIndex)...])
            }
            if cells.first == name { return Array(cells.dropFirst()) }
        }
        return nil
    }
}
