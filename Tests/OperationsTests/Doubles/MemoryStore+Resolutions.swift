import LendingRules
import Operations

extension MemoryStore: ResolutionStore {
    func disputed(_ key: String) async throws -> DisputedRequest? {
        read { world in
            world.requests[key].map {
                DisputedRequest(held: $0, said: world.resolutions[key] ?? [])
            }
        }
    }

    func keep(
        _ resolution: Resolution, of held: HeldRequest, _ result: RequestResult?, now: Int64
    ) async throws {
        try write("resolve \(held.request.key)") { world in
            let key = held.request.key
            guard world.requests[key]?.version == held.version,
                (world.resolutions[key]?.count ?? 0) + 1 == resolution.number
            else { throw Refusal.overtaken(key) }
            world.resolutions[key, default: []].append(resolution)
            if let result, !world.store(result, now: now) { throw Refusal.overtaken(key) }
        }
    }
}
