/// Rules about the package as a whole: what stands at its top, and what no file may name.
enum LayoutRules {
    static let topLevel: Set = [
        ".ci", ".editorconfig", ".gitignore", ".swift-format", "Benchmarks", "CHANGELOG.md",
        "Config", "LICENSE", "Mocks", "Package.swift", "README.md", "Scripts", "Sources", "Tests",
    ]

    static func strangers(among names: [String]) -> [String] {
        names.filter { !topLevel.contains($0) }
    }

    static func readme(_ text: String) -> [Finding] {
        let count = text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
        return count > 150
            ? [Finding(path: "README.md", line: 151, message: "\(count) lines, 150 allowed")] : []
    }

    /// Absolute paths that exist on one person's machine.
    static func machinePaths(in text: String, path: String) -> [Finding] {
        let roots = ["home", "Users", "root", "work"].map { "/\($0)/" }
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .flatMap { index, line in
                roots.filter { startsPath($0, in: line) }.map {
                    Finding(path: path, line: index + 1, message: "a path of one machine: \($0)")
                }
            }
    }

    /// Whether `root` begins a path in `line`: in `a/home/b` and `host/home/` it does not.
    private static func startsPath(_ root: String, in line: Substring) -> Bool {
        line.ranges(of: root).contains { range in
            guard range.lowerBound > line.startIndex else { return true }
            let before = line[line.index(before: range.lowerBound)]
            return !(before.isLetter || before.isNumber || ".-_}*)".contains(before))
        }
    }
}
