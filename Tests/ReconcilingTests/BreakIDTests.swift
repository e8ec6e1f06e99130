import BusinessCalendar
import Reconciling
import Testing

@Suite struct BreakIDTests {
    private func id(
        _ partner: String = "harbor", _ file: String = "repayments",
        _ date: BusinessDate = Samples.date, _ kind: BreakKind = .amount, _ key: [String] = ["P"],
        _ ordinal: Int = 1
    ) -> String {
        Samples.ids(partner, date).id(file: file, kind: kind, key: key, ordinal: ordinal).text
    }

    @Test func `an id hashes the lengths and bytes of what names the break`() {
        let source = BreakIDSource(partner: "b", firstDate: BusinessDate(dayNumber: 258)) {
            #expect(
                $0 == [0, 0, 0, 1, 98] + [0, 0, 0, 1, 102] + [0, 0, 1, 2] + [0, 0, 0, 4]
                    + Array("date".utf8) + [0, 0, 0, 1] + [0, 0, 0, 2, 107, 49])
            return [0, 1, 2, 0xab, 0xcd, 0xef, 0xff, 16, 99]
        }
        #expect(source.id(file: "f", kind: .date, key: ["k1"]).text == "000102abcdefff10")
    }

    @Test func `an id changes with each thing that names the break and with nothing else`() {
        let ids = [
            id(), id("summit"), id("harbor", "balances"),
            id("harbor", "repayments", Samples.date.adding(days: 1)),
            id("harbor", "repayments", Samples.date, .date),
            id("harbor", "repayments", Samples.date, .amount, ["Q"]),
            id("harbor", "repayments", Samples.date, .amount, ["P", ""]),
            id("harbor", "repayments", Samples.date, .amount, ["P"], 2),
        ]
        #expect(Set(ids).count == ids.count)
        #expect(id() == id())
    }

    @Test func `a second run, with other line numbers, keeps the id`() throws {
        let first = try Samples.match(
            [Samples.payment("P")], [Samples.payment("P", interest: 1)])
        let second = try Samples.match(
            [Samples.payment("A"), Samples.payment("P", line: 2)],
            [Samples.payment("A"), Samples.payment("P", interest: 2, line: 8)])
        #expect(first.breaks.map(\.id) == second.breaks.map(\.id))
    }
}
