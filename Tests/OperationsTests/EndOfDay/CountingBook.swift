import BusinessCalendar
import LendingRules
import Operations
import Portfolio
import Synchronization

/// A loan book that counts the loans whose facts a close reads.
final class CountingBook: LoanBook {
    private let store: MemoryStore
    private let loans = Mutex<Int>(0)

    init(_ store: MemoryStore) { self.store = store }

    /// Loans read since the last time.
    func taken() -> Int {
        loans.withLock { count in
            defer { count = 0 }
            return count
        }
    }

    func openSlices(_ date: BusinessDate) async throws -> [Range<Int>] {
        try await store.openSlices(date)
    }

    func anchors(in shards: Range<Int>) async throws -> [LoanAnchor] {
        try await store.anchors(in: shards)
    }

    func touched(in shards: Range<Int>, on date: BusinessDate) async throws -> [LoanID] {
        try await store.touched(in: shards, on: date)
    }

    func dossiers(_ wanted: [LoanID], bookedThrough date: BusinessDate) async throws
        -> [LoanDossier]
    {
        loans.withLock { $0 += wanted.count }
        return try await store.dossiers(wanted, bookedThrough: date)
    }

    func post(_ slice: SliceResult) async throws { try await store.post(slice) }
}
