internal import Operations

/// Why a request is not done, as RFC 9457 tells it: a stable code, a status and a sentence.
struct Problem: Error, Hashable {
    let status: Int
    let code: String
    /// The same words for every problem of the code.
    let title: String
    let detail: String
    /// After so long it may be sent again.
    var retryAfterSeconds: Int?
    /// Methods that the path takes.
    var allowed: [String] = []
    /// Nothing more can be read from the connection.
    var closesConnection = false
}

extension Problem {
    static let noRoute = Problem(
        status: 404, code: "API-001", title: "No such path",
        detail: "there is nothing at this path; /openapi.json lists what there is")

    static func wrongMethod(allowed: [String]) -> Problem {
        Problem(
            status: 405, code: "API-002", title: "Wrong method",
            detail: "this path takes \(allowed.joined(separator: ", "))", allowed: allowed)
    }

    static func tooLarge(limit: Int) -> Problem {
        Problem(
            status: 413, code: "API-003", title: "Too large",
            detail: "a body may have up to \(limit) bytes here", closesConnection: true)
    }

    static func wrongMediaType(_ expected: String) -> Problem {
        Problem(
            status: 415, code: "API-004", title: "Wrong media type",
            detail: "the body must be \(expected), named by Content-Type")
    }

    static let slowBody = Problem(
        status: 408, code: "API-005", title: "Too slow",
        detail: "the body did not arrive in time; send it again on a new connection",
        closesConnection: true)

    /// A request that is no proper HTTP, or whose body cannot be read.
    static func malformed(_ what: String, closesConnection: Bool = false) -> Problem {
        Problem(
            status: 400, code: "API-006", title: "Malformed request",
            detail: "\(what); correct it and send it again", closesConnection: closesConnection)
    }

    static func unproven(_ reason: String) -> Problem {
        Problem(
            status: 401, code: "API-007", title: "Sender not proven",
            detail: "the signature proves no partner (\(reason)); nothing has changed")
    }

    static let largeHeaders = Problem(
        status: 431, code: "API-008", title: "Headers too large",
        detail: "the request's line and headers are too long or too many",
        closesConnection: true)

    static func storeUnavailable(retryAfterSeconds: Int) -> Problem {
        Problem(
            status: 503, code: "API-009", title: "Not now",
            detail: "it cannot be kept now and nothing has changed; send it again",
            retryAfterSeconds: retryAfterSeconds)
    }

    static let internalFault = Problem(
        status: 500, code: "API-010", title: "Internal fault",
        detail: "this is a fault of the program; its log has more under the request's id")

    static func notReady(_ reason: String) -> Problem {
        Problem(
            status: 503, code: "API-011", title: "Not ready", detail: reason, retryAfterSeconds: 5)
    }
}

extension Problem {
    /// What a caller is told of an error; what it must not learn is in the log.
    init(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case CallbackRefusal.unproven(let reason): self = .unproven(reason)
        case CallbackRefusal.unreadable(let what): self = .malformed(what)
        case let fault as CallbackFault: self = Problem(fault)
        case let coded as any CodedError: self = .of(coded.exit)
        default: self = .internalFault
        }
    }

    private init(_ fault: CallbackFault) {
        switch fault {
        case .unknownKey:
            self.init(
                status: 404, code: fault.code, title: "Unknown key", detail: fault.sentence)
        case .overtaken:
            self.init(
                status: 503, code: fault.code, title: "Overtaken", detail: fault.sentence,
                retryAfterSeconds: 1)
        }
    }

    private static func of(_ exit: ExitKind) -> Problem {
        switch exit {
        case .temporary: .storeUnavailable(retryAfterSeconds: 2)
        case .inputOutput, .unavailable: .storeUnavailable(retryAfterSeconds: 30)
        default: .internalFault
        }
    }
}
