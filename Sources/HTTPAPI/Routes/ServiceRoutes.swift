internal import Operations

/// What machines ask about the service itself.
struct ServiceRoutes: Sendable {
    /// The answer of a probe.
    struct Status: Codable {
        let status: String
    }

    /// The answer of `/version`.
    struct Version: Codable {
        let name: String
        let version: String
    }

    let parts: APIParts
    let door: ServiceDoor
    let metrics: ServiceMetrics

    var endpoints: [Endpoint] { [health, readiness, version, figures] }

    private var health: Endpoint {
        Endpoint(
            method: "GET", path: "/healthz", operation: "health",
            summary: "Whether the process lives; it asks nothing of the store.",
            answers: "application/json", statuses: [200: "it does"]
        ) { _ in try APIAnswer(Status(status: "alive")) }
    }

    private var readiness: Endpoint {
        Endpoint(
            method: "GET", path: "/readyz", operation: "readiness",
            summary: "Whether requests can be taken: the store answers, has this program's "
                + "tables, and the service is not closing down.",
            answers: "application/json",
            statuses: [200: "they can", 503: "not now; the detail says why"]
        ) { _ in try await ready() }
    }

    private func ready() async throws -> APIAnswer {
        if door.isClosing { throw Problem.notReady("the service is closing down") }
        do {
            try await parts.health.check()
        } catch let error as any CodedError {
            throw Problem.notReady("the store cannot be used (\(error.code))")
        }
        return try APIAnswer(Status(status: "ready"))
    }

    private var version: Endpoint {
        Endpoint(
            method: "GET", path: "/version", operation: "version",
            summary: "The program and its version.", answers: "application/json",
            statuses: [200: "name and version"]
        ) { _ in try APIAnswer(Version(name: "colend", version: parts.version)) }
    }

    private var figures: Endpoint {
        Endpoint(
            method: "GET", path: "/metrics", operation: "metrics",
            summary: "Figures in Prometheus's text format.", answers: "text/plain",
            statuses: [200: "the figures"]
        ) { _ in
            APIAnswer(
                text: await MetricsPage(parts: parts, metrics: metrics).text(),
                contentType: PrometheusText.contentType)
        }
    }
}
