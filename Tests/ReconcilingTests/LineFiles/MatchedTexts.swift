import Reconciling

/// Two files as texts, matched on one thread.
enum MatchedTexts {
    struct Outcome {
        let summary: MatchSummary
        let breaks: [MatchedBreak]

        /// `kind key… ours/theirs lines difference` of every break, in order.
        var lines: [String] {
            breaks.map { found in
                let lines = [found.ours, found.theirs].map { $0.map { "\($0.line)" } ?? "-" }
                return "\(found.kind.rawValue) \(found.key.joined(separator: "|")) "
                    + "\(lines.joined(separator: "/")) \(found.difference ?? "null")"
            }
        }

        /// Everything but the lines' numbers.
        var business: [String] {
            breaks.map {
                "\($0.kind) \($0.key) \($0.ours?.values ?? []) \($0.theirs?.values ?? []) "
                    + "\($0.difference ?? "null")"
            } + ["\(summary)"]
        }
    }

    static func match(
        _ ours: String, _ theirs: String, seed: UInt64 = 1,
        _ change: (inout MatchOptions) -> Void = { _ in }
    ) throws(MatchFault) -> Outcome {
        try match(Array(ours.utf8), Array(theirs.utf8), seed: seed, change)
    }

    static func match(
        _ ours: [UInt8], _ theirs: [UInt8], seed: UInt64 = 1,
        _ change: (inout MatchOptions) -> Void = { _ in }
    ) throws(MatchFault) -> Outcome {
        var options = MatchOptions()
        change(&options)
        return try ours.withUnsafeBufferPointer { left throws(MatchFault) in
            try theirs.withUnsafeBufferPointer { right throws(MatchFault) in
                let match = try LineFileMatch(
                    ours: ByteView(left), theirs: ByteView(right), options: options, seed: seed)
                let (one, other) = (try match.scan(.ours), try match.scan(.theirs))
                let parts = [0..<100, 100..<256].map { match.join($0, one, other) }
                let files = try match.result(one, other, parts)
                var breaks: [MatchedBreak] = []
                files.forEach { breaks.append($0) }
                return Outcome(summary: files.summary, breaks: breaks)
            }
        }
    }

    static func tolerance(_ text: String) -> ExactAmount {
        guard let amount = try? ExactAmount(text) else {
            preconditionFailure("the tests write amounts")
        }
        return amount
    }
}
