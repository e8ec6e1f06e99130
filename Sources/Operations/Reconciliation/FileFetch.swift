import BusinessCalendar
import LendingRules
import Reconciling

/// How much a manifest may make us fetch.
package struct FileLimits: Hashable, Sendable {
    /// Files of one date.
    package var files = 64
    /// Bytes of one date over all files.
    package var bytes = 512 << 20
    /// Files under way at once.
    package var inFlight = 6

    package init() {}
}

/// What a partner sent for a date.
struct ReceivedFiles: Sendable {
    let manifest: PartnerManifest
    /// The manifest first, then the files in its order.
    var files: [FileContent]
    /// Files listed and not there yet.
    var absent: [String] = []
    /// Files listed that no rule reads; they were left where they are.
    var unread: [String] = []
}

/// Fetches what a partner offers for a date and holds it against its manifest.
struct FileFetch: Sendable {
    /// How it went.
    enum Outcome: Sendable {
        /// The manifest is there, and the files that are not named absent.
        case received(ReceivedFiles)
        case absent
        case unavailable
        case refused(UnreadableFile)
    }

    let party: PartyID
    let date: BusinessDate
    let source: any PartnerFiles
    let format: any DetailFileFormat
    let surroundings: Surroundings
    let limits: FileLimits
    /// Contents we hold already by their digest: a file of the same digest is the same file.
    let known: [String: [UInt8]]
    /// The same of files without a line, for those that the manifest says have none.
    let empty: [String: [UInt8]]

    static let manifestName = "manifest.json"

    func run() async -> Outcome {
        switch await source.get(FileFetch.manifestName, from: party, on: date) {
        case .content(let bytes): return await fetch(listedIn: bytes)
        case .absent: return .absent
        default: return .unavailable
        }
    }

    private func fetch(listedIn bytes: [UInt8]) async -> Outcome {
        let manifest: PartnerManifest
        do {
            manifest = try checked(bytes)
        } catch {
            return .refused(error)
        }
        let readable = Set(FileLayout.reconciled.map { $0.name + ".csv" })
        let wanted = manifest.files.filter { readable.contains($0.name) }
        var received = ReceivedFiles(
            manifest: manifest,
            files: [FileContent(name: FileFetch.manifestName, bytes: bytes)])
        received.unread = manifest.files.map(\.name).filter { !readable.contains($0) }
        switch await contents(of: wanted) {
        case .failure(let fault): return .refused(fault)
        case .success(nil): return .unavailable
        case .success(let contents?):
            for file in wanted {
                guard let content = contents[file.name] else {
                    received.absent.append(file.name)
                    continue
                }
                received.files.append(FileContent(name: file.name, bytes: content))
            }
            return .received(received)
        }
    }

    private func checked(_ bytes: [UInt8]) throws(UnreadableFile) -> PartnerManifest {
        let manifest: PartnerManifest
        do {
            manifest = try format.manifest(bytes)
        } catch {
            throw error as? UnreadableFile
                ?? fault("RECON-004", FileFetch.manifestName, "\(error)")
        }
        guard manifest.date == date, manifest.party == party else {
            throw fault(
                "RECON-005", FileFetch.manifestName,
                "the manifest is of \(manifest.party) for \(manifest.date), not of "
                    + "\(party) for \(date)")
        }
        guard manifest.files.count <= limits.files else {
            throw fault(
                "FILE-030", FileFetch.manifestName,
                "the manifest lists \(manifest.files.count) files, a date has at most "
                    + "\(limits.files)")
        }
        return manifest
    }

    private func fault(_ code: String, _ file: String, _ what: String) -> UnreadableFile {
        UnreadableFile(code: code, file: file, line: 0, what: what)
    }
}

extension FileFetch {
    /// The contents of files by name, those not there left out; nil when the partner is down.
    private func contents(of files: [PartnerManifest.File]) async
        -> Result<[String: [UInt8]]?, UnreadableFile>
    {
        await withTaskGroup(of: (PartnerManifest.File, FileAnswer).self) { group in
            var waiting = files[...]
            func start() {
                guard let file = waiting.popFirst() else { return }
                group.addTask { (file, await get(file)) }
            }
            for _ in 0..<limits.inFlight { start() }
            var contents: [String: [UInt8]] = [:]
            var bytes = 0
            var isDown = false
            for await (file, answer) in group {
                switch answer {
                case .content(let content):
                    bytes += content.count
                    if let fault = fault(file, content, total: bytes) {
                        group.cancelAll()
                        return .failure(fault)
                    }
                    contents[file.name] = content
                case .absent: break
                default: isDown = true
                }
                if !isDown { start() }
            }
            return .success(isDown ? nil : contents)
        }
    }

    private func get(_ file: PartnerManifest.File) async -> FileAnswer {
        let digest = file.sha256.lowercased()
        if let content = known[digest] { return .content(content) }
        if file.entry.rows == 0, let content = empty[digest] { return .content(content) }
        return await source.get(file.name, from: party, on: date)
    }

    private func fault(_ file: PartnerManifest.File, _ content: [UInt8], total: Int)
        -> UnreadableFile?
    {
        if total > limits.bytes {
            return fault(
                "FILE-031", file.name,
                "the files of \(date) are larger than \(limits.bytes) bytes together")
        }
        if surroundings.hexadecimal(content) == file.sha256.lowercased() { return nil }
        return fault(
            "RECON-006", file.name,
            "\(file.name) is not the file its manifest states: the digests differ")
    }
}
