internal import LendingRules
internal import Operations

/// The text of `/metrics`: what this process counted and what the store holds at this moment.
struct MetricsPage {
    let parts: APIParts
    let metrics: ServiceMetrics

    func text() async -> String {
        var page = PrometheusText()
        page.family("colend_build_info", .gauge, "The program that answers; always 1.")
        page.sample("colend_build_info", [("version", parts.version)], "1")
        page.family(
            "process_start_time_seconds", .gauge, "When the process started, in Unix time.")
        page.sample("process_start_time_seconds", [], "\(parts.startedAt)")
        let counts = metrics.now
        calls(counts, &page)
        callbacks(counts, &page)
        await store(&page)
        return page.text
    }

    private func calls(_ counts: ServiceMetrics.Counts, _ page: inout PrometheusText) {
        page.family("colend_http_requests_total", .counter, "Requests answered.")
        let calls = counts.calls.sorted { "\($0.key)" < "\($1.key)" }
        for (labels, count) in calls {
            page.sample(
                "colend_http_requests_total",
                [
                    ("method", labels.method), ("route", labels.route),
                    ("status", "\(labels.status)"),
                ], "\(count)")
        }
        page.family(
            "colend_http_requests_in_flight", .gauge,
            "Requests under way, this one among them.")
        page.sample("colend_http_requests_in_flight", [], "\(counts.inFlight)")
        let name = "colend_http_request_duration_seconds"
        page.family(name, .histogram, "Time from a request's headers to its answer.")
        for (route, histogram) in counts.durations.sorted(by: { $0.key < $1.key }) {
            page.histogram(name, [("route", route)], histogram)
        }
    }

    private func callbacks(_ counts: ServiceMetrics.Counts, _ page: inout PrometheusText) {
        page.family(
            "colend_callbacks_total", .counter,
            "Callbacks of partners, by what they came to or why they were refused.")
        for (labels, count) in counts.callbacks.sorted(by: { "\($0.key)" < "\($1.key)" }) {
            page.sample(
                "colend_callbacks_total", [("party", labels.party), ("outcome", labels.outcome)],
                "\(count)")
        }
    }

    /// A store that does not answer is a figure too, not a failed page.
    private func store(_ page: inout PrometheusText) async {
        page.family("colend_store_up", .gauge, "Whether the store answered this scrape.")
        do {
            let tallies = try await parts.figures.openRequests()
            let contradictions = try await parts.contradictions.contradictions()
            page.sample("colend_store_up", [], "1")
            requests(tallies, &page)
            page.family(
                "colend_callback_contradictions", .gauge,
                "Requests whose partner's last callback contradicts what was decided.")
            for party in parts.parties {
                let count = contradictions.count { $0.party == party }
                page.sample(
                    "colend_callback_contradictions", [("party", party.name)], "\(count)")
            }
        } catch {
            page.sample("colend_store_up", [], "0")
        }
    }

    private func requests(_ tallies: [RequestTally], _ page: inout PrometheusText) {
        page.family(
            "colend_funding_requests", .gauge,
            "Funding requests on which something is left to do, or that await their payout.")
        for party in parts.parties {
            for state in RequestTally.states {
                let count = tallies.first { $0.party == party && $0.state == state }?.count ?? 0
                page.sample(
                    "colend_funding_requests",
                    [("party", party.name), ("state", state.rawValue)], "\(count)")
            }
        }
    }
}
