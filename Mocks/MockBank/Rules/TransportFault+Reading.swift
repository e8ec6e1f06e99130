// The keys of a transport fault. Mocks/README.md explains each of them.

extension FaultSet {
    static func transport(_ section: Section) -> [TransportFault] {
        let known = Rule.keys + TransportFault.keys.flatMap { $0.keys }
        return section.list("transport", allowed: Array(Set(known)).sorted())
            .compactMap(TransportFault.init)
    }
}

extension TransportFault {
    /// Keys beside those of the rule, and the kinds that take them; nil for every kind.
    fileprivate static let keys: [(keys: [String], kinds: Set<TransportFaultKind>?)] = [
        (["delayMilliseconds"], nil),
        (["connection"], [.dropAfterCommit, .dropBeforeReading, .emptyReply, .resetUnread]),
        (["uniform", "lognormal"], [.delay, .lateAnswer]),
        (["status"], [.busy, .maintenance]),
        (["retryAfterSeconds"], [.busy, .maintenance]),
        (
            ["executes"],
            [.busy, .emptyReply, .garbage, .randomData, .malformedChunk, .truncatedBody]
        ),
        (["bytesPerSecond"], [.bandwidth]),
        (["bytes", "everyMilliseconds"], [.dribble]),
        (["percent", "statesLength"], [.truncatedBody]),
        (["seconds"], [.clockSkew]),
    ]

    fileprivate init?(_ section: Section) {
        let kind: TransportFaultKind? = section.choice("kind", default: nil)
        let rule = Rule(section, kind: kind?.rawValue ?? "", list: "transport")
        guard let kind else { return nil }
        TransportFault.checkKeys(section, kind)
        let closing: Closing? = section.choice(
            "connection", default: kind == .emptyReply ? .fin : .rst)
        let status = section.value(
            "status", "one of 429, 500, 502, 503, 504", default: 503
        ) { text in Int(text).flatMap { [429, 500, 502, 503, 504].contains($0) ? $0 : nil } }
        let percent = section.whole("percent", default: 50, in: 0...99)
        let skew = section.whole("seconds", default: 400, in: -86_400...86_400)
        let retryAfter = section.whole("retryAfterSeconds", default: 1, in: 0...86_400)
        guard let closing, let status, let percent, let skew, let retryAfter else { return nil }
        self.init(
            kind: kind, rule: rule, closing: closing, delay: Delay(section, kind),
            status: status, executes: section.flag("executes", default: kind != .busy),
            retryAfterSeconds: retryAfter, pace: Pace(section, kind), percent: percent,
            statesLength: section.flag("statesLength", default: true), skewSeconds: skew)
    }

    /// A key that a kind does not look at would be a silent mistake. `connection`, `status` and
    /// `delayMilliseconds` were always taken by all of the first kinds.
    private static func checkKeys(_ section: Section, _ kind: TransportFaultKind) {
        let oldest: Set<TransportFaultKind> = [
            .dropAfterCommit, .lateAnswer, .dropBeforeReading, .busy,
        ]
        for (names, kinds) in keys {
            for name in names where section.has(name) {
                if kinds?.contains(kind) ?? true { continue }
                if oldest.contains(kind), ["connection", "status"].contains(name) { continue }
                section.faults.report(
                    section.child(name), "\(kind.rawValue) does not take \(name)")
            }
        }
    }
}

extension Delay {
    fileprivate init(_ section: Section, _ kind: TransportFaultKind) {
        let usual = [.lateAnswer: 3_000, .delay: 1_000][kind] ?? 0
        let limit = 600_000
        if section.has("uniform") {
            let ends = section.section("uniform", allowed: ["from", "to"])
            let from = ends.whole("from", default: nil, in: 0...limit) ?? 0
            let to = ends.whole("to", default: nil, in: 0...limit) ?? limit
            if to < from { section.faults.report(ends.node, "uniform ends before it begins") }
            self = .uniform(from: from, to: max(from, to))
        } else if section.has("lognormal") {
            let keys = section.section("lognormal", allowed: ["median", "sigma", "atMost"])
            let sigma = keys.value("sigma", "a decimal 0…5", default: nil) { text in
                Double(text).flatMap { (0...5).contains($0) ? $0 : nil }
            }
            self = .lognormal(
                median: keys.whole("median", default: nil, in: 1...limit) ?? 1,
                sigma: sigma ?? 0,
                atMost: keys.whole("atMost", default: 60_000, in: 1...limit) ?? limit)
        } else {
            self = .fixed(
                section.whole("delayMilliseconds", default: usual, in: 0...limit) ?? usual)
        }
        let ways = ["delayMilliseconds", "uniform", "lognormal"].filter(section.has)
        if ways.count > 1 {
            section.faults.report(section.node, "give one of \(ways.joined(separator: ", "))")
        }
    }
}

extension Pace {
    fileprivate init?(_ section: Section, _ kind: TransportFaultKind) {
        switch kind {
        case .bandwidth:
            let rate = section.whole("bytesPerSecond", default: 1_024, in: 1...1_000_000_000)
            // Twenty times a second, or a byte at a time.
            let bytes = max(1, (rate ?? 1_024) / 20)
            self.init(bytes: bytes, everyMilliseconds: max(1, 1_000 * bytes / (rate ?? 1_024)))
        case .dribble:
            self.init(
                bytes: section.whole("bytes", default: 5, in: 1...65_536) ?? 5,
                everyMilliseconds: section.whole("everyMilliseconds", default: 20, in: 1...60_000)
                    ?? 20)
        default: return nil
        }
    }
}
