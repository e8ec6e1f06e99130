import Foundation
import TestSupport
import Testing

/// The order of the lines of whatever comes in decides nothing.
struct ShuffleTests {
    /// Half of two hundred for each test.
    private static let times: Int = {
        #if DEBUG
            5
        #else
            100
        #endif
    }()

    @Test func `a partner's files in any order leave the same books`() async throws {
        var random = SeededGenerator(seed: SeededCase.runSeed)
        let files = try await HandedFiles(of: "harbor", on: "2026-02-05")
        let before = try await files.run.colend("verify --digest").output
        for time in 1...Self.times {
            try await files.reorder { $0.shuffled(using: &random) }
            let outcome = try await files.run.colend(
                "files import --partner harbor --date 2026-02-05 --directory in")
            #expect(outcome.exit == 0 || outcome.exit == 2, "\(outcome.errors)")
            let after = try await files.run.colend("verify --digest").output
            try #require(after == before, "shuffle \(time), seed \(SeededCase.runSeed)")
        }
    }

    @Test func `loans, payments and facts in any order leave the same books and files`()
        async throws
    {
        var random = SeededGenerator(seed: SeededCase.runSeed)
        let run = try await DemoRun.first.value
        let loans = try await run.colend("loans list").json(as: [Object].self)
        let paying = loans.filter { $0["state"] as? String == "disbursed" }
            .compactMap { $0["loan"] as? String }
        try #require(paying.count > 20)
        let first = try await day(with: DayInput(paying), of: run)
        for time in 1...Self.times {
            var input = DayInput(paying)
            input.shuffle(using: &random)
            let again = try await day(with: input, of: run)
            try #require(again == first, "shuffle \(time), seed \(SeededCase.runSeed)")
        }
    }

    /// What a day's input leaves: the digest, and our files of the date.
    private struct Left: Equatable {
        let digest: String
        let files: [String: Data]
    }

    private func day(with input: DayInput, of run: DemoRun) async throws -> Left {
        let copy = try run.copied()
        for (command, name, text) in input.files {
            try copy.folder.write(text, to: name)
            let outcome = try await copy.colend("\(command) import \(name)")
            try #require(outcome.exit == 0, "\(outcome.errors)")
        }
        let closed = try await copy.colend("eod --date \(DayInput.date)")
        try #require(closed.exit == 0 || closed.exit == 2, "\(closed.errors)")
        return Left(
            digest: try await copy.colend("verify --digest").output,
            files: copy.folder.files(below: "demo/out/\(DayInput.date)"))
    }
}

/// New loans, payments and facts of the demo's open date.
private struct DayInput {
    static let date = "2026-02-10"

    private var loans: [String]
    private var payments: [String]
    private var facts: [String]

    init(_ paying: [String]) {
        loans = (1...15).map {
            "N\($0),B\($0),instalment-loan,\($0 + 4)00.00,USD,9.5,12,\(Self.date)T09:00:00Z,trio"
        }
        payments = paying.enumerated().map { index, loan in
            "S-\(loan),\(loan),\(40 + index * 7).25,USD,\(Self.date)T12:00:00Z,\(Self.date)"
        }
        facts = paying.prefix(6).map {
            "{\"id\":\"W-\($0)\",\"kind\":\"charge-off\",\"loan\":\"\($0)\",\"scope\":\"full\","
                + "\"valueDate\":\"\(Self.date)\",\"at\":\"\(Self.date)T15:00:00Z\"}"
        }
    }

    mutating func shuffle(using random: inout SeededGenerator) {
        loans.shuffle(using: &random)
        payments.shuffle(using: &random)
        facts.shuffle(using: &random)
    }

    /// Command, file and content, in the order of a day.
    var files: [(command: String, name: String, text: String)] {
        let loanHeader =
            "loan_id,borrower_id,product,principal,currency,annual_rate_percent,instalments,"
            + "approved_at,agreement"
        let paymentHeader = "payment_id,loan_id,amount,currency,paid_at,value_date"
        func text(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }
        return [
            ("loans", "in/loans.csv", text([loanHeader] + loans)),
            ("repayments", "in/repayments.csv", text([paymentHeader] + payments)),
            ("facts", "in/facts.ndjson", text(facts)),
        ]
    }
}
