// Playing a recording: the same requests get the same answers, in the order of their recording.
import Foundation

/// A recorded session.
package struct Recording {
    /// The scenario that was played, for name and signatures.
    let scenario: String
    /// Outcomes by request, in the order in which they were recorded.
    fileprivate let outcomes: [String: [Outcome]]

    /// Reads a recording; throws the first line that is none, as `file:line:1: what`.
    init(_ content: [UInt8], file: String) throws(ScenarioFaults) {
        var outcomes: [String: [Outcome]] = [:]
        var scenario: String?
        let lines = content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where !line.isEmpty {
            let json = (try? JSON.parse(line)) ?? .null
            if index == 0, json["recording"]?.integer == 1, let yaml = json["scenario"]?.text {
                scenario = yaml
            } else if let request = json["request"], let outcome = Outcome(json["outcome"]),
                let method = request["method"]?.text, let target = request["target"]?.text,
                let body = request["body"]?.bytesOfText
            {
                outcomes[Recording.name(method, target, body), default: []].append(outcome)
            } else if index == lines.count - 1, scenario != nil {
                // A kill while it was recorded may have torn the last line.
                continue
            } else {
                throw ScenarioFaults(
                    messages: ["\(file):\(index + 1):1: this is no line of a recording"])
            }
        }
        guard let scenario else {
            throw ScenarioFaults(messages: ["\(file):1:1: the file is not a recording"])
        }
        self.scenario = scenario
        self.outcomes = outcomes
    }

    /// What makes two requests the same: method, target and content, whatever its spacing.
    fileprivate static func name(_ method: String, _ target: String, _ body: [UInt8]) -> String {
        let content = (try? JSON.parse(body))?.bytes ?? body
        return "\(method) \(target) \(digestText(content))"
    }
}

/// A desk that answers from a recording. It keeps nothing: started again it begins anew.
final class Replayer: Desk {
    private let recording: Recording
    /// Signs, and checks signatures; nothing is ever asked of it.
    private let signer: any Desk
    private var played: [String: Int] = [:]

    init(_ recording: Recording, signer: any Desk) {
        self.recording = recording
        self.signer = signer
    }

    func handle(_ request: WireRequest, now: Int64) throws(StateFault) -> Outcome {
        let isOpen = request.path.first == "admin" || request.path == ["v1", "health"]
        if !isOpen, let objection = signer.objection(to: request, now: now) {
            return .answer(.refusal(401, objection), delayMilliseconds: 0)
        }
        let name = Recording.name(request.method, request.target, request.body)
        guard let outcomes = recording.outcomes[name] else {
            let answer = WireAnswer.refusal(
                404, "not-recorded", "\(request.method) \(request.target) is not in the recording")
            return .answer(
                isOpen ? answer : signer.sign(answer, for: request, now: now),
                delayMilliseconds: 0)
        }
        let place = min(played[name, default: 0], outcomes.count - 1)
        played[name] = place + 1
        switch outcomes[place] {
        case .close(let withReset): return .close(withReset: withReset)
        case .answer(let answer, let delay):
            return .answer(
                answer.isSigned ? signer.sign(answer, for: request, now: now) : answer,
                delayMilliseconds: delay)
        case .carried(let answer, let carriage):
            let stamp = now + Int64(carriage.skewSeconds)
            return .carried(signer.sign(answer, for: request, now: stamp), carriage)
        }
    }

    func flush() throws(StateFault) {}
    func glance(_ request: WireRequest) throws(StateFault) -> Outcome? { nil }

    func sign(_ answer: WireAnswer, for request: WireRequest, now: Int64) -> WireAnswer {
        signer.sign(answer, for: request, now: now)
    }

    func objection(to request: WireRequest, now: Int64) -> Refusal? {
        signer.objection(to: request, now: now)
    }
}

extension Outcome {
    fileprivate init?(_ json: JSON?) {
        guard let json else { return nil }
        if let closed = json["closed"]?.text {
            self = .close(withReset: closed == "rst")
        } else if let answer = WireAnswer(recorded: json["answer"]) {
            if let carriage = json["carriage"] {
                self = .carried(answer, Carriage(carriage))
            } else {
                self = .answer(
                    answer, delayMilliseconds: json["delayMilliseconds"]?.integer ?? 0)
            }
        } else {
            return nil
        }
    }
}

extension WireAnswer {
    fileprivate init?(recorded json: JSON?) {
        guard let json, let status = json["status"]?.integer,
            let body = json["body"]?.bytesOfText, let type = json["contentType"]?.text
        else { return nil }
        self.init(status, file: body, contentType: type)
        isSigned = json["isSigned"] == .bool(true)
        headers = (json["headers"]?.elements ?? []).compactMap { pair in
            guard let name = pair.elements?.first?.text, let value = pair.elements?.last?.text
            else { return nil }
            return (name, value)
        }
    }
}

extension Carriage {
    fileprivate init(_ json: JSON) {
        delayMilliseconds = json["delayMilliseconds"]?.integer ?? 0
        resets = json["resets"] == .bool(true)
        skewSeconds = json["skewSeconds"]?.integer ?? 0
        if let bytes = json["bytes"]?.integer, let every = json["everyMilliseconds"]?.integer {
            pace = Pace(bytes: max(1, bytes), everyMilliseconds: max(1, every))
        }
        if let instead = json["instead"]?.bytesOfText { spoiling = .bytes(instead) }
        if let percent = json["percent"]?.integer {
            spoiling = .truncated(
                percent: percent, statesLength: json["statesLength"] == .bool(true))
        }
        if json["spoiling"]?.text == "malformed-chunk" { spoiling = .malformedChunk }
        if json["spoiling"]?.text == "silence" { spoiling = .silence }
    }
}
