extension Rule {
    /// Files over 400 lines that have a reason to be; each entry names it.
    static let longFiles: [String: String] = [:]

    static let fileSize = Rule(name: "files are at most 600 lines, over 400 with a reason") {
        source in
        let count = source.lineCount
        if count > 600 { return [source.finding(600, "\(count) lines: split it")] }
        if count > 400, longFiles[source.path] == nil {
            return [source.finding(400, "\(count) lines: split it, or name it in longFiles")]
        }
        if count <= 400, longFiles[source.path] != nil {
            return [source.finding(count, "\(count) lines: take it out of longFiles")]
        }
        return []
    }

    static let functionSize = Rule(name: "functions are at most 60 lines") { source in
        source.functions.filter { $0.lineCount > 60 }.map {
            source.finding($0.line, "a function of \($0.lineCount) lines: split it")
        }
    }

    static let lineLength = Rule(name: "lines are at most 100 columns") { source in
        source.lines.enumerated().compactMap { index, line in
            // An address cannot be broken.
            line.count > 100 && !line.contains("https://")
                ? source.finding(index + 1, "\(line.count) columns") : nil
        }
    }
}
