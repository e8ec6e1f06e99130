import LendingRules
import Monetary
import Testing

/// Orders of allocation, penalty on interest, grace and non-accrual.
struct ServicingTermsTests {
    private let usual = ClaimComponent.allCases

    private func paid(_ story: Story, _ date: String) throws -> [String] {
        try story.position(date).payments.last?.steps.map {
            "\($0.instalment) \($0.claim.rawValue) \(Story.text($0.amount))"
        } ?? []
    }

    @Test func `by instalment the oldest is paid whole first`() throws {
        let story = try Story("P1 03-05 20.00")
        #expect(
            try paid(story, "03-05") == [
                "1 penalty 6.31", "1 overdue-interest 12.00", "1 overdue-principal 1.69",
            ])
    }

    @Test func `by component the first one of all instalments is paid first`() throws {
        let story = try Story("P1 03-05 20.00").served {
            $0.allocation = AllocationTerms(
                order: .byComponent, pastDue: usual, due: usual, inAdvance: usual)
        }
        #expect(
            try paid(story, "03-05") == [
                "1 penalty 6.31", "2 penalty 0.79", "1 overdue-interest 12.00",
                "2 overdue-interest 0.90",
            ])
    }

    @Test(arguments: [("05-02", "1 penalty 17.75"), ("05-03", "1 overdue-principal 20.00")])
    func `a loan more than 90 days past due may be paid principal first`(
        date: String, first: String
    ) throws {
        let story = try Story("P1 \(date) 20.00").served {
            $0.allocation = AllocationTerms(
                order: .byInstalment, pastDue: usual, due: usual, inAdvance: usual,
                seriouslyPastDue: AllocationTerms.SeriousOrder(
                    afterDays: 90, components: [.principal, .interest, .fee, .penalty]))
        }
        #expect(try paid(story, date).first == first)
    }

    @Test func `overdue interest bears a penalty of its own where the product says so`() throws {
        let story = try Story().served {
            $0.penalty = PenaltyTerms(
                multipleThousandths: 0, graceDays: 0, onInterestThousandths: 1500)
        }
        let lenders = try story.position("02-10").lenders
        // 12.00 × 1.5 × 12 % × 10 ÷ 365.
        #expect(lenders.map(\.penaltyOnInterest) == [2, 4])
        #expect(lenders.map(\.penalty) == [0, 0])
    }

    @Test(arguments: [(false, 99), (true, 39)])
    func `what is paid after the grace owes from the due date, or from its end`(
        forgives: Bool, expected: Int64
    ) throws {
        let story = try Story().served {
            $0.penalty = PenaltyTerms(
                multipleThousandths: 1500, graceDays: 3, forgivesGrace: forgives)
        }
        let penalty = try story.position("02-05").lenders.reduce(0) { $0 + $1.penalty }
        #expect(penalty == expected)
    }

    @Test func `after 90 days income stands in a memorandum until all is paid`() throws {
        let story = try Story("P1 05-10 1300.00")
        #expect(try !story.position("05-02").isNonAccrual)
        #expect(try story.position("05-03").isNonAccrual)
        let entries = try story.entries("05-03")
        #expect(entries.contains("non-accrual harbor 1140 -16.80"))
        #expect(entries.contains("non-accrual harbor 4010 16.80"))
        #expect(try !story.position("05-10").isNonAccrual)
        #expect(try story.entries("05-10").contains("non-accrual harbor 4010 -16.80"))
    }

    @Test func `a cure may wait for instalments paid on time`() throws {
        let story = try Story("P1 03-05 425.00; P2 04-01 404.00").served {
            $0.nonAccrual = NonAccrualTerms(afterDays: 30, observedInstalments: 1)
        }
        #expect(try story.position("03-04").isNonAccrual)
        let late = try Story("P1 03-05 830.00; P2 04-01 404.00").served {
            $0.nonAccrual = NonAccrualTerms(afterDays: 30, observedInstalments: 1)
        }
        #expect(try late.position("03-05").isNonAccrual)
        #expect(try !late.position("04-01").isNonAccrual)
    }
}
