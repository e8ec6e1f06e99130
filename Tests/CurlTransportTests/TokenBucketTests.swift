// The pace of requests, told by instants alone.

import CurlTransport
import Testing

@Suite struct TokenBucketTests {
    private let start = ContinuousClock.now

    @Test func `after a quiet time a burst goes out at once and then the pace holds`() {
        var bucket = TokenBucket(RateLimit(perSecond: 10, burst: 3), now: start)
        let quiet = start + .seconds(60)
        for _ in 1...3 {
            #expect(bucket.readyAt <= quiet)
            bucket.take(at: quiet)
        }
        #expect(bucket.readyAt == quiet + .milliseconds(100))
        bucket.take(at: quiet + .milliseconds(100))
        #expect(bucket.readyAt == quiet + .milliseconds(200))
    }

    @Test(arguments: [(1, 1), (7, 3), (1_000, 10), (100_000, 1)])
    func `in the long run no more go out than agreed`(perSecond: Int, burst: Int) {
        var bucket = TokenBucket(RateLimit(perSecond: perSecond, burst: burst), now: start)
        var now = start
        for _ in 0..<(perSecond + burst) {
            now = max(now, bucket.readyAt)
            bucket.take(at: now)
        }
        // The burst is free; everything after it takes its time, less the cut-off nanoseconds.
        let interval = Duration.nanoseconds(1_000_000_000 / perSecond)
        #expect(now - start == interval * perSecond)
    }

    @Test func `what was not used is not saved up beyond the burst`() {
        var bucket = TokenBucket(RateLimit(perSecond: 5, burst: 2), now: start)
        let later = start + .seconds(3_600)
        bucket.take(at: later)
        bucket.take(at: later)
        #expect(bucket.readyAt > later)
    }
}
