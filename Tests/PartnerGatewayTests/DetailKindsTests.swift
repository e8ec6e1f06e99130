// The files that move no money by themselves, byte for byte.

import BusinessCalendar
import LendingRules
import Monetary
import Operations
import PartnerGateway
import Reconciling
import Testing

@Suite struct DetailKindsTests {
    private let format = ProtocolV1Files(sender: PartyID("platform"))
    private static let loan = LoanID("LC-1")

    private static let lines = DetailLines(
        disbursements: [],
        repayments: [
            RepaymentLine(
                row: DistributionRow(
                    loan: loan, line: "P-1", lender: Samples.harbor, postedOn: Samples.date,
                    valueDate: Samples.date, reverses: "", correctionOf: "",
                    components: Components(interest: 7_000), serviceFee: 560),
                currency: Samples.usd)
        ],
        balances: [
            LenderBalance(
                loan: loan, lender: Samples.harbor, date: Samples.date, currency: Samples.usd,
                claims: Components(
                    principal: 1, overduePrincipal: 2, interest: 233, penalty: 45),
                daysPastDue: 91, accrualStatus: .nonAccrual,
                accrual: OpenAccrual(interest: 240, penalty: 12, penaltyOnInterest: 3))
        ],
        inFlight: [
            InFlightLine(
                requestKey: "LC-2.harbor.1", loan: LoanID("LC-2"), principal: 70_00,
                currency: Samples.usd)
        ],
        plans: [
            PlanLine(
                loan: loan,
                share: PlanShare(
                    number: 1, dueOn: Samples.date, principal: 551_94, interest: 70_00),
                currency: Samples.usd)
        ],
        parts: [
            PartLine(
                part: DistributionPart(
                    loan: loan, line: "P-1", lender: Samples.harbor, postedOn: Samples.date,
                    instalment: 3,
                    components: Components(
                        principal: 1, overduePrincipal: 2, interest: 3, overdueInterest: 4,
                        penalty: 5, penaltyOnInterest: 7, fee: 8), serviceFee: 6),
                currency: Samples.usd)
        ],
        statusChanges: [
            StatusChange(
                loan: loan, date: Samples.date, from: .current, to: .pastDue, daysPastDue: 91,
                accrual: .nonAccrual)
        ],
        fees: [
            FeeLine(id: "P-1", gross: 560, currency: Samples.usd),
            FeeLine(id: "LC-1~disbursed~2026-01-03", gross: 742, tax: 42, currency: Samples.usd),
        ])

    static let files: [(name: String, text: String)] = [
        (
            "in-flight.csv",
            "request_key,loan_id,principal,currency\nLC-2.harbor.1,LC-2,70.00,USD\n"
        ),
        (
            "instalment-plan.csv",
            """
            loan_id,instalment,due_date,principal,interest,fee,currency
            LC-1,1,2026-01-03,551.94,70.00,0.00,USD

            """
        ),
        (
            "repayments-by-instalment.csv",
            """
            payment_id,loan_id,instalment,principal,overdue_principal,interest,overdue_interest,\
            penalty,fee,service_fee,currency
            P-1,LC-1,3,0.01,0.02,0.03,0.04,0.12,0.08,0.06,USD

            """
        ),
        (
            "accruals.csv",
            """
            loan_id,interest,penalty_principal,penalty_interest,currency
            LC-1,2.40,0.12,0.03,USD

            """
        ),
        (
            "status-changes.csv",
            """
            loan_id,from,to,dpd,class,accrual
            LC-1,current,past-due,91,M4,non-accrual

            """
        ),
        (
            "fees.csv",
            """
            fact_id,kind,net,tax,gross,currency
            P-1,service-fee,5.60,0.00,5.60,USD
            LC-1~disbursed~2026-01-03,service-fee,7.00,0.42,7.42,USD

            """
        ),
        (
            "buy-backs.csv",
            """
            fact_id,loan_id,kind,principal,overdue_principal,interest,overdue_interest,penalty,\
            fee,counterparty,price,currency,value_date,reverses

            """
        ),
    ]

    @Test(arguments: files)
    func `every column is the protocol's`(name: String, text: String) throws {
        let files = try format.render(Self.lines, for: Samples.harbor, on: Samples.date)
        let file = try #require(files.first { $0.name == name })
        #expect(String(decoding: file.bytes, as: UTF8.self) == text)
        let layout = try #require(FileLayout.reconciled.first { $0.name + ".csv" == name })
        let rows = text.split(separator: "\n").count - 1
        #expect(try format.records(file, layout: layout).count == rows)
    }

    @Test func `every file is in the manifest, in the order of sending`() throws {
        let files = try format.render(Self.lines, for: Samples.harbor, on: Samples.date)
        let manifest = try format.manifest(files[0].bytes)
        #expect(
            manifest.files.map(\.name) == [
                "disbursements.csv", "in-flight.csv", "instalment-plan.csv", "repayments.csv",
                "repayments-by-instalment.csv", "waivers.csv", "charge-offs.csv",
                "recoveries.csv", "refunds.csv", "corrections.csv", "compensations.csv",
                "buy-backs.csv", "transfers.csv", "balances.csv", "accruals.csv",
                "status-changes.csv", "fees.csv",
            ])
        #expect(manifest.files.map(\.name) == files.dropFirst().map(\.name))
        #expect(manifest.files.first { $0.name == "status-changes.csv" }?.entry.totals == [])
    }

    @Test func `a status has no currency and needs none`() throws {
        let text = "class,accrual,dpd,to,from,loan_id\nM1,accrual,1,past-due,current,LC-1\n"
        let file = FileContent(name: "status-changes.csv", bytes: Array(text.utf8))
        let record = try #require(try format.records(file, layout: .statusChanges).first)
        #expect(record.key == ["LC-1"])
        #expect(record.fields == ["current", "past-due", "1", "M1", "accrual"])
        #expect(record.currency == .unstated)
        #expect(Currency(code: Currency.unstated.code) == nil, "no text is read as no currency")
    }
}
