/// The description of the interface, OpenAPI 3.1, written from the table of routes.
struct OpenAPI: Codable {
    struct Info: Codable {
        let title: String
        let version: String
    }

    struct Operation: Codable {
        let operationId: String
        let summary: String
        let parameters: [Parameter]?
        let requestBody: RequestBody?
        let responses: [String: Response]
    }

    struct Parameter: Codable {
        let name: String
        let `in`: String
        let required: Bool
        let schema: Schema
    }

    struct RequestBody: Codable {
        let required: Bool
        let description: String
        let content: [String: MediaType]
    }

    struct Response: Codable {
        let description: String
        let content: [String: MediaType]
    }

    struct MediaType: Codable {
        let schema: Schema
    }

    struct Schema: Codable {
        let type: String
    }

    let openapi: String
    let info: Info
    let paths: [String: [String: Operation]]

    static let path = "/openapi.json"

    /// Describes the endpoints.
    init(_ endpoints: [Endpoint], version: String) {
        openapi = "3.1.0"
        info = Info(title: "colend", version: version)
        paths = endpoints.reduce(into: [:]) { paths, endpoint in
            paths[endpoint.path, default: [:]][endpoint.method.lowercased()] = Operation(endpoint)
        }
    }

    /// The endpoint that answers with the description of all the others and of itself.
    static func endpoint(beside others: [Endpoint], version: String) -> Endpoint {
        @Sendable func described(
            _ handle: @escaping @Sendable (APIRequest) async throws -> APIAnswer
        )
            -> Endpoint
        {
            Endpoint(
                method: "GET", path: path, operation: "description",
                summary: "This description.", answers: "application/json",
                statuses: [200: "OpenAPI 3.1"], handle: handle)
        }
        return described { request in
            let own = described { _ in throw Problem.noRoute }
            return try APIAnswer(OpenAPI(others + [own], version: version))
        }
    }
}

extension OpenAPI.Operation {
    init(_ endpoint: Endpoint) {
        operationId = endpoint.operation
        summary = endpoint.summary
        let places = endpoint.places.map {
            OpenAPI.Parameter(
                name: $0, in: "path", required: true, schema: OpenAPI.Schema(type: "string"))
        }
        parameters = places.isEmpty ? nil : places
        requestBody = endpoint.body.map {
            OpenAPI.RequestBody(
                required: true, description: "\($0.description); up to \($0.maximumBytes) bytes",
                content: [$0.mediaType: .of("object")])
        }
        let statuses = endpoint.statuses.merging(RouteTable.everywhere) { own, _ in own }
        responses = statuses.reduce(into: [:]) { responses, status in
            let isProblem = status.key >= 400
            let type = isProblem ? ProblemDetails.mediaType : endpoint.answers
            let isText = endpoint.answers.hasPrefix("text/") && !isProblem
            responses["\(status.key)"] = OpenAPI.Response(
                description: status.value, content: [type: .of(isText ? "string" : "object")])
        }
    }
}

extension OpenAPI.MediaType {
    fileprivate static func of(_ type: String) -> OpenAPI.MediaType {
        OpenAPI.MediaType(schema: OpenAPI.Schema(type: type))
    }
}
