// Many requests in one signed exchange.

internal import CurlTransport
package import Operations

extension ProtocolV1Client {
    /// `POST /v1/funding-requests:batch`, each request once; one answer for each, in their order.
    ///
    /// More than one call holds go out in several, one after the other. Once a call has not left,
    /// those behind it are not tried: they have not left either.
    package func send(_ requests: [FundingRequest]) async -> [PartnerAnswer] {
        var answers: [PartnerAnswer] = []
        answers.reserveCapacity(requests.count)
        while answers.count < requests.count {
            let piece = BatchPiece(requests[answers.count...], endpoint.batch)
            switch await exchange(piece) {
            case .notSent(let text):
                let rest = requests.count - answers.count
                return answers + Array(repeating: .notSent(.init(text)), count: rest)
            case .unknown(let text):
                answers += piece.requests.map { _ in .unknown(.init(text)) }
            case .signed(let status, let body):
                answers += BatchAnswers.judge(piece.requests, status: status, body: body)
            }
        }
        return answers
    }

    private func exchange(_ piece: BatchPiece) async -> SignedReply {
        await line.exchange(
            LineMessage(
                method: .post, path: "/v1/funding-requests:batch",
                contentType: "application/x-ndjson", body: piece.body,
                firstByteMilliseconds: endpoint.firstByteMilliseconds,
                totalMilliseconds: endpoint.callMilliseconds,
                maximumAnswerBytes: endpoint.maximumAnswerBytes
                    + piece.requests.count * endpoint.batch.answerBytesPerLine))
    }
}

/// How much goes into one call.
package struct BatchLimits: Hashable, Sendable {
    package var lines = 1_000
    /// A request that is longer goes out alone.
    package var bytes = 4 << 20
    /// Room for the answer to one line.
    package var answerBytesPerLine = 2_048

    package init() {}
}

/// The requests of one call with their lines.
private struct BatchPiece {
    private(set) var requests: [FundingRequest] = []
    private(set) var body: [UInt8] = []

    /// As many of the first as the limits allow, and one at least.
    init(_ waiting: ArraySlice<FundingRequest>, _ limits: BatchLimits) {
        var writer = JSONWriter(reservingCapacity: 704 * min(waiting.count, limits.lines))
        for request in waiting.prefix(max(1, limits.lines)) {
            let before = writer.bytes.count
            request.write(to: &writer)
            writer.endLine()
            if writer.bytes.count > limits.bytes, before > 0 {
                writer.cut(to: before)
                break
            }
            requests.append(request)
        }
        body = writer.bytes
    }
}
