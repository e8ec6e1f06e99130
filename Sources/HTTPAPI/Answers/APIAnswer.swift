internal import Foundation
internal import HTTPTypes
internal import Hummingbird

/// What a route answers.
struct APIAnswer {
    var status = 200
    let contentType: String
    let body: [UInt8]
    var headers: HTTPFields = [:]

    /// A text of some media type.
    init(text: String, contentType: String) {
        self.contentType = contentType
        body = Array(text.utf8)
    }

    /// JSON with its members in alphabetical order.
    init(_ value: some Encodable, status: Int = 200, contentType: String = "application/json")
        throws
    {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        self.status = status
        self.contentType = contentType
        body = Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
    }

    /// A problem as RFC 9457 writes it.
    init(_ problem: Problem, requestID: String) throws {
        let details = ProblemDetails(
            type: "urn:colend:\(problem.code)", title: problem.title, status: problem.status,
            detail: problem.detail, code: problem.code, requestId: requestID)
        try self.init(
            details, status: problem.status, contentType: ProblemDetails.mediaType)
        if let seconds = problem.retryAfterSeconds { headers[.retryAfter] = String(seconds) }
        if !problem.allowed.isEmpty {
            headers[.allow] = problem.allowed.joined(separator: ", ")
        }
        if problem.status == 401 { headers[.wwwAuthenticate] = "Colend-Signature" }
        if problem.closesConnection { headers[.connection] = "close" }
    }

    /// The answer on the wire; a HEAD keeps the length and loses the body.
    func response(requestID: String, isHead: Bool) -> Response {
        var fields = headers
        fields[.contentType] = contentType
        fields[.contentLength] = String(body.count)
        fields[.cacheControl] = "no-store"
        fields[.xContentTypeOptions] = "nosniff"
        fields[.requestID] = requestID
        return Response(
            status: HTTPResponse.Status(code: status), headers: fields,
            body: isHead ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }
}

/// The members of a problem.
struct ProblemDetails: Codable {
    static let mediaType = "application/problem+json"

    let type: String
    let title: String
    let status: Int
    let detail: String
    let code: String
    let requestId: String
}

extension HTTPField.Name {
    /// The header that names a request in answers and in the log.
    static var requestID: HTTPField.Name { named("X-Request-Id") }

    private static func named(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is a name") }
        return name
    }
}
