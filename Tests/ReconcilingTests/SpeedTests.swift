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
        var fastest = Duration.seconds(3600)
        // A busy machine slows single attempts: the best of three counts.
        for _ in 0..<3 {
            var result: FileResult?
            let taken = try ContinuousClock().measure {
                result = try pair.matched(ids: Samples.ids())
            }
            #expect(result?.matches.count == 100_000)
            #expect(result?.breaks.isEmpty == true)
            fastest = min(fastest, taken)
        }
        #if !DEBUG
            #expect(fastest < .seconds(1), "took \(fastest)")
        #endif
        print("matched 100,000 × 100,000 lines in \(fastest)")
    }
}
