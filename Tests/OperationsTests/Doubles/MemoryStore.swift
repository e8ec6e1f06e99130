import BusinessCalendar
import Operations
import Synchronization

/// A store in memory behind every port; each call is one transaction, all or nothing.
final class MemoryStore: Sendable {
    private let state: Mutex<World>
    private let calls = Mutex<[String]>([])
    /// Shards in a slice of a close.
    let sliceWidth: Int
    /// Every live loan counts as touched, so that the kernel gets none.
    let isEverythingTouched: Bool

    init(_ world: World = World(), sliceWidth: Int = 1024, isEverythingTouched: Bool = false) {
        state = Mutex(world)
        self.sliceWidth = sliceWidth
        self.isEverythingTouched = isEverythingTouched
    }

    /// What the store holds now.
    var world: World { state.withLock { $0 } }

    /// Writing calls in order, such as `freeze 2026-01-01`.
    var journal: [String] { calls.withLock { $0 } }

    func read<Value: Sendable>(_ body: (World) throws -> Value) rethrows -> Value {
        try body(world)
    }

    /// Changes the world; nothing when the body throws.
    func write<Value: Sendable>(_ call: String? = nil, _ body: (inout World) throws -> Value)
        rethrows -> Value
    {
        if let call { calls.withLock { $0.append(call) } }
        return try state.withLock { world in
            var next = world
            let value = try body(&next)
            world = next
            return value
        }
    }
}

/// What the store refuses.
enum Refusal: CodedError, Equatable {
    case dateNotOpen(BusinessDate)
    case overtaken(String)
    case doubled(String)
    /// A failure that a test asked for.
    case broken

    var code: String { "TEST-001" }
    var sentence: String { "\(self)" }
    var exit: ExitKind {
        switch self {
        case .dateNotOpen, .overtaken: .temporary
        case .doubled, .broken: .failed
        }
    }
}

extension World {
    /// Booking is for the open date only.
    func require(_ date: BusinessDate) throws(Refusal) {
        if date != open { throw .dateNotOpen(date) }
    }
}
