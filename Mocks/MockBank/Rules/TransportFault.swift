// What can go wrong on the way of a request or of its answer.

/// Kinds of faults of the connection.
package enum TransportFaultKind: String, CaseIterable, Sendable {
    /// Booked, then the connection is closed without an answer.
    case dropAfterCommit = "drop-after-commit"
    /// Booked, and answered later than anybody waits.
    case lateAnswer = "late-answer"
    /// The connection is closed and nothing is booked.
    case dropBeforeReading = "drop-before-reading"
    /// Answered 429 or 5xx; nothing is booked unless it `executes`.
    case busy
    /// Reset when the head is there and the body is still under way.
    case resetUnread = "reset-unread"
    /// Closed without a byte.
    case emptyReply = "empty-reply"
    /// Text that is no HTTP, then closed.
    case garbage
    /// Random bytes, then closed.
    case randomData = "random-data"
    /// A chunked answer whose second chunk has no readable length.
    case malformedChunk = "malformed-chunk"
    /// Less of the body than the head promises.
    case truncatedBody = "truncated-body"
    /// Answered after a delay that is fixed, uniform or lognormal.
    case delay
    /// Answered at so many bytes a second.
    case bandwidth
    /// Answered a few bytes at a time.
    case dribble
    /// Signed with a clock that is wrong.
    case clockSkew = "clock-skew"
    /// 503 to everything: the house is closed for maintenance.
    case maintenance
}

/// How a connection is closed.
package enum Closing: String, CaseIterable, Sendable {
    case rst, fin, either
}

/// How long an answer waits.
enum Delay: Sendable {
    case fixed(Int)
    case uniform(from: Int, to: Int)
    case lognormal(median: Int, sigma: Double, atMost: Int)
}

/// How fast bytes leave.
package struct Pace: Equatable, Sendable {
    /// Bytes at a time.
    let bytes: Int
    /// Pause between them.
    let everyMilliseconds: Int
}

/// One transport fault and how often it strikes.
package struct TransportFault: Ruled, Sendable {
    let kind: TransportFaultKind
    let rule: Rule
    let closing: Closing
    let delay: Delay
    let status: Int
    /// Whether the request is carried out all the same.
    let executes: Bool
    let retryAfterSeconds: Int
    let pace: Pace?
    /// How much of a body leaves, in percent.
    let percent: Int
    /// Whether the head of a cut body says its length.
    let statesLength: Bool
    let skewSeconds: Int

    var kindName: String { kind.rawValue }

    var usualCalls: Set<Call> {
        switch kind {
        case .dropBeforeReading, .busy: [.fund, .reversal, .payout]
        case .maintenance: Set(Call.allCases).subtracting([.callback])
        default: [.fund, .batch, .reversal, .payout]
        }
    }

    /// Whether the request is not carried out.
    var prevents: Bool {
        switch kind {
        case .dropBeforeReading, .maintenance, .resetUnread: true
        case .busy, .emptyReply, .garbage, .randomData, .malformedChunk, .truncatedBody: !executes
        default: false
        }
    }

    /// Whether the caller gets no answer that it could read.
    var silences: Bool {
        switch kind {
        case .dropAfterCommit, .dropBeforeReading, .resetUnread, .emptyReply, .garbage,
            .randomData, .malformedChunk, .truncatedBody:
            true
        default: false
        }
    }

    /// Whether something else leaves than the answer that was decided, or nothing.
    var hidesAnswer: Bool { silences || kind == .busy || kind == .maintenance }

    func resets(seed: String, _ occasion: Occasion) -> Bool {
        closing == .either
            ? Draw(seed, occasion.word, "\(occasion.attempt)", "rst").value & 1 == 0
            : closing == .rst
    }

    /// The delay of this time.
    func delayMilliseconds(seed: String, _ occasion: Occasion) -> Int {
        func draw(_ name: String) -> UInt64 {
            Draw(seed, occasion.word, "\(occasion.attempt)", rule.word, name).value
        }
        switch delay {
        case .fixed(let milliseconds): return milliseconds
        case .uniform(let from, let to):
            return from + Int(draw("delay") % UInt64(to - from + 1))
        case .lognormal(let median, let sigma, let atMost):
            let normal = Draw.normal(draw("delay"), draw("angle"))
            return Draw.lognormal(median: median, sigma: sigma, atMost: atMost, normal)
        }
    }
}

extension WireAnswer {
    /// The answer of a house that is too busy or closed: come back later.
    static func busy(_ fault: TransportFault) -> WireAnswer {
        let isClosed = fault.kind == .maintenance
        var answer = WireAnswer.refusal(
            fault.status, isClosed ? "maintenance" : "busy",
            isClosed ? "closed for maintenance" : "try again later")
        answer.headers.append(("Retry-After", "\(fault.retryAfterSeconds)"))
        return answer
    }
}

extension House {
    /// What leaves instead of `answer` when a fault strikes; `usual` is the delay of an answer.
    func outcome(
        of answer: WireAnswer, _ fault: TransportFault?, _ occasion: Occasion, usual: Int = 0
    ) -> Outcome {
        guard let fault else { return .answer(answer, delayMilliseconds: usual) }
        let delay = max(usual, fault.delayMilliseconds(seed: seed, occasion))
        var carriage = Carriage(delayMilliseconds: delay)
        switch fault.kind {
        case .busy, .maintenance:
            return .answer(.busy(fault), delayMilliseconds: delay)
        case .lateAnswer, .delay: return .answer(answer, delayMilliseconds: delay)
        case .dropAfterCommit, .dropBeforeReading, .resetUnread, .emptyReply:
            carriage.spoiling = .silence
        case .garbage: carriage.spoiling = .bytes(garbage(fault, occasion, isText: true))
        case .randomData: carriage.spoiling = .bytes(garbage(fault, occasion, isText: false))
        case .malformedChunk: carriage.spoiling = .malformedChunk
        case .truncatedBody:
            carriage.spoiling = .truncated(
                percent: fault.percent, statesLength: fault.statesLength)
        case .bandwidth, .dribble: carriage.pace = fault.pace
        case .clockSkew: carriage.skewSeconds = fault.skewSeconds
        }
        carriage.resets = fault.resets(seed: seed, occasion)
        if carriage.spoiling == .silence, delay == 0 { return .close(withReset: carriage.resets) }
        return .carried(answer, carriage)
    }

    /// Bytes that follow from the seed: the same misfortune reads the same.
    private func garbage(
        _ fault: TransportFault, _ occasion: Occasion, isText: Bool
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        for block in 0..<8 {
            let draw = Draw(
                seed, occasion.word, "\(occasion.attempt)", fault.rule.word, "bytes \(block)")
            withUnsafeBytes(of: draw.value.bigEndian) { bytes += $0 }
        }
        guard isText else { return bytes }
        return bytes.map { 33 + $0 % 90 } + Array("\r\n".utf8)
    }
}
