import Operations
import Synchronization

/// Keeps what a kill at every crash point would leave behind.
final class Snapshots: Sendable {
    /// A crash point as it was passed.
    struct Point: Sendable {
        let point: CrashPoint
        let world: World
        let banks: TestBanks.State
        let now: Int64
    }

    let store: MemoryStore
    let banks: TestBanks
    let clock: TestClock
    private let kept = Mutex<[Point]>([])

    init(store: MemoryStore, banks: TestBanks, clock: TestClock) {
        self.store = store
        self.banks = banks
        self.clock = clock
    }

    var points: [Point] { kept.withLock { $0 } }

    func forget() { kept.withLock { $0 = [] } }

    /// Keeps what there is as a point is passed.
    func pass(_ point: CrashPoint) {
        let passed = Point(point: point, world: store.world, banks: banks.now, now: clock.now)
        kept.withLock { $0.append(passed) }
    }

    /// A house over the same store and banks that passes its crash points here.
    func house(_ catalogue: Catalogue? = nil) throws -> TestHouse {
        try TestHouse(store: store, banks: banks, clock: clock, catalogue: catalogue) {
            [self] point in
            pass(point)
        }
    }
}
