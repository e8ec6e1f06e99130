import Foundation
import TestSupport
import Testing

/// The platform and a bank, each with its own code, under every signing profile.
struct SigningTests {
    @Test(arguments: SigningCase.all)
    func `loans are funded under every profile`(profile: SigningCase) async throws {
        let pair = try await SigningPair(profile)
        let bank = profile.kind == nil ? ["A"] : ["B"]
        let fund = try await pair.fund(own: ["A"], partner: bank, bank: bank, platform: ["A"])
        #expect(fund.outcome.exit == 0, "\(fund.outcome.errors) \(fund.outcome.output)")
        #expect(fund.accepted > 0)
        let doctor = try await pair.colend(["doctor", "--offline"])
        #expect(doctor.exit == 0, "\(doctor.output)")
        #expect(try await pair.colend(["config", "check"]).exit == 0)
        pair.expectNoSecret(in: fund.outcome, doctor)
    }

    @Test(arguments: SigningCase.all)
    func `the doctor tells keys that do not fit`(profile: SigningCase) async throws {
        let pair = try await SigningPair(profile)
        if profile.kind == nil {
            #expect(
                try await pair.doctor(own: ["A"], partner: [], bank: ["A"], platform: []) == "ok")
            #expect(
                try await pair.doctor(own: ["A"], partner: [], bank: ["B"], platform: [])
                    == "warning")
            return
        }
        func state(_ partner: String, _ platform: String) async throws -> String? {
            try await pair.doctor(
                own: ["A"], partner: [partner], bank: ["B"], platform: [platform])
        }
        #expect(try await state("B", "A") == "ok")
        #expect(try await state("D", "A") == "warning", "its answers are not proven")
        #expect(try await state("B", "C") == "warning", "it does not take ours")
    }

    @Test(arguments: SigningCase.all)
    func `a key is changed on either side without a request lost`(
        profile: SigningCase
    ) async throws {
        let pair = try await SigningPair(profile)
        /// The keys of ours, those of the bank's we take, the bank's, those of ours it takes.
        let steps: [(own: [String], partner: [String], bank: [String], platform: [String])] =
            profile.kind == nil
            ? [
                (["A"], [], ["A"], []), (["A"], [], ["A", "B"], []),
                (["A", "B"], [], ["A", "B"], []), (["A", "B"], [], ["B"], []),
                (["B"], [], ["B"], []),
            ]
            : [
                (["A"], ["B"], ["B"], ["A"]), (["A", "C"], ["B"], ["B"], ["A", "C"]),
                (["A", "C"], ["B", "D"], ["B"], ["C"]), (["C"], ["B", "D"], ["B", "D"], ["C"]),
                (["C"], ["B", "D"], ["D"], ["C"]), (["C"], ["D"], ["D"], ["C"]),
            ]
        for (number, step) in steps.enumerated() {
            let fund = try await pair.fund(
                own: step.own, partner: step.partner, bank: step.bank, platform: step.platform)
            #expect(fund.accepted == 1, "step \(number): \(fund.outcome.output)")
        }
        // The first key is gone on the other side: nothing more is believed under it.
        let last = try #require(steps.last)
        let old = try await pair.fund(
            own: ["A"], partner: last.partner, bank: last.bank, platform: last.platform)
        #expect(old.accepted == 0, "\(old.outcome.output)")
        #expect(old.outcome.exit != 0)
        #expect(try await pair.signatureRefusals() > 0)
        pair.expectNoSecret(in: old.outcome)
    }

    @Test(arguments: SigningCase.all.filter { $0.kind != nil })
    func `an answer under a key we do not know is not believed`(
        profile: SigningCase
    ) async throws {
        let pair = try await SigningPair(profile)
        let fund = try await pair.fund(own: ["A"], partner: ["B"], bank: ["D"], platform: ["A"])
        #expect(fund.accepted == 0)
        #expect(fund.outcome.exit == 2, "\(fund.outcome.output)")
        // Once its key is known, the bank is asked and says what became of the request.
        let asked = try await pair.fund(
            own: ["A"], partner: ["B", "D"], bank: ["D"], platform: ["A"], imports: false)
        #expect(asked.outcome.exit == 0, "\(asked.outcome.output)")
    }
}
