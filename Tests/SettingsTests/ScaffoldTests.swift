import BusinessCalendar
import Foundation
import LendingRules
import Settings
import Testing

struct ScaffoldTests {
    /// Tests that see the whole from outside lend by it.
    @Test func `the demonstration among the fixtures is the scaffold, byte for byte`() throws {
        let root = URL(fileURLWithPath: Sample.directory).deletingLastPathComponent()
            .appendingPathComponent("Tests/Fixtures/Demonstration")
        for (path, text) in Sample.demonstration {
            let file = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
            #expect(file == text, "\(path)")
        }
        let paths = try #require(FileManager.default.enumerator(atPath: root.path))
            .compactMap { $0 as? String }.filter { $0.hasSuffix(".yaml") }
        #expect(Set(paths) == Set(Sample.demonstration.keys))
    }

    @Test(arguments: ["2026-01-01", "2027-12-31"])
    func `the smallest scaffold loads with its first date`(date: String) throws {
        let first = try #require(BusinessDate(date))
        let loaded = try Sample.load(Sample.contents(.minimal(firstDate: first)))
        #expect(loaded.platform.firstDate == first)
        #expect(loaded.agreements.map(\.effectiveFrom) == [first])
    }

    @Test func `the demonstration takes other addresses`() throws {
        let scaffold = Scaffold.demonstration(
            firstDate: Sample.firstDate, endpoints: ["meridian": "http://127.0.0.1:40001"])
        let loaded = try Sample.load(Sample.contents(scaffold))
        #expect(
            loaded.parties.compactMap(\.bank?.endpoint) == [
                "http://127.0.0.1:8101", "http://127.0.0.1:40001", "http://127.0.0.1:8103",
            ])
    }

    @Test func `the demonstration shares losses with a guarantor where it is asked to`() throws {
        let scaffold = Scaffold.demonstration(firstDate: Sample.firstDate, sharesLosses: true)
        let loaded = try Sample.load(Sample.contents(scaffold))
        #expect(loaded.parties.filter { $0.role == .guarantor }.map(\.id.name) == ["keystone"])
        let providers = loaded.agreements.map { $0.loss.providers.map(\.name) }
        #expect(providers == [["keystone"], ["platform"], [], []])
        let usual = try Sample.load(
            Sample.contents(.demonstration(firstDate: Sample.firstDate)))
        #expect(usual.agreements.allSatisfy { $0.loss == .none })
    }

    @Test func `holidays fall on the weekdays that the law gives them`() throws {
        let loaded = try Sample.load(Sample.minimal)
        let weekdays = loaded.calendars[0].holidays.sorted().map(\.weekday)
        #expect(weekdays == [4, 1, 1, 1, 5, 6, 1, 1, 3, 4, 5])
    }
}
