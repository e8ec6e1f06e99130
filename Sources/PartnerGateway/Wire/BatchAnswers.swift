// What one answer to many requests proves about each of them.

package import Operations

/// Judges the answer to a batch: a line per request, matched by its key and by nothing else.
///
/// A line speaks of its own key alone: whatever is missing, unreadable or contradictory leaves the
/// requests that it should have been about in doubt, and no other.
package enum BatchAnswers {
    /// One answer for each request, in their order.
    ///
    /// - Parameters:
    ///   - status: Of the whole; anything but 200 settles nothing.
    ///   - body: NDJSON whose signature has been checked.
    package static func judge(
        _ requests: [FundingRequest], status: Int, body: [UInt8]
    ) -> [PartnerAnswer] {
        guard status == 200 else {
            let answer = PartnerAnswer.unknown(.init("batch: status \(status) settles nothing"))
            return requests.map { _ in answer }
        }
        var places: [String: Int] = [:]
        places.reserveCapacity(requests.count)
        for (place, request) in requests.enumerated() { places[request.key] = place }
        var found = [PartnerAnswer?](repeating: nil, count: requests.count)
        var unreadable = 0
        for line in body.split(separator: UInt8(ascii: "\n")) {
            guard let json = try? AnswerText(line), let key = try? json.text("key") else {
                unreadable += 1
                continue
            }
            // A key that was not asked about is nobody's answer.
            guard let place = places[key] else { continue }
            let answer = judge(json, of: requests[place])
            found[place] = found[place].map { $0 == answer ? answer : contradiction } ?? answer
        }
        let missing = missing(unreadable)
        return found.map { $0 ?? missing }
    }

    private static func judge(_ json: AnswerText, of request: FundingRequest) -> PartnerAnswer {
        guard let status = json.integer("status") else {
            return .unknown(.init("batch: the line has no whole number as its 'status'"))
        }
        return AnswerJudgement.judge(.send, of: request, status: status, json)
    }

    private static let contradiction = PartnerAnswer.unknown(
        .init("batch: two lines answer the key differently"))

    private static func missing(_ unreadable: Int) -> PartnerAnswer {
        let more = unreadable == 0 ? "" : "; \(unreadable) lines cannot be read"
        return .unknown(.init("batch: no line answers the key\(more)"))
    }
}
