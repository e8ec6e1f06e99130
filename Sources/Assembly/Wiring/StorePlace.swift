import Foundation
package import Operations
import SQLiteEngine

/// What a command wants of its store.
package enum StoreUse: Sendable {
    /// The store must be there: an empty new one would answer as if nothing had ever happened.
    case reading
    /// It must be there for the same reason.
    case writing
    /// A store that is not there is made.
    case making
    /// The same by a command that does nothing else: its rehearsal leaves what is empty empty.
    case founding
    /// The same for the target of a copy, one that was not finished too.
    case receiving

    /// Whether a store that is not there is made.
    var makes: Bool { self != .reading && self != .writing }
}

/// The file behind `--store sqlite:PATH`.
struct StorePlace: Sendable {
    let path: String
    /// How the file is opened: a query and a rehearsal cannot write even by mistake.
    let opening: SQLiteEngine.Opening
    /// Made for a rehearsal without a store, and removed after it.
    private let passing: URL?

    /// - Throws: ``UsageFault`` USAGE-006 for a URL of another kind, ``StoreAbsent`` IO-003,
    ///   ``OutputFault`` IO-002 when a rehearsal has no room.
    init(_ launch: Launch, for use: StoreUse) throws {
        let url = launch.store
        guard url.hasPrefix("sqlite:"), url.utf8.count > 7 else {
            throw UsageFault(
                code: "USAGE-006",
                "--store '\(Launch.shown(store: url))' is not supported; write sqlite:PATH or "
                    + "postgres://USER@HOST/DATABASE")
        }
        let path = String(url.dropFirst(7))
        let isThere = FileManager.default.fileExists(atPath: path)
        guard isThere || use.makes else { throw StoreAbsent(path: path) }
        guard isThere || !launch.isDryRun else {
            self = try Self.rehearsal()
            return
        }
        let isReading = use == .reading || launch.isDryRun
        self.init(
            path, isReading ? .readOnly : use.makes ? .createIfMissing : .existing)
    }

    private init(_ path: String, _ opening: SQLiteEngine.Opening, passing: URL? = nil) {
        self.path = path
        self.opening = opening
        self.passing = passing
    }

    /// An empty store for one rehearsal.
    ///
    /// - Throws: ``OutputFault`` IO-002 when there is no room for it.
    static func rehearsal() throws(OutputFault) -> StorePlace {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "colend-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw OutputFault(path: folder.path, error)
        }
        return StorePlace(
            folder.appending(path: "rehearsal.db").path, .createIfMissing, passing: folder)
    }

    /// Removes what was made for a rehearsal alone.
    func forget() {
        if let passing { try? FileManager.default.removeItem(at: passing) }
    }
}

/// A command looks for a store where there is none.
package struct StoreAbsent: CodedError, Hashable {
    package let path: String

    package var code: String { "IO-003" }
    package var sentence: String {
        "there is no store at \(path); name one with --store, or make one with "
            + "`colend store init`"
    }
    package var exit: ExitKind { .inputOutput }
}
