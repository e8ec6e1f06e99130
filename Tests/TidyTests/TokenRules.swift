/// A run of tokens that may not stand in some rooms.
struct BannedPhrase: Sendable {
    let tokens: [String]
    let reason: String
    let applies: @Sendable (String) -> Bool

    init(_ tokens: String..., reason: String, in applies: @escaping @Sendable (String) -> Bool) {
        self.tokens = tokens
        self.reason = reason
        self.applies = applies
    }

    static let all: [BannedPhrase] = everywhere + inPureRooms + inLibraries

    private static let everywhere: [BannedPhrase] = [
        BannedPhrase("try", "!", reason: "handle the error") { _ in true },
        BannedPhrase("as", "!", reason: "use as? and say what happens otherwise") { _ in true },
        BannedPhrase("fatalError", "(", reason: "throw, or state a precondition") { _ in true },
        BannedPhrase("Decimal", reason: "money is Int64 minor units") {
            // Schedules are timed against it there.
            $0 != "LendingRulesTests"
        },
    ]

    private static let inPureRooms: [BannedPhrase] =
        ["Double", "Float", "Float16", "Float32", "Float64", "Float80", "CGFloat"].map {
            BannedPhrase($0, reason: "no floating point in a pure room", in: isPure)
        }
        + ["async", "await", "Task", "actor"].map {
            BannedPhrase($0, reason: "no concurrency in a pure room", in: isPure)
        }
        + ["ContinuousClock", "SuspendingClock"].map {
            BannedPhrase($0, reason: "time comes in from outside", in: isPure)
        }
        + [
            BannedPhrase("Date", "(", reason: "time comes in from outside", in: isPure),
            BannedPhrase(
                "SystemRandomNumberGenerator", reason: "randomness comes in from outside",
                in: isPure),
            BannedPhrase(
                "random", "(", reason: "randomness comes in from outside", in: isPure),
            BannedPhrase("shuffled", "(", reason: "randomness comes in from outside", in: isPure),
            BannedPhrase("hashValue", reason: "differs from run to run", in: isPure),
        ]

    private static let inLibraries: [BannedPhrase] = ["print", "debugPrint", "dump"].map {
        BannedPhrase($0, "(", reason: "only the edge writes to stdout") { target in
            ArrowTable.rooms[target] != nil && !["colend", "MockBank"].contains(target)
        }
    }

    private static func isPure(_ target: String) -> Bool { ArrowTable.pure.contains(target) }

    /// The token at which the phrase stands, for each place in `source`.
    func places(in source: SwiftSource) -> [Token] {
        let all = source.tokens
        return all.indices.compactMap { start in
            guard all[start].text == tokens[0], start + tokens.count <= all.count,
                zip(tokens, all[start...]).allSatisfy({ $0 == $1.text }),
                zip(all[start...], all[(start + 1)...]).prefix(tokens.count - 1)
                    .allSatisfy({ $0.touches($1) })
            else { return nil }
            // A method or a declaration of that name is another thing.
            let before = start > 0 ? all[start - 1].text : ""
            let isCall = tokens.last == "("
            return isCall && before == "func" ? nil : all[start]
        }
    }
}

extension Rule {
    static let tokenRules: [Rule] = [.bannedPhrases, .noFloatingLiterals, .noNotesToSelf]

    static let bannedPhrases = Rule(name: "banned words stay out") { source in
        let target = source.target ?? ""
        return BannedPhrase.all.filter { $0.applies(target) }.flatMap { phrase in
            phrase.places(in: source).map {
                source.finding($0.line, "\(phrase.tokens.joined()) — \(phrase.reason)")
            }
        }
    }

    static let noFloatingLiterals = Rule(name: "pure rooms hold no floating-point literal") {
        source in
        guard ArrowTable.pure.contains(source.target ?? "") else { return [] }
        let tokens = source.tokens
        return tokens.indices.dropLast(2).compactMap { index in
            let (whole, point, part) = (tokens[index], tokens[index + 1], tokens[index + 2])
            // In `pair.0.1` the numbers are members.
            let isMember = index > 0 && tokens[index - 1].text == "."
            let isLiteral =
                whole.isNumber && point.text == "." && part.isNumber && whole.touches(point)
                && point.touches(part) && !isMember
            return isLiteral ? source.finding(whole.line, "a floating-point literal") : nil
        }
    }

    static let noNotesToSelf = Rule(name: "no notes to self") { source in
        zip(source.code, source.comments).enumerated().flatMap { index, line in
            Token.tokens(of: [line.0, line.1])
                .filter { ["TODO", "FIXME", "XXX", "HACK"].contains($0.text) }
                .map { source.finding(index + 1, "\($0.text): do it, or leave it out") }
        }
    }

    static let names = Rule(name: "names say what a thing is") { source in
        let empty = ["Manager", "Helper", "Helpers", "Utils", "Util", "Utilities"]
        func isEmpty(_ name: String) -> Bool { empty.contains { name.hasSuffix($0) } }
        let kinds: Set = ["struct", "class", "enum", "actor", "protocol", "typealias"]
        let declared = zip(source.tokens, source.tokens.dropFirst()).filter {
            kinds.contains($0.text) && isEmpty($1.text)
        }
        let found = declared.map { source.finding($1.line, "\($1.text): name what it does") }
        return isEmpty(source.name) ? found + [source.finding(1, "name the file's noun")] : found
    }
}
