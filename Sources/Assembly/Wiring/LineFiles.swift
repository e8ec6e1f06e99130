import Foundation
import LendingRules
import Settings

/// The files that a party's line names: whether they are there, and hold what they should. What
/// they hold is told nowhere.
struct LineFiles {
    /// One of them, as the settings name it.
    private struct Named {
        let path: String
        let key: String
        let content: Content
    }

    private enum Content {
        case certificates
        case key(isLocked: Bool)
    }

    /// Larger ones are no certificates.
    private static let largestBytes = 16 << 20

    private let party: PartyID
    private let configuration: Configuration
    private let directory: String
    private let settings: LineSettings

    /// - Parameter directory: That of the configuration, to which paths are relative.
    init(
        _ settings: LineSettings, of party: PartyID, _ configuration: Configuration,
        in directory: String
    ) {
        self.settings = settings
        self.party = party
        self.configuration = configuration
        self.directory = directory
    }

    /// What is wrong with them, each told at the place that names it.
    var faults: [ConfigurationFault] {
        named.compactMap { file -> ConfigurationFault? in
            do throws(ConfigurationFault) {
                try check(file)
                return nil
            } catch { return error }
        }
    }

    /// - Throws: ``ConfigurationFault`` CONF-001 or CONF-022 for the first that is of no use.
    func check() throws(ConfigurationFault) {
        for file in named { try check(file) }
    }

    /// Where a file is that the settings name.
    func whole(_ path: String) -> String { path.hasPrefix("/") ? path : "\(directory)/\(path)" }

    private var named: [Named] {
        let tls = settings.tls
        let key = Content.key(isLocked: tls.keyPassword != nil)
        let all: [(path: String?, key: String, content: Content)] = [
            (tls.authorityFile, "line.tls.authorityFile", .certificates),
            (tls.certificateFile, "line.tls.certificateFile", .certificates),
            (tls.keyFile, "line.tls.keyFile", key),
            (settings.proxy?.authorityFile, "line.proxy.authorityFile", .certificates),
        ]
        return all.compactMap { file in
            file.path.map { Named(path: $0, key: file.key, content: file.content) }
        }
    }

    /// Such a file would only show when nothing can be sent any more.
    private func check(_ file: Named) throws(ConfigurationFault) {
        let text = try text(of: file)
        let labels = text.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("-----BEGIN ") }
        switch file.content {
        case .certificates:
            guard labels.contains(where: { $0.contains("CERTIFICATE-----") }) else {
                throw fault(.unusableFile, file, "holds no certificate", "certificates as PEM")
            }
        case .key(let isLocked):
            guard let label = labels.first(where: { $0.contains("PRIVATE KEY-----") }) else {
                throw fault(.unusableFile, file, "holds no private key", "a private key as PEM")
            }
            let needsPassword = label.contains("ENCRYPTED") || text.contains("4,ENCRYPTED")
            guard isLocked || !needsPassword else {
                throw fault(
                    .unusableFile, file, "holds a key under a pass phrase",
                    "a key without one, or give keyPasswordEnv")
            }
        }
    }

    private func text(of file: Named) throws(ConfigurationFault) -> String {
        let path = whole(file.path)
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let attributes = try? FileManager.default.attributesOfItem(atPath: target)
        guard let attributes else { throw fault(.unreadable, file, "is not there", nil) }
        guard attributes[.type] as? FileAttributeType == .typeRegular else {
            throw fault(.unreadable, file, "is no regular file", nil)
        }
        let handle = FileHandle(forReadingAtPath: path)
        defer { try? handle?.close() }
        guard let handle, let data = try? (handle.read(upToCount: Self.largestBytes + 1) ?? Data())
        else { throw fault(.unreadable, file, "cannot be read", nil) }
        guard data.count <= Self.largestBytes else {
            throw fault(.unusableFile, file, "is larger than 16 MiB", nil)
        }
        return String(decoding: data, as: UTF8.self)
    }

    private func fault(
        _ code: FaultCode, _ file: Named, _ found: String, _ wanted: String?
    ) -> ConfigurationFault {
        ConfigurationFault(
            code, "the file \(whole(file.path)) \(found)", key: file.key, at: place(of: file.key),
            allowed: wanted.map { "it needs \($0)" }
                ?? "name a readable PEM file; paths are relative to the configuration")
    }

    /// Where the party's key was given.
    private func place(of key: String) -> Place {
        let own = configuration.origins.first { $0.key == "party" && $0.value == party.name }
        let origin = configuration.origins.first { $0.file == own?.file && $0.key == key }
        if case .written(let place)? = origin?.source { return place }
        return .file(own?.file ?? "parties", line: 1, column: 1)
    }
}
