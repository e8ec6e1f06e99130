import LendingRules
import Settings
import TestSupport
import Testing

/// Who pays the borrower, as an agreement says it.
struct DisbursementSettingsTests {
    private static func agreement(_ lines: String) throws -> Agreement {
        var contents = Sample.minimal
        contents["agreements/harbor-70-30.yaml"]? += lines
        let configuration = try Sample.load(contents)
        return try #require(configuration.agreements.first)
    }

    @Test(
        arguments: [
            ("", .reimburse), ("disbursement: reimburse\n", .reimburse),
            ("disbursement: reserve\n", .reserve), ("disbursement: escrow\n", .escrow),
            ("disbursement: direct\n", .direct),
            (
                "disbursement: lender-pays-all\npayer: harbor\n",
                .lenderPaysAll(payer: PartyID("harbor"))
            ),
        ] as [(String, DisbursementWay)])
    func `an agreement says who pays`(lines: String, way: DisbursementWay) throws {
        #expect(try Self.agreement(lines).disbursement == way)
    }

    @Test(
        arguments: [
            ("", .beforePayout), ("fundingMode: before-payout\n", .beforePayout),
            (
                "fundingMode: after-payout\ntransferDays: 15\n",
                .afterPayout(transferDays: 15)
            ),
        ] as [(String, FundingMode)])
    func `an agreement says when lenders fund`(lines: String, mode: FundingMode) throws {
        let agreement = try Self.agreement(lines)
        #expect(agreement.fundingMode == mode)
        #expect(Agreement(canonicalTerms: agreement.canonicalTerms)?.fundingMode == mode)
    }

    @Test func `another way is another version, the usual one written out is not`() throws {
        let usual = try Self.agreement("").canonicalTerms
        #expect(try Self.agreement("disbursement: reimburse\n").canonicalTerms == usual)
        #expect(try Self.agreement("disbursement: direct\n").canonicalTerms != usual)
    }
}
