import Foundation
import TestSupport
import Testing

/// `colend config explain --loss`: who bears what of a loan that is never paid back.
struct LossExplanationTests {
    private static let sharing = """
        lossSharing:
          - name: first-loss
            provider: platform
            lenders: [harbor]
            trigger: 90
            way: invocation
            cover: {kind: frozen-set, percent: 5%, setLimit: "400000.00"}
          - name: own-ratio
            trigger: charge-off
            shares: {platform: 50%, harbor: 50%}
        chargeOff: {daysPastDue: 180}

        """

    private func explained(_ options: String...) async throws -> Colend.Outcome {
        let books = try await Books.new()
        let path = "Config/agreements/harbor-70-30.yaml"
        let agreement = try String(
            contentsOfFile: books.folder.path(path), encoding: .utf8)
        try books.folder.write(agreement + Self.sharing, to: path)
        try books.folder.write(
            """
            {"loan_id": "L1", "borrower_id": "B1", "product": "instalment-loan",
             "principal": "1000.00", "currency": "USD", "annual_rate_percent": "12",
             "instalments": "12", "agreement": "harbor-70-30"}
            """, to: "loan.json")
        return try await books.colend(["config", "explain", "loan.json"] + options)
    }

    @Test func `a table tells layer by layer who pays, and who bears it`() async throws {
        let outcome = try await explained("--loss", "--output", "table")
        #expect(outcome.exit == 0, "\(outcome.errors)")
        let lines = outcome.output.split(separator: "\n").map {
            $0.split(separator: " ").joined(separator: " ")
        }
        // 5 % of the 700.00 that harbor lends; then its 665.00 and 300.00 become 482.50 each.
        let told = [
            "90 days first-loss platform harbor 700.00 35.00 harbor-70-30/first-loss 20000.00 "
                + "0.00 exhausted",
            "180 days, charge-off own-ratio platform harbor 182.50",
            "platform 482.50 35.00 517.50", "harbor 482.50 0.00 482.50",
        ]
        for line in told { #expect(lines.contains { $0.hasSuffix(line) }, "\(outcome.output)") }
        #expect(lines.contains("A total loss of 1000.00"))
    }

    @Test func `json has every stage, and nothing of it where it is not asked`() async throws {
        let outcome = try await explained("--loss", "--output", "json")
        let loss = try #require(outcome.json(as: Object.self)["loss"] as? Object)
        #expect(loss["amount"] as? String == "1000.00")
        let stages = try #require(loss["stages"] as? [Object])
        #expect(stages.map { $0["daysPastDue"] as? Int } == [90, 180])
        #expect(stages.map { $0["chargedOff"] as? Bool } == [false, true])
        let draw = try #require((stages[0]["draws"] as? [Object])?.first)
        #expect(draw["taken"] as? String == "35.00")
        #expect(draw["cover"] as? String == "harbor-70-30/first-loss")
        #expect(draw["ceiling"] as? String == "20000.00")
        #expect(draw["because"] as? String == "exhausted")
        let transfer = try #require((stages[1]["transfers"] as? [Object])?.first)
        #expect(transfer["amount"] as? String == "182.50")
        let borne = try #require(loss["borne"] as? [Object])
        #expect(borne.map { $0["amount"] as? String } == ["517.50", "482.50"])
        let plain = try await explained("--output", "json")
        #expect(try plain.json(as: Object.self)["loss"] == nil)
    }
}
