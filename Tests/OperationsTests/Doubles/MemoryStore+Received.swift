import BusinessCalendar
import LendingRules
import Operations

extension MemoryStore: ReceivedVersions {
    func versions(from party: PartyID, on date: BusinessDate) async throws -> [ReceivedVersion] {
        read { world in
            let pair = World.Pair(party: party, date: date)
            let inForce = Set(world.reconciled[pair]?.received.map(\.name) ?? [])
            return (world.received[pair] ?? [:]).sorted { $0.key < $1.key }.flatMap { name, all in
                all.enumerated().map { index, bytes in
                    ReceivedVersion(
                        name: name, version: index + 1, sha256: TestHash.hexadecimal(bytes),
                        bytes: bytes.count,
                        isInForce: index == all.count - 1 && inForce.contains(name))
                }
            }
        }
    }

    func content(of name: String, version: Int, from party: PartyID, on date: BusinessDate)
        async throws -> [UInt8]?
    {
        read { world in
            let all = world.received[World.Pair(party: party, date: date)]?[name] ?? []
            return all.indices.contains(version - 1) ? all[version - 1] : nil
        }
    }
}

extension World {
    /// A result with the versions of its files.
    mutating func keepVersions(of result: ReconciledDate) {
        let pair = Pair(party: result.party, date: result.date)
        reconciled[pair] = result
        for file in result.received where received[pair]?[file.name]?.last != file.bytes {
            received[pair, default: [:]][file.name, default: []].append(file.bytes)
        }
    }
}
