import Operations
import Synchronization

/// Banks that count how many requests they have before them at a time.
final class Gauge: PartnerBanks {
    private let banks: TestBanks
    private let counts = Mutex((now: 0, most: 0))

    init(banks: TestBanks) { self.banks = banks }

    var most: Int { counts.withLock { $0.most } }

    func send(_ request: HeldRequest) async -> PartnerAnswer {
        counts.withLock { counts in
            counts.now += 1
            counts.most = max(counts.most, counts.now)
        }
        defer { counts.withLock { $0.now -= 1 } }
        for _ in 0..<20 { await Task.yield() }
        return await banks.send(request)
    }

    func ask(_ request: HeldRequest) async -> PartnerAnswer { await banks.ask(request) }

    func reverse(_ request: HeldRequest) async -> PartnerAnswer { await banks.reverse(request) }
}
