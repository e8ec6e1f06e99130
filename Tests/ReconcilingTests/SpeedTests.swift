import Reconciling
import Testing

@Suite struct SpeedTests {
    @Test func `a hundred thousand lines a side are matched in well under a second`() throws {
        var generator = SeededGenerator(seed: runSeed)
        var ours = (0..<100_000).map {
            Samples.payment("LC\(1_000_000 + $0).harbor.1", loan: "LC\($0)", line: $0)
        }
        let theirs = ours.shuffled(using: &generator)
        ours.shuffle(using: &generator)
        let pair = FilePair(
            layout: .repayments, ours: ours, theirs: theirs,
            manifest: Samples.manifest(.repayments, theirs))
        var result: FileResult?
        let taken = try ContinuousClock().measure {
            result = try pair.matched(ids: Samples.ids())
        }
        #expect(result?.matches.count == 100_000)
        #expect(result?.breaks.isEmpty == true)
        // Debug builds are some thirty times slower; the limit only catches a change of order.
        #expect(taken < .seconds(20), "took \(taken)")
        print("matched 100,000 × 100,000 lines in \(taken)")
    }
}
