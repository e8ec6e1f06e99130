/// The error codes of the package: those it uses, those the Errors article explains, and those that
/// a test provokes, by the code or by the name of the case that carries it.
struct ErrorCodes {
    let used: Set<String>
    let explained: Set<String>
    let tested: Set<String>

    /// Well-known names of the same shape.
    static let otherNames: Set = ["SHA", "AES", "RSA", "ISO", "RFC", "UTF", "ACT"]

    /// What is missing where, one sentence a code.
    var gaps: [String] {
        let unexplained = used.subtracting(explained).map {
            "\($0) has no row in the Errors article"
        }
        let unused = explained.subtracting(used).map { "\($0) is explained but nothing gives it" }
        let untested = used.subtracting(tested).map { "\($0) is provoked by no test" }
        return (unexplained + unused + untested).sorted()
    }

    /// Every `AREA-NNN` in a text.
    static func codes(in text: String) -> Set<String> {
        let words = text.split { !($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        return Set(
            words.compactMap { word in
                let parts = word.split(separator: "-", omittingEmptySubsequences: false)
                guard parts.count == 2, !parts[0].isEmpty, parts[1].count == 3,
                    parts[0].allSatisfy({ $0.isASCII && $0.isUppercase }),
                    parts[1].allSatisfy({ $0.isASCII && $0.isNumber }),
                    !otherNames.contains(String(parts[0]))
                else { return nil }
                return String(word)
            })
    }

    /// The codes in the strings of the sources.
    static func used(by sources: [SwiftSource]) -> Set<String> {
        sources.filter { $0.path.hasPrefix("Sources/") }.reduce(into: []) { codes, source in
            for line in source.strings { codes.formUnion(ErrorCodes.codes(in: line)) }
        }
    }

    /// The codes that stand in a test, or whose case does: `case busy = "STORE-007"` by `.busy`.
    static func tested(by tests: String, of sources: [SwiftSource]) -> Set<String> {
        let words = Token.tokens(of: tests.split(separator: "\n").map(String.init)).map(\.text)
        let dotted = Set(zip(words, words.dropFirst()).filter { $0.0 == "." }.map(\.1))
        return sources.reduce(into: codes(in: tests)) { tested, source in
            for (line, text) in zip(source.code, source.strings) {
                let declaration = Token.tokens(of: [line]).map(\.text)
                guard let keyword = declaration.firstIndex(of: "case") else { continue }
                let name = declaration[(keyword + 1)...].first { $0 != "." }
                if dotted.contains(name ?? "") { tested.formUnion(codes(in: text)) }
            }
        }
    }

    /// The codes in the first column of an article's tables.
    static func explained(by article: String) -> Set<String> {
        ArticleRules.rows(in: article).reduce(into: []) { codes, row in
            codes.formUnion(ErrorCodes.codes(in: row.cells.first ?? ""))
        }
    }
}
