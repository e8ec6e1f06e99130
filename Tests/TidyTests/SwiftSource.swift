/// A Swift file as the rules see it: its lines as written, and the same lines reduced to code, to
/// comments or to strings, with spaces where the rest stood, so that columns stay true.
struct SwiftSource {
    /// Relative to the package, `Sources/Monetary/Money.swift`.
    let path: String
    let lines: [String]
    let code: [String]
    let comments: [String]
    let strings: [String]
    let tokens: [Token]

    init(path: String, text: String) {
        self.path = path
        let characters = Array(text)
        let kinds = SwiftScanner.kinds(of: characters)
        func lines(_ shown: (SwiftScanner.Kind, Character) -> Character) -> [String] {
            let kept = zip(kinds, characters).map { $1.isNewline ? "\n" : shown($0, $1) }
            return String(kept).split(separator: "\n", omittingEmptySubsequences: false)
                .map(String.init)
        }
        self.lines = lines { _, character in character }
        // A raw identifier is a name whatever it says: underscores keep it one word.
        code = lines { $0 == .code ? $1 : $0 == .name ? "_" : " " }
        comments = lines { $0 == .comment ? $1 : " " }
        strings = lines { $0 == .string ? $1 : " " }
        tokens = Token.tokens(of: code)
    }

    /// How many lines the file has, not counting what follows its last newline.
    var lineCount: Int { lines.last == "" ? lines.count - 1 : lines.count }

    /// The target that compiles the file, `nil` outside the three source roots.
    var target: String? {
        let parts = path.split(separator: "/").map(String.init)
        guard parts.count >= 3, ["Sources", "Mocks", "Tests"].contains(parts[0]) else { return nil }
        return parts[0] == "Tests" && parts[1] == "Support" ? "TestSupport" : parts[1]
    }

    /// The file's name without its suffix.
    var name: String {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        return file.split(separator: ".").first.map(String.init) ?? file
    }

    /// A finding in this file, `line` counted from 1.
    func finding(_ line: Int, _ message: String) -> Finding {
        Finding(path: path, line: line, message: message)
    }
}
