import Foundation
import TestSupport
import Testing

/// `colend demo`: the whole main job with three banks and their faults.
struct DemoTests {
    @Test func `every fault is explained, nothing is funded twice, books balance`() async throws {
        let run = try await DemoRun.first.value
        #expect(run.outcome.exit == 0, "\(run.outcome.errors)")
        let answer: Object = try run.outcome.json()
        #expect(answer["loans"] as? Int == 40)
        #expect(answer["lenders"] as? Int == 4)
        #expect(answer["days"] as? Int == 40)
        #expect(answer["trialBalance"] as? String == "balanced")
        #expect(answer["verify"] as? String == "ok")
        #expect(answer["directory"] as? String == "demo")
        let funding = try #require(answer["funding"] as? [String: Int])
        #expect(funding["doubleFunded"] == 0)
        #expect(try #require(funding["inDoubtResolved"]) > 0)
        #expect(funding["requests"] == (funding["accepted"] ?? 0) + (funding["refused"] ?? 0))
        let breaks = try #require(answer["breaks"] as? [String: Int])
        #expect(breaks["unexplained"] == 0)
        #expect(try #require(breaks["opened"]) > 0)
        #expect(breaks["explained"] == breaks["opened"])
        let settlement = try #require(answer["settlement"] as? Object)
        let nets = try #require(settlement["net"] as? [[String: String]])
        #expect(nets.map { $0["party"] } == ["harbor", "meridian", "summit"])
        #expect(nets.allSatisfy { $0["currency"] == "USD" })
        let states = ["confirmed", "partial", "returned", "underWay"].map {
            settlement[$0] as? Int ?? -1
        }
        #expect(states.reduce(0, +) == settlement["instructions"] as? Int)
        #expect(states[0] > 3 * states[3], "what is under way is what came last")
        #expect(states[1] > 0)
    }

    @Test func `the same seed gives the same digest and the same files`() async throws {
        let (first, again) = try await (DemoRun.first.value, DemoRun.again.value)
        #expect(first.outcome.output == again.outcome.output)
        let files = first.folder.files(below: "demo/out")
        #expect(files.count > 300)
        #expect(files == again.folder.files(below: "demo/out"))
        let digest = try first.outcome.json(as: Object.self)["digest"] as? String
        #expect(digest?.count == 64)
        #expect(try await again.colend("verify --digest").output == "\(digest ?? "")\n")
    }

    @Test func `another seed is another life`() async throws {
        let (first, other) = try await (DemoRun.first.value, DemoRun.other.value)
        #expect(other.outcome.exit == 0, "\(other.outcome.errors)")
        let digests = try [first, other].map {
            try $0.outcome.json(as: Object.self)["digest"] as? String
        }
        #expect(digests[0] != digests[1])
    }

    @Test func `without faults nothing is in doubt`() async throws {
        let folder = try TemporaryFolder()
        let outcome = try await Colend.run(
            "demo", "--loans", "12", "--days", "6", "--faults", "off", "--directory", "calm",
            in: folder)
        #expect(outcome.exit == 0, "\(outcome.errors)")
        let funding = try outcome.json(as: Object.self)["funding"] as? [String: Int]
        #expect(funding?["inDoubtResolved"] == 0)
        #expect(outcome.errors == "" || outcome.errors.contains(" s left"))
        let replaced = try await Colend.run(
            "demo", "--loans", "2", "--days", "1", "--faults", "off", "--quiet",
            "--directory", "calm", in: folder)
        #expect(replaced.exit == 0, "\(replaced.errors)")
        #expect(replaced.errors == "")
    }

    @Test func `a directory that is no demo's is left alone`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("mine", to: "home/letter.txt")
        let outcome = try await Colend.run("demo", "--directory", "home", in: folder)
        #expect(outcome.exit == 74)
        #expect(outcome.codes == ["IO-002"])
        #expect(folder.files() == ["home/letter.txt": Data("mine".utf8)])
    }

    @Test func `variables of the shell do not disturb a demo`() async throws {
        let folder = try TemporaryFolder()
        let outcome = try await Colend.run(
            ["demo", "--loans", "1", "--days", "1", "--faults", "off", "--quiet"],
            environment: [
                "COLEND_CLEARING_SECRET": "c-secret", "COLEND_HARBOR_SECRET": "h-secret",
                "COLEND_SUMMIT_SECRET_FILE": "/nowhere", "COLEND_CUT_OFF": "noon",
                "COLEND_PARTIES_HARBOR_ENDPOINT": "http://bank.example",
                "COLEND_CONFIG": "elsewhere", "COLEND_STORE": "sqlite:elsewhere.db",
            ], in: folder)
        #expect(outcome.exit == 0, "\(outcome.errors)")
        #expect(folder.files().keys.allSatisfy { $0.hasPrefix("demo/") })
    }

    @Test func `a demo that is refused leaves an earlier one as it is`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: "demo/.colend-demo")
        try folder.write("kept", to: "demo/colend.db")
        let before = folder.files()
        let outcome = try await Colend.run(
            ["demo", "--loans", "1", "--days", "1"],
            environment: ["COLEND_MOCKS": folder.path("nowhere")], in: folder)
        #expect(outcome.exit == 74)
        #expect(outcome.codes == ["IO-001"])
        #expect(folder.files() == before)
    }

    /// One loan of the sample.
    private static let sample = """
        loan_id,issue_month,loan_amount,term_months,annual_rate_pct,installment,grade,sub_grade,\
        purpose,application_type,state,homeownership,annual_income,disbursement_method,\
        loan_status,balance,paid_total,paid_principal,paid_interest,paid_late_fees
        LC00016,2018-01,8000,36,5.32,240.92,A,A1,debt_consolidation,individual,FL,MORTGAGE,80000,\
        Cash,Current,6963.58,1198.69,1036.42,162.27,0.00

        """

    @Test func `a bank that does not start ends the demo`() async throws {
        let folder = try TemporaryFolder()
        for bank in ["harbor", "meridian", "summit"] {
            try folder.write("party: [", to: "Mocks/Scenarios/\(bank).yaml")
        }
        try folder.write(Self.sample, to: "Mocks/Data/loans.csv")
        let outcome = try await Colend.run(
            ["demo", "--loans", "1", "--days", "1"],
            environment: ["COLEND_MOCKS": folder.path("Mocks")], in: folder)
        #expect(outcome.exit == 69)
        #expect(outcome.codes == ["DEMO-001"], "\(outcome.errors)")
        #expect(outcome.output == "")
    }
}
