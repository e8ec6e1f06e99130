import BusinessCalendar
import Foundation
import Operations
import Settings

/// A configuration directory on which changes are made, with what two persons have agreed on.
struct ConfigurationDesk: ConfigurationPlace {
    let sources: ConfigurationSources
    /// Texts by path; empty where nothing was agreed on yet.
    let approved: [String: String]
    private let environment: [String: String]

    init(
        _ sources: ConfigurationSources, approved: [String: String], environment: [String: String]
    ) {
        self.sources = sources
        self.approved = approved
        // What two persons agree on is what files say; a variable would hide it from one of them.
        self.environment = approved.isEmpty ? environment : [:]
        // Comments and names of files are free: where files say what was agreed on, they hold.
        let loaded = try? Settings.load(sources, environment: [:])
        let isAgreed =
            loaded.map {
                ApprovedConfiguration(approved).faults(of: $0, from: sources).isEmpty
            } ?? false
        standing = approved.isEmpty || isAgreed ? sources : sources.guarded(as: approved)
    }

    /// What holds: agreed on where two persons are asked for, else what lies there.
    private let standing: ConfigurationSources

    /// The first business date of what holds.
    var firstDate: BusinessDate {
        get throws { try Settings.load(standing, environment: environment).platform.firstDate }
    }

    /// Whether another person than the proposer must approve.
    var needsTwoPersons: Bool {
        if !approved.isEmpty { return true }
        let configuration = try? Settings.load(sources, environment: environment)
        return configuration?.platform.changes == .twoPerson
    }

    func base(of path: String) -> String? { standing.texts[path] }

    func text(of path: String) -> String? { sources.texts[path] }

    func candidate(with files: [ChangedFile]) throws -> CandidateConfiguration {
        let texts = Dictionary(files.map { ($0.path, $0.text) }) { $1 }
        let wanted = standing.replacing(texts)
        let old = try Settings.load(standing, environment: environment)
        let new = try Settings.load(wanted, environment: environment)
        let rows = ConfigurationDifference(from: old, to: new).rows.map(ChangedSetting.init)
        return CandidateConfiguration(
            settings: rows,
            approvedFiles: new.platform.changes == .twoPerson ? wanted.guardedTexts : [:])
    }

    func put(_ file: ChangedFile, ofChange number: Int) throws {
        let path = sources.shown(file.path)
        try PlacedFile.requireWithin(sources.directory, path)
        guard let text = file.text else { return try PlacedFile.remove(path) }
        try PlacedFile.put(Array(text.utf8), at: path, draft: "change-\(number)")
    }
}

/// A file that is whole in its place, or was never there, whenever power is lost.
enum PlacedFile {
    /// Writes beside the place under a name of this process, then renames; what tries that were
    /// killed have left there goes.
    ///
    /// - Throws: ``OutputFault`` IO-002.
    static func put(_ bytes: [UInt8], at path: String, draft: String) throws(OutputFault) {
        let place = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        let folder = place.deletingLastPathComponent()
        let drafts = ".\(place.lastPathComponent).\(draft)."
        let beside = folder.appending(path: "\(drafts)\(getpid())")
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try write(bytes, beside.path)
        } catch {
            throw OutputFault(path: path, error)
        }
        if rename(beside.path, place.path) != 0 {
            let reason = String(cString: strerror(errno))
            // Another process that ends the same change may have put it there, and cleaned up.
            guard FileManager.default.contents(atPath: place.path) == Data(bytes) else {
                throw OutputFault(path: path, reason: reason)
            }
        }
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        for name in names ?? [] where name.hasPrefix(drafts) {
            unlink(folder.appending(path: name).path)
        }
        try keep(folder.path)
    }

    /// One descriptor from the first byte to the last: by its name it may be gone at any moment,
    /// cleaned up by another process that ended the same change.
    private static func write(_ bytes: [UInt8], _ path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: bytes)
        try handle.synchronize()
        try handle.close()
    }

    /// A link must not lead a file out of the directory that is changed.
    ///
    /// - Throws: ``OutputFault`` IO-002.
    static func requireWithin(_ directory: String, _ path: String) throws(OutputFault) {
        let root = URL(fileURLWithPath: directory).resolvingSymlinksInPath().path
        let place = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        if place.hasPrefix(root + "/") { return }
        throw OutputFault(path: path, reason: "a link leads out of \(directory), to \(place)")
    }

    /// Takes a file away; one that is gone is gone.
    ///
    /// - Throws: ``OutputFault`` IO-002.
    static func remove(_ path: String) throws(OutputFault) {
        guard unlink(path) == 0 || errno == ENOENT else {
            throw OutputFault(path: path, reason: String(cString: strerror(errno)))
        }
        try keep(URL(fileURLWithPath: path).deletingLastPathComponent().path)
    }

    /// Makes sure that the folder's names are on the disk.
    private static func keep(_ folder: String) throws(OutputFault) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY)
        guard descriptor >= 0 else {
            throw OutputFault(path: folder, reason: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw OutputFault(path: folder, reason: String(cString: strerror(errno)))
        }
    }
}
