import LendingRules
import TestSupport
import Testing

/// A cover that several versions of an agreement divide.
struct DividedCoverTests {
    @Test
    func `versions of an agreement that divide a cover ask for it together`() throws {
        let shared = LossLayer.first(
            at: 90,
            cover: CoverTerms(kind: .reserve(amount: 600), allocation: .proRata))
        let old = LossStory(terms: LossTerms(layers: [shared]))
        let new = LossStory(
            terms: LossTerms(
                layers: [
                    .first("guarantee", by: "keystone", at: 90, share: .parts(1, of: 2)), shared,
                ]))
        let cases = [try old.loan("A 90<89 harbor 600"), try new.loan("B 90<89 harbor 1200")]
        #expect(
            try LossRun.run(cases, covers: [:], on: old.date).told == [
                "B guarantee: keystone pays harbor 600",
                "A first-loss: platform pays harbor 300 of 600, exhausted",
                "B first-loss: platform pays harbor 300 of 600, exhausted",
                "A leaves harbor 300", "B leaves harbor 300",
                "harbor-70-30/first-loss has 0 of 600",
            ])
    }
}
