import Foundation
import Operations
import PostgresEngine
import SQLStore
import SQLiteEngine
import Settings

// The store: is it there, is it ours, is it sound, is there room for it to grow.

extension Doctor {
    func store(of configuration: Configuration) async -> [Checkup] {
        do {
            let store = try await OpenStore(launch, for: .reading)
            let stores = Stores(
                store, firstDate: configuration.platform.firstDate,
                platform: configuration.platform.party, hazards: Hazards(environment: [:]))
            defer { stores.close() }
            let status = try await stores.days.status()
            let closed = status.lastClosed.map { "last closed \($0.date)" } ?? "nothing closed yet"
            var checkups = [
                Checkup.ok(
                    "store",
                    "\(store.shown), schema \(Schema.version), open \(status.open), \(closed)")
            ]
            if let closing = status.closing {
                checkups.append(
                    .note(
                        "close", "\(closing) was begun and not finished",
                        "`colend eod --date \(closing)` goes on"))
            }
            let payouts = try await stores.payouts.unsettled().count
            if payouts > 0 {
                checkups.append(
                    .note(
                        "payouts", "\(payouts) in doubt at the payment channel",
                        "`colend fund` asks about them again"))
            }
            if let server = store.engine as? PostgresEngine {
                return checkups + (try await self.server(server))
            }
            checkups.append(try await soundness(of: store.shown))
            checkups.append(rights(of: store.shown))
            return checkups + [room(for: store.shown)]
        } catch let absent as StoreAbsent {
            return [
                .note("store", "none at \(absent.path)", "the first `colend loans import` makes it")
            ]
        } catch {
            return Checkup.failed("store", error)
        }
    }

    private func soundness(of path: String) async throws -> Checkup {
        let engine = try SQLiteEngine(path: path, opening: .readOnly)
        defer { try? engine.close() }
        let damage = try await engine.quickCheck()
        return damage.isEmpty
            ? .ok("integrity", "SQLite's quick check finds nothing")
            : .failed(
                "integrity", damage.joined(separator: "; "), "restore a copy", .inputOutput)
    }

    private func server(_ engine: PostgresEngine) async throws -> [Checkup] {
        let health = try await engine.health()
        let words =
            "PostgreSQL \(health.version), schema \(health.schema), "
            + (health.hasTLS ? "TLS" : "no TLS")
        return [
            .ok("server", words),
            health.losesCommits
                ? .warning(
                    "durability", "fsync or full_page_writes is off",
                    "turn both on: a power cut could undo a commit, or more")
                : .ok("durability", "every commit reaches the server's disk"),
        ]
    }

    private func rights(of path: String) -> Checkup {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let files = FileManager.default
        guard files.isWritableFile(atPath: path), files.isWritableFile(atPath: folder) else {
            return .warning(
                "rights", "\(path) cannot be written by this user",
                "queries work, everything else needs the right to write")
        }
        return .ok("rights", "\(path) can be written")
    }

    /// Room for the store to double, and a gibibyte at least.
    private func room(for path: String) -> Checkup {
        let files = FileManager.default
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard
            let free = (try? files.attributesOfFileSystem(forPath: folder))?[.systemFreeSize]
                as? NSNumber,
            let size = (try? files.attributesOfItem(atPath: path))?[.size] as? NSNumber
        else { return .warning("disk", "\(folder) does not say how much is free", "look yourself") }
        let words =
            "\((free.int64Value >> 20).groupedCount) MiB free, the store has "
            + "\(max(1, size.int64Value >> 20).groupedCount) MiB"
        return free.int64Value < max(1 << 30, size.int64Value)
            ? .warning("disk", words, "make room: a close that runs out of it stops")
            : .ok("disk", words)
    }
}
