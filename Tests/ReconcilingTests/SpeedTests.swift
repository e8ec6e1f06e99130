import Foundation
import Reconciling
import TestSupport
import Testing

@Suite struct SpeedTests {
    @Test func `a hundred thousand lines a side are matched in well under a second`() throws {
        var generator = SeededGenerator(seed: SeededCase.runSeed)
        var ours = (0..<100_000).map {
            Samples.payment("LC\(1_000_000 + $0).harbor.1", loan: "LC\($0)", line: $0)
        }
        let theirs = ours.shuffled(using: &generator)
        ours.shuffle(using: &generator)
        let pair = FilePair(
            layout: .repayments, ours: ours, theirs: theirs,
            manifest: Samples.manifest(.repayments, theirs))
        let start = SpeedTests.threadSeconds()
        let result = try pair.matched(ids: Samples.ids())
        let taken = SpeedTests.threadSeconds() - start
        #expect(result.matches.count == 100_000)
        #expect(result.breaks.isEmpty)
        #if !DEBUG
            #expect(taken < 1, "took \(taken) s")
        #endif
        print("matched 100,000 × 100,000 lines in \(taken) s of processor time")
    }

    /// Processor time of this thread: what else runs on the machine is not counted.
    private static func threadSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
