/// Every endpoint there is; its own routing, since the same table writes `/openapi.json` and tells
/// a wrong method from a wrong path.
struct RouteTable: Sendable {
    /// What became of a search.
    enum Found {
        case endpoint(Endpoint, parameters: [String: String])
        case wrongMethod(path: String, allowed: [String])
        case nothing
    }

    /// How any request may be refused, whatever it asks for.
    static let everywhere: [Int: String] = [
        400: "malformed request", 408: "the body came too slowly",
        431: "headers too large", 500: "a fault of the program",
    ]

    let endpoints: [Endpoint]

    /// The endpoint of a request; HEAD is answered wherever GET is.
    func find(method: String, target: String) -> Found {
        let path = target.prefix { $0 != "?" }
        var allowed: Set<String> = []
        var template = ""
        for endpoint in endpoints {
            guard let parameters = endpoint.parameters(in: path) else { continue }
            let isHead = method == "HEAD" && endpoint.method == "GET"
            if endpoint.method == method || isHead {
                return .endpoint(endpoint, parameters: parameters)
            }
            template = endpoint.path
            allowed.insert(endpoint.method)
            if endpoint.method == "GET" { allowed.insert("HEAD") }
        }
        return allowed.isEmpty
            ? .nothing : .wrongMethod(path: template, allowed: allowed.sorted())
    }
}
