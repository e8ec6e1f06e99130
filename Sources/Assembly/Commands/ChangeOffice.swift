import Foundation
import Operations
import SQLStore
import Settings

/// Where persons change the configuration: its directory, and the store that remembers.
///
/// Nothing is refused for not being approved here, or nobody could approve it.
struct ChangeOffice {
    let store: any ChangeStore
    let desk: ConfigurationDesk
    let surroundings: Surroundings
    let isDryRun: Bool

    /// Opens the store, asks for an answer and closes it again.
    ///
    /// - Throws: What opening a store throws, or the question.
    static func answer(
        _ launch: Launch, for use: StoreUse, _ question: (ChangeOffice) async throws -> Answer
    ) async throws -> Answer {
        let sources = ConfigurationSources.read(directory: launch.configDirectory)
        let opened = try await OpenStore(launch, for: use)
        defer { opened.close() }
        let store = SQLChanges(engine: opened.engine)
        let surroundings = Application.surroundings(launch.variables, Progress(isQuiet: true))
        var notes: [String] = []
        if let configuration = try? Settings.load(sources, environment: launch.variables),
            try await store.approvedFiles().isEmpty
        {
            notes = try await Admission(
                configuration: configuration, sources: sources, approved: store,
                now: surroundings.now()
            ).run(mayAdopt: use != .reading && !launch.isDryRun)
        }
        let desk = ConfigurationDesk(
            sources, approved: try await store.approvedFiles(), environment: launch.variables)
        var answer = try await question(
            ChangeOffice(
                store: store, desk: desk, surroundings: surroundings, isDryRun: launch.isDryRun))
        answer.notes += notes
        return answer
    }

    var decide: DecideChange {
        DecideChange(
            store: store, place: desk, needsTwoPersons: desk.needsTwoPersons,
            surroundings: surroundings)
    }

    var propose: ProposeChange {
        ProposeChange(store: store, place: desk, surroundings: surroundings)
    }
}

/// The files that a person names to be proposed.
enum NamedChanges {
    /// Texts by place in a configuration, nil for what is to be taken away.
    ///
    /// - Throws: ``ChangeFault/noPlace(_:)``, ``ConfigurationFaults``, ``UnreadableInput``.
    static func read(_ paths: [String], removed: [String]) throws -> [String: String?] {
        var files: [String: String?] = [:]
        for path in paths {
            for (place, bytes) in try contents(of: path) {
                files[place] = try text(bytes, of: path)
            }
        }
        for path in removed { files[try place(of: path)] = .some(nil) }
        return files
    }

    private static func contents(of path: String) throws -> [String: [UInt8]] {
        let whole = absolute(path)
        var isDirectory: ObjCBool = false
        if FileManager.default.fileExists(atPath: whole, isDirectory: &isDirectory),
            isDirectory.boolValue
        {
            return try ConfigurationSources.parts(of: whole)
        }
        return [try place(of: path): try InputFile.read(path).bytes]
    }

    private static func place(of path: String) throws(ChangeFault) -> String {
        guard let place = ConfigurationSources.place(of: absolute(path)) else {
            throw .noPlace(path)
        }
        return place
    }

    private static func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.path
    }

    private static func text(_ bytes: [UInt8], of path: String) throws -> String {
        let place = Place.whole(file: path)
        guard bytes.count <= ConfigurationSources.largestFileBytes else {
            throw ConfigurationFault(
                .tooLarge, "the file is larger than 1 MiB", key: "", at: place,
                allowed: "settings need far less")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ConfigurationFault(
                .notPlainText, "the file is no UTF-8 text", key: "", at: place,
                allowed: "save it as UTF-8")
        }
        return text
    }
}
