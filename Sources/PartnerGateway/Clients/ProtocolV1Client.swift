// A partner that speaks partner protocol v1.

package import BusinessCalendar
internal import CurlTransport
package import Operations

/// Speaks partner protocol v1 with one partner. Every end of every call is classified; nothing is
/// sent twice and nothing is guessed.
package struct ProtocolV1Client: Sendable {
    let line: SignedLine
    let endpoint: PartnerEndpoint

    package init(endpoint: PartnerEndpoint, surroundings: LineSurroundings) {
        self.endpoint = endpoint
        line = SignedLine(endpoint: endpoint, surroundings: surroundings)
    }

    /// `POST /v1/funding-requests`, once.
    package func send(_ request: FundingRequest) async -> PartnerAnswer {
        await call(
            .send, request, .post, "/v1/funding-requests", contentType: "application/json",
            body: request.wireBody)
    }

    /// `GET /v1/funding-requests/{key}`.
    package func ask(_ request: FundingRequest) async -> PartnerAnswer {
        await call(.ask, request, .get, "/v1/funding-requests/\(pathSegment(request.key))")
    }

    /// `POST /v1/funding-requests/{key}/reversal`, once.
    package func reverse(_ request: FundingRequest) async -> PartnerAnswer {
        let path = "/v1/funding-requests/\(pathSegment(request.key))/reversal"
        return await call(.reverse, request, .post, path)
    }

    /// `POST /v1/payouts`, once.
    package func pay(_ payout: Payout) async -> PayoutAnswer {
        await call(
            .pay, payout, .post, "/v1/payouts", contentType: "application/json",
            body: payout.wireBody)
    }

    /// `GET /v1/payouts/{key}`.
    package func ask(_ payout: Payout) async -> PayoutAnswer {
        await call(.ask, payout, .get, "/v1/payouts/\(pathSegment(payout.key))")
    }

    /// `PUT /v1/files/{date}/{name}`: the same content again is stored again, harmlessly.
    package func put(_ file: FileContent, on date: BusinessDate) async -> FileAnswer {
        let reply = await line.exchange(
            LineMessage(
                method: .put, path: path(of: file.name, on: date),
                contentType: file.name.hasSuffix(".json") ? "application/json" : "text/csv",
                body: file.bytes, totalMilliseconds: endpoint.fileMilliseconds,
                maximumAnswerBytes: endpoint.maximumAnswerBytes))
        return judge(reply, success: [200, 201]) { _ in .stored }
    }

    /// `GET /v1/files/{date}/{name}`.
    package func get(_ name: String, on date: BusinessDate) async -> FileAnswer {
        let reply = await line.exchange(
            LineMessage(
                method: .get, path: path(of: name, on: date),
                totalMilliseconds: endpoint.fileMilliseconds,
                maximumAnswerBytes: endpoint.maximumFileBytes))
        if case .signed(status: 404, _) = reply { return .absent }
        return judge(reply, success: [200]) { .content($0) }
    }

    /// Asks about a key that nobody ever gave out, which changes nothing anywhere: an answer shows
    /// that the partner takes our key and that its own proves what it says.
    ///
    /// - Returns: nil, or why that is not shown.
    package func keyTrouble(of asked: KeyQuestion) async -> String? {
        let path = "/v1/\(asked.rawValue)/colend-doctor"
        return switch await exchange(.get, path, "", []) {
        case .signed(status: 401, let body): "status 401: \(Self.reason(in: body))"
        case .signed: nil
        case .notSent(let text), .unknown(let text): text
        }
    }

    private func call(
        _ call: FundingCall, _ request: FundingRequest, _ method: ExchangeMethod, _ path: String,
        contentType: String = "", body: [UInt8] = []
    ) async -> PartnerAnswer {
        switch await exchange(method, path, contentType, body) {
        case .notSent(let text): return .notSent(.init(text))
        case .unknown(let text): return .unknown(.init(text))
        case .signed(let status, let body):
            return AnswerJudgement.judge(call, of: request, status: status, body: body)
        }
    }

    private func call(
        _ call: PayoutAnswer.Call, _ payout: Payout, _ method: ExchangeMethod, _ path: String,
        contentType: String = "", body: [UInt8] = []
    ) async -> PayoutAnswer {
        switch await exchange(method, path, contentType, body) {
        case .notSent(let text): return .notSent(.init(text))
        case .unknown(let text): return .unknown(.init(text))
        case .signed(let status, let body):
            return .judge(call, of: payout, status: status, body: body)
        }
    }

    private func exchange(
        _ method: ExchangeMethod, _ path: String, _ contentType: String, _ body: [UInt8]
    ) async -> SignedReply {
        await line.exchange(
            LineMessage(
                method: method, path: path, contentType: contentType, body: body,
                firstByteMilliseconds: endpoint.firstByteMilliseconds,
                totalMilliseconds: endpoint.callMilliseconds,
                maximumAnswerBytes: endpoint.maximumAnswerBytes))
    }

    private func judge(
        _ reply: SignedReply, success: Set<Int>, _ answer: ([UInt8]) -> FileAnswer
    ) -> FileAnswer {
        switch reply {
        case .notSent(let text), .unknown(let text): return .unavailable(.init(text))
        case .signed(let status, let body) where success.contains(status): return answer(body)
        case .signed(status: 409, let body): return .conflict(Self.reason(in: body))
        case .signed(let status, let body):
            return .unavailable(.init("status \(status): \(Self.reason(in: body))"))
        }
    }

    private func path(of name: String, on date: BusinessDate) -> String {
        "/v1/files/\(date)/\(pathSegment(name))"
    }

    /// The partner's own words, cut to a line's length.
    private static func reason(in body: [UInt8]) -> String {
        let json = try? JSONReader.read(body)
        let text = json?["reason"]?.text ?? String(decoding: body.prefix(200), as: UTF8.self)
        return String(text.prefix(200))
    }
}

/// What a party can be asked about.
package enum KeyQuestion: String, Sendable {
    case requests = "funding-requests"
    case payouts
}
