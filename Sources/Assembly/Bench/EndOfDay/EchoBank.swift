import BusinessCalendar
import LendingRules
import Operations
import PartnerGateway
import Synchronization

/// A bank within this process that takes every share, and whose files say what ours say to it.
///
/// What a bank has to do for its own books is not what is timed; `mock-bank` computes its own.
final class EchoBank: PartnerBanks, PartnerFiles {
    let party: PartyID
    private let platform: PartyID
    private let files = Mutex<[String: [UInt8]]>([:])

    init(_ party: PartyID, platform: PartyID) {
        self.party = party
        self.platform = platform
    }

    func send(_ request: HeldRequest) async -> PartnerAnswer {
        .accepted(reference: "E\(request.request.loan)", valueDate: nil)
    }

    func send(_ requests: [HeldRequest]) async -> [PartnerAnswer] {
        requests.map { .accepted(reference: "E\($0.request.loan)", valueDate: nil) }
    }

    func ask(_ request: HeldRequest) async -> PartnerAnswer { await send(request) }

    func reverse(_ request: HeldRequest) async -> PartnerAnswer {
        .reversalRefused(reason: "nothing is given back here")
    }

    func put(_ file: FileContent, to party: PartyID, on date: BusinessDate) async -> FileAnswer {
        let isManifest = file.name == PartnerManifest.fileName
        let bytes = isManifest ? own(file.bytes) : file.bytes
        files.withLock { $0["\(date)/\(file.name)"] = bytes }
        return .stored
    }

    func get(_ name: String, from party: PartyID, on date: BusinessDate) async -> FileAnswer {
        files.withLock { $0["\(date)/\(name)"] }.map { .content($0) } ?? .absent
    }

    /// Our manifest as one of this bank's, without the fees, which only their payee writes.
    private func own(_ bytes: [UInt8]) -> [UInt8] {
        guard let ours = try? ProtocolV1Files(sender: platform).manifest(bytes) else {
            return bytes
        }
        let files = ours.files.filter { $0.name != "fees.csv" }
        return PartnerManifest(date: ours.date, party: party, files: files).wireBody
    }
}
