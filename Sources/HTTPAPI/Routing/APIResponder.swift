internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOHTTP1

/// Answers every request: finds its endpoint, reads its body within bounds, and turns whatever
/// goes wrong into a problem with its code.
struct APIResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    let routes: RouteTable
    let metrics: ServiceMetrics
    let limits: ServerLimits
    let logger: Logger

    func respond(to request: Request, context: Context) async throws -> Response {
        let started = ContinuousClock.now
        metrics.begin()
        let id = context.id
        let found = routes.find(method: request.method.rawValue, target: request.head.path ?? "")
        var hasReadBody = false
        var answer = await answered(found, request, id: id, &hasReadBody)
        // Nobody waits for the rest of a body that nobody wants: it may never end.
        if request.announcesBody, !hasReadBody { answer.headers[.connection] = "close" }
        let call = ServedCall(
            method: request.method.rawValue, route: found.route, status: answer.status,
            microseconds: (ContinuousClock.now - started).microseconds)
        metrics.note(call)
        log(call, id: id)
        return answer.response(requestID: id, isHead: request.method == .head)
    }

    private func answered(
        _ found: RouteTable.Found, _ request: Request, id: String, _ hasReadBody: inout Bool
    ) async -> APIAnswer {
        do {
            return try await answer(found, request, id: id, &hasReadBody)
        } catch {
            let problem = Problem(error)
            if problem.status >= 500 {
                logger.error(
                    "request failed",
                    metadata: [
                        "request": "\(id)", "code": "\(problem.code)", "cause": "\(Cause(error))",
                    ])
            }
            return APIAnswer(refusing: problem, requestID: id)
        }
    }

    private func answer(
        _ found: RouteTable.Found, _ request: Request, id: String, _ hasReadBody: inout Bool
    ) async throws -> APIAnswer {
        switch found {
        case .nothing: throw Problem.noRoute
        case .wrongMethod(_, let allowed): throw Problem.wrongMethod(allowed: allowed)
        case .endpoint(let endpoint, let parameters):
            let body = try await BodyReader(limits: limits).read(request, for: endpoint)
            hasReadBody = endpoint.body != nil
            return try await endpoint.handle(
                APIRequest(
                    id: id, method: request.method.rawValue, target: request.head.path ?? "",
                    parameters: parameters,
                    headers: request.headers.map { (name: $0.name.rawName, value: $0.value) },
                    body: body))
        }
    }

    /// The route as the table has it, never the path as sent: that may hold anything.
    private func log(_ call: ServedCall, id: String) {
        let isProbe = call.status == 200 && !call.route.hasPrefix("/v1/")
        logger.log(
            level: isProbe ? .debug : .info, "request",
            metadata: [
                "request": "\(id)", "method": "\(call.shownMethod)", "route": "\(call.route)",
                "status": "\(call.status)", "microseconds": "\(call.microseconds)",
            ])
    }
}

extension Request {
    /// Whether its headers say that a body follows.
    fileprivate var announcesBody: Bool {
        headers[.transferEncoding] != nil || headers[.contentLength].map { $0 != "0" } ?? false
    }
}

extension RouteTable.Found {
    /// The path as the table has it; `none` for what it has not.
    var route: String {
        switch self {
        case .endpoint(let endpoint, _): endpoint.path
        case .wrongMethod(let path, _): path
        case .nothing: "none"
        }
    }
}

extension APIAnswer {
    /// A problem; one that cannot even be written down is an empty 500.
    init(refusing problem: Problem, requestID: String) {
        do {
            self = try APIAnswer(problem, requestID: requestID)
        } catch {
            self = APIAnswer(text: "", contentType: ProblemDetails.mediaType)
            status = 500
        }
    }
}

extension Duration {
    /// Whole microseconds.
    var microseconds: Int64 {
        components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
    }
}
