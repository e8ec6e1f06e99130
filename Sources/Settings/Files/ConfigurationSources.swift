/// The bytes of a configuration directory, before anything is understood.
package struct ConfigurationSources: Sendable {
    /// Larger files are refused unread.
    package static let largestFileBytes = 1 << 20
    /// A directory with more files, or with more bytes in them, is refused as a whole.
    package static let mostFiles = 2_000
    package static let mostBytes = 16 << 20

    /// Directories whose `.yaml` files are read, one description a file.
    package static let folders = ["parties", "agreements", "products", "calendars"]
    /// The same, of directories that may be empty or absent.
    package static let optionalFolders = ["rules", "pools"]
    /// The files at the top.
    package static let files = ["platform.yaml", "chart-of-accounts.yaml"]

    /// The directory as the user named it; it begins every place.
    package let directory: String
    /// Contents by path below the directory, such as `parties/harbor.yaml`.
    let contents: [String: [UInt8]]
    /// What could not be read.
    let faults: [ConfigurationFault]
    /// How messages show paths that do not lie below the directory.
    private var elsewhere: [String: String] = [:]

    /// Sources that are in memory already.
    package init(directory: String, contents: [String: [UInt8]]) {
        self.init(directory: directory, contents: contents, faults: [])
    }

    init(directory: String, contents: [String: [UInt8]], faults: [ConfigurationFault]) {
        self.directory = directory
        self.contents = contents
        self.faults = faults
    }

    /// The path as messages show it.
    package func shown(_ path: String) -> String {
        elsewhere[path] ?? (directory.isEmpty ? path : "\(directory)/\(path)")
    }

    /// The same with one agreement in the place of all, which may lie anywhere.
    package func withOnly(agreement bytes: [UInt8], shownAs place: String)
        -> ConfigurationSources
    {
        let path = "agreements/alone.yaml"
        var contents = contents.filter { !$0.key.hasPrefix("agreements/") }
        contents[path] = bytes
        var sources = ConfigurationSources(
            directory: directory, contents: contents, faults: faults)
        sources.elsewhere[path] = place
        return sources
    }

    /// What makes the directory too large to be read at all; nil when it is not.
    var excess: ConfigurationFault? {
        let bytes = contents.values.reduce(0) { $0 + $1.count }
        let found: String
        if contents.count > ConfigurationSources.mostFiles {
            found = "there are more than \(ConfigurationSources.mostFiles) files"
        } else if bytes > ConfigurationSources.mostBytes {
            found = "its files have more than \(ConfigurationSources.mostBytes >> 20) MiB together"
        } else {
            return nil
        }
        return ConfigurationFault(
            .tooMany, found, key: "", at: .whole(file: directory),
            allowed: "nothing of it was read; a directory has at most "
                + "\(ConfigurationSources.mostFiles) files and "
                + "\(ConfigurationSources.mostBytes >> 20) MiB")
    }

    /// Paths of one folder's files, in order.
    func paths(in folder: String) -> [String] {
        contents.keys.filter { $0.hasPrefix("\(folder)/") }.sorted()
    }

    /// Faults of files and folders that must be there and are not, with those of reading.
    var absences: [ConfigurationFault] {
        // Without the directory, what it lacks says nothing more.
        if faults.contains(where: { $0.place == .whole(file: directory) }) { return faults }
        let missing = ConfigurationSources.files.filter { path in
            contents[path] == nil && !faults.contains { $0.place == .whole(file: shown(path)) }
        }
        let empty = ConfigurationSources.folders.filter { folder in
            paths(in: folder).isEmpty
                && !faults.contains { "\($0.place)".hasPrefix(shown("\(folder)/")) }
        }
        return faults
            + missing.map { path in
                ConfigurationFault(
                    .unreadable, "the file is missing", key: "", at: .whole(file: shown(path)),
                    allowed: "colend init writes a first one")
            }
            + empty.map { folder in
                ConfigurationFault(
                    .unreadable, "there is no .yaml file in it", key: "",
                    at: .whole(file: shown(folder)), allowed: "it needs at least one")
            }
    }
}
