/// A request, read to its end, as a route sees it.
struct APIRequest: Sendable {
    let id: String
    let method: String
    /// Path and query as sent.
    let target: String
    /// What stands in the path's places, by name.
    let parameters: [String: String]
    let headers: [(name: String, value: String)]
    let body: [UInt8]
}

/// One method of one path: what it takes, what it may answer, and what it does.
struct Endpoint: Sendable {
    /// What a body must be.
    struct Body: Sendable {
        let mediaType: String
        let maximumBytes: Int
        let description: String
    }

    let method: String
    /// Places in braces, such as `/v1/partners/{party}/callbacks`.
    let path: String
    /// The name of the operation in the description of the interface.
    let operation: String
    let summary: String
    /// Nil where none is read.
    var body: Body?
    /// The media type of the answer.
    let answers: String
    /// What each status means; any request may also be refused as `RouteTable.everywhere` says.
    let statuses: [Int: String]
    let handle: @Sendable (APIRequest) async throws -> APIAnswer
}

extension Endpoint {
    /// The names of the path's places.
    var places: [String] { Self.segments(of: path).compactMap { Self.place($0) } }

    /// What stands in the places, or nil when the path is another.
    func parameters(in path: Substring) -> [String: String]? {
        let (own, given) = (Self.segments(of: self.path), Self.segments(of: path))
        guard own.count == given.count else { return nil }
        var parameters: [String: String] = [:]
        for (own, given) in zip(own, given) {
            if let place = Self.place(own), !given.isEmpty {
                parameters[place] = String(given)
            } else if own != given {
                return nil
            }
        }
        return parameters
    }

    private static func segments(of path: some StringProtocol) -> [Substring] {
        Substring(path).split(separator: "/", omittingEmptySubsequences: false)
    }

    private static func place(_ segment: Substring) -> String? {
        segment.hasPrefix("{") ? String(segment.dropFirst().dropLast()) : nil
    }
}
