import LendingRules
import Monetary
import Testing

/// Harbor pays 10 % of the interest it collects, cumulative and half up.
struct ServiceFeeTests {
    @Test(
        arguments: [
            // paid, harbor's interest, fee
            ("0.01", 1, 0), ("0.06", 4, 0), ("0.07", 5, 1), ("0.20", 14, 1), ("0.21", 15, 2),
            ("12.00", 840, 84), ("412.00", 840, 84),
        ])
    func `the fee is half up on collected interest only`(paid: String, interest: Int64, fee: Int64)
        throws
    {
        let harbor = try Story("P1 02-01 \(paid)").position("02-01").lenders[1]
        #expect(harbor.paid.allInterest == interest)
        #expect(harbor.serviceFees == [fee])
    }

    @Test
    func `many payments owe the fee of one, and each carries its difference`() throws {
        let facts = (1...120).map { "P\($0) 02-01 0.10" }.joined(separator: ";")
        let position = try Story(facts).position("02-01")
        #expect(position.lenders[1].serviceFees == [84])
        let fees = position.payments.map { $0.parts[1].serviceFee }
        #expect(fees.reduce(0, +) == 84)
        #expect(Set(fees) == [0, 1])
        #expect(position.payments.allSatisfy { $0.parts[0].serviceFee == 0 })
    }

    @Test
    func `overdue interest owes it, penalty and principal do not`() throws {
        let position = try Story("P1 02-10 413.78").position("02-10")
        #expect(position.lenders[1].paid.overdueInterest == 840)
        #expect(position.lenders[1].serviceFees == [84])
    }

    @Test
    func `a reversed payment gives its fee back`() throws {
        let story = try Story("P1 02-01 12.00; P2 02-03 5.00; -P1 02-05")
        #expect(try story.position("02-04").lenders[1].serviceFees == [84])
        // P2 alone: 5.00 of interest, 3.50 of it harbor's.
        #expect(try story.position("02-05").lenders[1].serviceFees == [35])
    }

    @Test
    func `a payer that is no lender of the loan owes nothing`() throws {
        var story = try Story("P1 02-01 412.00")
        story = try story.withoutHarbor()
        let position = try story.position("02-01")
        #expect(position.lenders.map(\.serviceFees) == [[0]])
        #expect(try story.entries("02-01").allSatisfy { !$0.hasPrefix("service-fee") })
    }
}

extension Story {
    /// The same loan after the platform took harbor's share.
    fileprivate func withoutHarbor() throws -> Story {
        Story(
            contract: try LoanContract(
                loan: contract.loan, agreement: contract.agreement, schedule: contract.schedule,
                lenders: [contract.platform], fundedAmounts: [120_000],
                platform: contract.platform, serviceFees: contract.serviceFees,
                penalty: contract.penalty, materiality: 0), facts: facts)
    }

    /// 36.5 % of a year: 0.1 % a day. The platform holds 1,200.00 until the end of 01-10, harbor
    /// 840.00 from then on.
    @Test(arguments: [("harbor", [0, 84]), ("platform", [1_200, 1_236])])
    func `the night of a transfer is that of the old holders`(payer: String, fees: [Int64]) throws {
        let fee = ServiceFee(
            payer: PartyID(payer), payee: PartyID(payer == "harbor" ? "platform" : "harbor"),
            base: .principalOutstanding, rate: try Share("36.5%"), earned: .daily)
        let story = try Story("T1 01-10 transfer 360.00/840.00", lent: [120_000, 0])
            .served(fees: [fee])
        let charged = try ["01-10", "01-11"].map { date in
            try story.position(date).lenders.reduce(0) { $0 + $1.serviceFees[0] }
        }
        #expect(charged == fees)
    }
}
