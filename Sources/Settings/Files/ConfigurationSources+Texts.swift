extension ConfigurationSources {
    /// The texts by path.
    package var texts: [String: String] {
        contents.mapValues { String(decoding: $0, as: UTF8.self) }
    }

    /// Those that two persons agree on where ``ChangeControl/twoPerson`` is asked for.
    package var guardedTexts: [String: String] {
        texts.filter { ConfigurationSources.isGuarded($0.key) }
    }

    /// Whether a file is one that two persons agree on: an agreement, a party, the platform, a
    /// rule pack, which decides who may lend, or a pool, which decides what is sold.
    package static func isGuarded(_ path: String) -> Bool {
        switch ConfigurationFile(path: path) {
        case .agreement, .party, .platform, .rules, .pool: true
        default: false
        }
    }

    /// The same with some files as they shall be; nil takes one away.
    package func replacing(_ files: [String: String?]) -> ConfigurationSources {
        var contents = contents
        for (path, text) in files { contents[path] = text.map { Array($0.utf8) } }
        let known = Set(files.keys.map { Place.whole(file: shown($0)) })
        return ConfigurationSources(
            directory: directory, contents: contents,
            faults: faults.filter { !known.contains($0.place) })
    }

    /// The same with no guarded files but these.
    package func guarded(as approved: [String: String]) -> ConfigurationSources {
        let gone = guardedTexts.keys.map { ($0, String?.none) }
        return replacing(Dictionary(gone) { $1 }.merging(approved.mapValues { $0 }) { $1 })
    }

    /// The files of a directory that need not be a whole configuration, by path: of one that is
    /// called as a folder of a configuration is, the files of this folder.
    ///
    /// - Throws: ``ConfigurationFaults`` for what is no setting or cannot be read.
    package static func parts(of directory: String) throws(ConfigurationFaults)
        -> [String: [UInt8]]
    {
        let names = directory.split(separator: "/", omittingEmptySubsequences: false)
        guard let folder = names.last.map(String.init),
            (folders + optionalFolders).contains(folder)
        else {
            let sources = read(directory: directory)
            guard sources.faults.isEmpty else { throw ConfigurationFaults(sources.faults) }
            return sources.contents
        }
        let above = names.dropLast().joined(separator: "/")
        let sources = read(directory: above.isEmpty ? "/" : above)
        let faults = sources.faults.filter { "\($0.place)".hasPrefix("\(directory)/") }
        guard faults.isEmpty else { throw ConfigurationFaults(faults) }
        return sources.contents.filter { $0.key.hasPrefix("\(folder)/") }
    }

    /// The place of a file that is named by itself: `x/agreements/trio.yaml` is
    /// `agreements/trio.yaml`. Nil for one that has none.
    package static func place(of path: String) -> String? {
        let parts = path.split(separator: "/").map(String.init)
        // Hidden ones are never read.
        guard let name = parts.last, name.hasSuffix(".yaml"), !name.hasPrefix(".") else {
            return nil
        }
        if files.contains(name) { return name }
        guard let folder = parts.dropLast().last, (folders + optionalFolders).contains(folder)
        else { return nil }
        return "\(folder)/\(name)"
    }
}
