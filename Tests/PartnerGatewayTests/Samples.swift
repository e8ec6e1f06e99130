// One request and its surroundings, as the tests send it.

import BusinessCalendar
import CurlTransport
import LendingRules
import Monetary
import Operations
import PartnerGateway
import Synchronization

enum Samples {
    static let usd = Currency(code: "USD")!
    static let harbor = PartyID("harbor")
    static let date = BusinessDate("2026-01-03")!
    static let secret = SigningSecret(Array("harbor-secret".utf8))
    static let now: Int64 = 1_767_225_600

    static func request(
        number: Int = 1, amount: Int64 = 700_000, borrower: String = "B-17",
        acceptsPart: Bool = false
    ) throws -> FundingRequest {
        FundingRequest(
            key: "LC-\(number).harbor.1", loan: LoanID("LC-\(number)"), party: harbor,
            amount: amount,
            currency: usd, loanAmount: 1_000_000, valueDate: date,
            expiresAt: 1_767_571_200_000_000, borrowerRef: borrower,
            terms: ScheduleTerms(
                principal: 1_000_000, currency: usd, rate: try AnnualRate(percent: "12"),
                method: .equalInstalment, instalments: 36, disbursedOn: date,
                instalmentRounding: .up), acceptsPart: acceptsPart)
    }

    static func held(_ request: FundingRequest) -> HeldRequest {
        HeldRequest(request: request, state: .sent, version: 1, attempt: 1, lastAttemptAt: 0)
    }

    static func answer(
        key: String = "LC-1.harbor.1", state: String, amount: String? = "7000.00",
        currency: String? = "USD", more: String = ""
    ) -> String {
        let money =
            (amount.map { ",\"amount\":\"\($0)\"" } ?? "")
            + (currency.map { ",\"currency\":\"\($0)\"" } ?? "")
        return "{\"key\":\"\(key)\",\"state\":\"\(state)\"\(money)\(more)}"
    }
}

/// A partner that answers every exchange with the same reply, signed, and remembers what it got.
final class ScriptedPartner: Sendable {
    let requests = Mutex<[ExchangeRequest]>([])
    private let reply: @Sendable (ExchangeRequest) -> ExchangeOutcome

    init(_ reply: @escaping @Sendable (ExchangeRequest) -> ExchangeOutcome) {
        self.reply = reply
    }

    /// Signs whatever it says.
    convenience init(status: Int, _ body: String) {
        self.init { Self.signed(status, body, for: $0) }
    }

    var sent: [ExchangeRequest] { requests.withLock(\.self) }

    func client(
        baseURL: String = "http://127.0.0.1:9001",
        signer: MessageSigner = MessageSigner(secrets: [Samples.secret]),
        _ limit: (inout BatchLimits) -> Void = { _ in }
    ) -> ProtocolV1Client? {
        let endpoint = PartnerEndpoint(baseURL: baseURL, keyID: "platform", signer: signer)
        return endpoint.map { endpoint in
            var endpoint = endpoint
            limit(&endpoint.batch)
            return ProtocolV1Client(
                endpoint: endpoint,
                surroundings: LineSurroundings(
                    carry: { request in
                        self.requests.withLock { $0.append(request) }
                        return self.reply(request)
                    }, now: { Samples.now }, nonce: { "nonce-0001" }))
        }
    }

    static func signed(
        _ status: Int, _ body: String, for request: ExchangeRequest,
        by secret: SigningSecret = Samples.secret
    ) -> ExchangeOutcome {
        let nonce = request.headers.first { $0.name == "Colend-Nonce" }?.value ?? ""
        let text = SignedText.answer(
            status: status, requestNonce: nonce, timestamp: Samples.now, body: Array(body.utf8))
        let headers = [
            (name: "colend-timestamp", value: String(Samples.now)),
            (
                name: "colend-signature",
                value: (try? MessageSigner(secrets: [secret]).signatures(of: text, now: 0)) ?? ""
            ),
        ]
        return answered(status, body, headers)
    }

    static func answered(
        _ status: Int, _ body: String, _ headers: [(name: String, value: String)]
    ) -> ExchangeOutcome {
        .answered(
            ExchangeResponse(status: status, headers: headers, body: Array(body.utf8)),
            Evidence(cause: .answered, curlCode: 0, message: "answered", prereqCalls: 1))
    }
}

extension PartnerAnswer {
    /// The case's name, for tables.
    var kind: String { String("\(self)".prefix { $0 != "(" }) }

    var evidence: String? {
        switch self {
        case .notSent(let evidence), .neverSeen(let evidence), .unknown(let evidence):
            evidence.text
        default: nil
        }
    }
}
