import Assembly
import Operations
import Testing

/// What a progress display says.
struct ProgressLineTests {
    @Test(
        arguments: [
            (WorkDone("dates closed", 12, of: 45), 4_000, "12/45 dates closed, 3.0/s, 11 s left"),
            (
                WorkDone("loans booked", 5_000, of: 1_234_567), 10_000,
                "5,000/1,234,567 loans booked, 500/s, 40 min 59 s left"
            ),
            (
                WorkDone("rows checked", 1, of: 100_000), 1_000,
                "1/100,000 rows checked, 1.0/s, 27 h 46 min left"
            ),
            (WorkDone("loans recomputed", 900), 2_000, "900 loans recomputed, 450/s"),
            (WorkDone("slices posted", 0, of: 4), 900, "0/4 slices posted"),
            (WorkDone("slices posted", 4, of: 4), 0, "4/4 slices posted, 0 s left"),
        ] as [(WorkDone, Int, String)])
    func `rate and time left are told as far as they are known`(
        work: WorkDone, milliseconds: Int, words: String
    ) {
        let line = ProgressLine(work: work, elapsed: .milliseconds(milliseconds))
        #expect(line.said == words)
    }

    @Test func `a bar fills with the work and fits the terminal`() {
        func line(_ done: Int) -> ProgressLine {
            ProgressLine(work: WorkDone("days", done, of: 48), elapsed: .seconds(2))
        }
        #expect(line(0).drawn(columns: 80).hasPrefix(String(repeating: "░", count: 24) + " 0/48"))
        #expect(line(24).drawn(columns: 80).hasPrefix(String(repeating: "█", count: 12) + "░"))
        #expect(line(48).drawn(columns: 80).hasPrefix(String(repeating: "█", count: 24) + " 48"))
        for columns in [1, 10, 30, 79] {
            #expect(line(24).drawn(columns: columns).count <= max(1, columns - 1))
        }
    }
}
