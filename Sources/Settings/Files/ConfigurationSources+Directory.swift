import Foundation

extension ConfigurationSources {
    /// Reads every file of a configuration directory; what cannot be read becomes a fault.
    ///
    /// Symbolic links are followed; devices and pipes are refused, since reading one may never end.
    package static func read(directory: String) -> ConfigurationSources {
        var reading = DirectoryReading(directory: directory)
        guard reading.isDirectory("") else {
            reading.refuse("", "there is no such directory", "name one with --config")
            return reading.sources
        }
        for path in files where reading.exists(path) { reading.readFile(path) }
        reading.refuseStrangers(in: "", known: files)
        for folder in folders + optionalFolders where reading.isDirectory(folder) {
            for name in reading.names(in: folder) where name.hasSuffix(".yaml") {
                // What is read by then is refused as a whole.
                if reading.isFull { return reading.sources }
                reading.readFile("\(folder)/\(name)")
            }
            reading.refuseStrangers(in: folder, known: nil)
        }
        return reading.sources
    }
}

private struct DirectoryReading {
    let directory: String
    var contents: [String: [UInt8]] = [:]
    private var bytes = 0
    var faults: [ConfigurationFault] = []

    var sources: ConfigurationSources {
        ConfigurationSources(directory: directory, contents: contents, faults: faults)
    }

    init(directory: String) {
        var name = directory
        while name.count > 1, name.hasSuffix("/") { name.removeLast() }
        self.directory = name
    }

    /// Whether more has been read, or refused, than a directory may have.
    var isFull: Bool {
        contents.count > ConfigurationSources.mostFiles || bytes > ConfigurationSources.mostBytes
            || faults.count > ConfigurationSources.mostFiles
    }

    mutating func readFile(_ path: String) {
        let largest = ConfigurationSources.largestFileBytes
        guard isRegularFile(path) else {
            return refuse(path, "this is no regular file", "a text file belongs here")
        }
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: full(path)))
            defer { try? handle.close() }
            let data = try handle.read(upToCount: largest + 1) ?? Data()
            guard data.count <= largest else {
                return refuse(
                    path, "the file is larger than 1 MiB", "settings need far less",
                    code: .tooLarge)
            }
            contents[path] = [UInt8](data)
            bytes += data.count
        } catch {
            refuse(path, "the file cannot be read", "see its owner and permissions")
        }
    }

    /// YAML under a name that no load looks at is a mistake that would otherwise go unseen.
    mutating func refuseStrangers(in folder: String, known: [String]?) {
        for name in names(in: folder) where name.hasSuffix(".yml") || name.hasSuffix(".yaml") {
            let isRead = known?.contains(name) ?? name.hasSuffix(".yaml")
            if isRead { continue }
            let nearest = known.flatMap { Nearest.word(to: name, among: $0) }
            refuse(
                folder.isEmpty ? name : "\(folder)/\(name)", "no setting is read from this file",
                nearest.map { "did you mean \($0)?" }
                    ?? known.map { "read are \($0.joined(separator: ", "))" }
                    ?? "the name must end in .yaml")
        }
    }

    mutating func refuse(
        _ path: String, _ found: String, _ allowed: String, code: FaultCode = .unreadable
    ) {
        let place = Place.whole(file: path.isEmpty ? directory : sources.shown(path))
        faults.append(ConfigurationFault(code, found, key: "", at: place, allowed: allowed))
    }

    func exists(_ path: String) -> Bool { names(in: "").contains(path) }

    func isDirectory(_ path: String) -> Bool { type(of: path) == .typeDirectory }

    /// Names in order, hidden ones left out: editors and archivers leave those behind.
    func names(in folder: String) -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: full(folder))
        return (names ?? []).filter { !$0.hasPrefix(".") }.sorted()
    }

    private func isRegularFile(_ path: String) -> Bool { type(of: path) == .typeRegular }

    private func type(of path: String) -> FileAttributeType? {
        let target = URL(fileURLWithPath: full(path)).resolvingSymlinksInPath().path
        let attributes = try? FileManager.default.attributesOfItem(atPath: target)
        return attributes?[.type] as? FileAttributeType
    }

    private func full(_ path: String) -> String {
        path.isEmpty ? directory : "\(directory)/\(path)"
    }
}
