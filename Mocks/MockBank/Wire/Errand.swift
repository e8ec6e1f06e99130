// What a house does of its own accord: callbacks and decisions that take their time.

/// Something that a house wants done later.
package struct Errand: Sendable {
    /// The same id is run once at a time.
    let id: String
    let delayMilliseconds: Int
    /// Times it is tried before it is given up.
    var attempts = 1
    var retryMilliseconds = 0
}

/// A request that a house sends.
package struct Letter: Sendable {
    let host: String
    let port: Int
    let target: String
    let headers: [(name: String, value: String)]
    let body: [UInt8]
}

/// Where callbacks go.
struct Destination: Equatable {
    let host: String
    let port: Int
    /// Path in front of the protocol's, without a slash at its end.
    let path: String

    /// Reads `http://host:port` with or without a path.
    init?(_ url: String) {
        guard url.hasPrefix("http://") else { return nil }
        let rest = url.dropFirst("http://".count)
        let authority = rest.prefix { $0 != "/" }
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), !parts[0].isEmpty,
            let port = parts.count == 2 ? Int(parts[1]) : 80, (1...65_535).contains(port)
        else { return nil }
        host = String(parts[0])
        self.port = port
        let tail = rest.dropFirst(authority.count)
        path = String(tail.hasSuffix("/") ? tail.dropLast() : tail)
    }
}
