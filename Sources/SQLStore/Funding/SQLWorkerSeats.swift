private import Synchronization

/// The names under which running processes claim requests, each held by one at a time.
///
/// A seat is a lock of the engine: its process holds it while it runs and no longer, however it
/// ends. So whoever finds a seat free knows that the claims made from it are over, without waiting
/// for their lease.
package final class SQLWorkerSeats: Sendable {
    private let engine: any SQLEngine
    private let own = Mutex<Seat?>(nil)

    private struct Seat: Sendable {
        let name: String
        let lease: any SQLLease
    }

    private static let prefix = "seat-"
    /// Far more than processes that send at once.
    private static let count = 1_000

    /// The seats behind an engine.
    package init(engine: any SQLEngine) {
        self.engine = engine
    }

    deinit {
        own.withLock { $0?.lease.release() }
    }

    /// The name of this process's seat: the first free one, taken when first asked for and held
    /// until this object goes.
    ///
    /// Throws `StoreError.overtaken` when none is free, or what locking throws.
    package func name() throws(StoreError) -> String {
        let engine = engine
        return try own.withLock { seat throws(StoreError) in
            if let seat { return seat.name }
            for number in 1...Self.count {
                let name = Self.prefix + String(number)
                guard let lease = try engine.lock(name) else { continue }
                seat = Seat(name: name, lease: lease)
                return name
            }
            throw .overtaken(record: "every seat of a worker")
        }
    }

    /// Whether this process sits on its seat still; once it does not, another may have taken its
    /// claims over, and nothing may be sent for them.
    package var isHeld: Bool { own.withLock { $0?.lease.isHeld ?? false } }

    /// Whether the engine can tell if a claim's holder lives.
    static func isSeat(_ holder: String) -> Bool { holder.hasPrefix(prefix) }

    /// Takes the seat of a claim's holder when nobody sits on it any more; to be held while its
    /// claims are taken over, so that nobody new sits down meanwhile.
    static func abandoned(_ holder: String, _ engine: any SQLEngine) throws(StoreError)
        -> (any SQLLease)?
    {
        isSeat(holder) ? try engine.lock(holder) : nil
    }
}
