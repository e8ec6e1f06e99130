import Operations
import Synchronization

/// How long the stages of a day took, summed over all their pieces.
final class StageTimes: Sendable {
    private let spent = Mutex<[DayStage: Duration]>([:])

    /// For the surroundings of what is timed.
    var begin: @Sendable (DayStage) -> @Sendable () -> Void {
        { [self] stage in
            let begun = ContinuousClock.now
            return { [self] in
                let taken = ContinuousClock.now - begun
                spent.withLock { $0[stage, default: .zero] += taken }
            }
        }
    }

    func seconds(_ stage: DayStage) -> Double {
        spent.withLock { $0[stage, default: .zero] } / .seconds(1)
    }

    /// What of the close is neither reading nor writing; its pieces come one after another.
    var computing: Double { max(0, seconds(.close) - seconds(.load) - seconds(.post)) }
}
