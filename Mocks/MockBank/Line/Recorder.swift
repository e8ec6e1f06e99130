// Recording a session: every request with what became of it, one line of JSON each.
import Foundation

/// A desk that writes down what the desk behind it does.
final class Recorder: Desk {
    private let desk: any Desk
    private let path: String
    private let descriptor: Int32
    private var pending: [UInt8] = []

    /// Begins a new file whose first line says what is recorded; throws when it cannot.
    init(
        _ desk: any Desk, to path: String, scenario yaml: String
    ) throws(StateFault) {
        self.desk = desk
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StateFault(description: "cannot write \(path)") }
        append(.record(["recording": .integer(1), "scenario": .string(yaml)]))
    }

    deinit {
        close(descriptor)
    }

    func handle(_ request: WireRequest, now: Int64) throws(StateFault) -> Outcome {
        let outcome = try desk.handle(request, now: now)
        append(.record(["request": request.json, "outcome": outcome.json]))
        return outcome
    }

    func flush() throws(StateFault) {
        try desk.flush()
        var left = pending[...]
        while !left.isEmpty {
            let count = left.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw StateFault(description: "cannot write \(path)") }
            left = left.dropFirst(count)
        }
        pending = []
        guard fdatasync(descriptor) == 0 else {
            throw StateFault(description: "cannot write \(path) to the disk")
        }
    }

    func glance(_ request: WireRequest) throws(StateFault) -> Outcome? {
        try desk.glance(request)
    }

    var hasErrands: Bool { desk.hasErrands }
    func errands(atMost limit: Int) -> [Errand] { desk.errands(atMost: limit) }

    func letter(for errand: Errand, now: Int64, nonce: String) -> Letter? {
        desk.letter(for: errand, now: now, nonce: nonce)
    }

    func finish(_ errand: Errand, status: Int?) throws(StateFault) {
        try desk.finish(errand, status: status)
    }

    func sign(_ answer: WireAnswer, for request: WireRequest, now: Int64) -> WireAnswer {
        desk.sign(answer, for: request, now: now)
    }

    func objection(to request: WireRequest, now: Int64) -> Refusal? {
        desk.objection(to: request, now: now)
    }

    private func append(_ line: JSON) {
        pending += line.bytes
        pending.append(UInt8(ascii: "\n"))
    }
}

extension WireRequest {
    /// A request as a recording has it; signatures are left out, they are made again.
    fileprivate var json: JSON {
        .record([
            "method": .string(method), "target": .string(target), "body": .bytes(body),
        ])
    }
}

extension Outcome {
    fileprivate var json: JSON {
        switch self {
        case .close(let withReset): .record(["closed": .string(withReset ? "rst" : "fin")])
        case .answer(let answer, let delay):
            .record(["answer": answer.json, "delayMilliseconds": .integer(delay)])
        case .carried(let answer, let carriage):
            .record(["answer": answer.json, "carriage": carriage.json])
        }
    }
}

extension WireAnswer {
    fileprivate var json: JSON {
        let plain = headers.filter { !$0.name.lowercased().hasPrefix("colend-") }
        return .record([
            "status": .integer(status), "body": .bytes(body), "contentType": .string(contentType),
            "isSigned": .bool(plain.count < headers.count),
            "headers": .array(plain.map { .array([.string($0.name), .string($0.value)]) }),
        ])
    }
}

extension Carriage {
    fileprivate var json: JSON {
        var members: Members = [
            "delayMilliseconds": .integer(delayMilliseconds), "resets": .bool(resets),
            "skewSeconds": .integer(skewSeconds),
        ]
        if let pace {
            members["bytes"] = .integer(pace.bytes)
            members["everyMilliseconds"] = .integer(pace.everyMilliseconds)
        }
        switch spoiling {
        case .none: break
        case .silence: members["spoiling"] = .string("silence")
        case .malformedChunk: members["spoiling"] = .string("malformed-chunk")
        case .bytes(let bytes): members["instead"] = .bytes(bytes)
        case .truncated(let percent, let statesLength):
            members["percent"] = .integer(percent)
            members["statesLength"] = .bool(statesLength)
        }
        return .object(members)
    }
}

extension JSON {
    /// Bytes as text when they are UTF-8, otherwise as `{"base64"}`.
    static func bytes(_ bytes: [UInt8]) -> JSON {
        if let text = String(validating: bytes, as: UTF8.self) { return .string(text) }
        return .record(["base64": .string(Data(bytes).base64EncodedString())])
    }

    /// The bytes behind such a value.
    var bytesOfText: [UInt8]? {
        if let text { return Array(text.utf8) }
        return self["base64"]?.text.flatMap { Data(base64Encoded: $0) }.map { [UInt8]($0) }
    }
}
