// Our files byte for byte, and partners' files as records.

import BusinessCalendar
import LendingRules
import Monetary
import Operations
import PartnerGateway
import Reconciling
import Testing

@Suite struct DetailFilesTests {
    private let format = ProtocolV1Files(sender: PartyID("platform"))

    private static let lines = DetailLines(
        disbursements: [
            DisbursementLine(
                requestKey: "LC-1.harbor.1", loan: LoanID("LC-1"), partnerReference: "H-9",
                principal: 700_000, currency: Samples.usd, valueDate: Samples.date)
        ],
        repayments: [
            repayment("P-1", interest: 7_000), repayment("P-2", interest: -7_000, reverses: "P-1"),
        ],
        balances: [
            LenderBalance(
                loan: LoanID("LC-1"), lender: Samples.harbor, date: Samples.date,
                currency: Samples.usd,
                claims: Components(
                    principal: 600_000, overduePrincipal: 100_000, interest: 233,
                    overdueInterest: 7_000, penalty: 45, penaltyOnInterest: 6, fee: 150),
                daysPastDue: 31, accrualStatus: .nonAccrual)
        ],
        facts: [
            fact("W-1", .waiver, -500, counterparty: "platform", price: 500),
            fact("C-1", .chargeOff, -700_000), fact("C-2", .partialChargeOff, -100),
            claims("C-3", Components(penalty: -1, penaltyOnInterest: -2, fee: -300)),
            fact("R-1", .recovery, 2_000, counterparty: "platform", price: 2_000),
            fact("P-9~W-1", .waiver, 200, corrects: "W-1", counterparty: "platform", price: -200),
        ])

    private static func claims(_ line: String, _ components: Components) -> FactFileLine {
        FactFileLine(
            row: FactLine(
                loan: LoanID("LC-1"), line: line, lender: Samples.harbor, kind: .partialChargeOff,
                postedOn: Samples.date, valueDate: Samples.date, corrects: "", counterparty: "",
                components: components, price: 0), currency: Samples.usd)
    }

    private static func fact(
        _ line: String, _ kind: FactLine.Kind, _ interest: Int64, corrects: String = "",
        counterparty: String = "", price: Int64 = 0
    ) -> FactFileLine {
        FactFileLine(
            row: FactLine(
                loan: LoanID("LC-1"), line: line, lender: Samples.harbor, kind: kind,
                postedOn: Samples.date, valueDate: Samples.date, corrects: corrects,
                counterparty: counterparty, components: Components(overdueInterest: interest),
                price: price), currency: Samples.usd)
    }

    @Test func `the files of facts have a line where their kind belongs`() throws {
        let files = try rendered()
        let header = """
            fact_id,loan_id,kind,principal,overdue_principal,interest,overdue_interest,penalty,fee,\
            counterparty,price,currency,value_date,reverses

            """
        let end = "USD,2026-01-03"
        let expected = [
            "waivers.csv":
                "W-1,LC-1,waiver,0.00,0.00,0.00,-5.00,0.00,0.00,platform,5.00,\(end),\n",
            "charge-offs.csv": """
            C-1,LC-1,charge-off,0.00,0.00,0.00,-7000.00,0.00,0.00,,0.00,\(end),
            C-2,LC-1,partial-charge-off,0.00,0.00,0.00,-1.00,0.00,0.00,,0.00,\(end),
            C-3,LC-1,partial-charge-off,0.00,0.00,0.00,0.00,-0.03,-3.00,,0.00,\(end),

            """,
            "recoveries.csv":
                "R-1,LC-1,recovery,0.00,0.00,0.00,20.00,0.00,0.00,platform,20.00,\(end),\n",
            "refunds.csv": "",
            "corrections.csv":
                "P-9~W-1,LC-1,waiver,0.00,0.00,0.00,2.00,0.00,0.00,platform,-2.00,\(end),W-1\n",
        ]
        for (name, rows) in expected { #expect(files[name] == header + rows, "\(name)") }
    }

    private static func repayment(
        _ line: String, interest: Int64, reverses: String = ""
    ) -> RepaymentLine {
        let components = Components(
            principal: 1, interest: abs(interest), penalty: 2, penaltyOnInterest: 3, fee: 4)
        return RepaymentLine(
            row: DistributionRow(
                loan: LoanID("LC-1"), line: line, lender: Samples.harbor, postedOn: Samples.date,
                valueDate: Samples.date, reverses: reverses, correctionOf: "",
                components: interest < 0 ? components.negated : components,
                serviceFee: interest / 10),
            currency: Samples.usd)
    }

    private func rendered(_ lines: DetailLines = lines) throws -> [String: String] {
        let files = try format.render(lines, for: Samples.harbor, on: Samples.date)
        #expect(files.first?.name == "manifest.json")
        return Dictionary(
            uniqueKeysWithValues: files.map { ($0.name, String(decoding: $0.bytes, as: UTF8.self)) }
        )
    }

    @Test func `the files are the protocol's, column by column`() throws {
        let files = try rendered()
        #expect(
            files["disbursements.csv"] == """
                request_key,loan_id,partner_loan_no,principal,currency,value_date,reverses
                LC-1.harbor.1,LC-1,H-9,7000.00,USD,2026-01-03,

                """)
        #expect(
            files["repayments.csv"] == """
                payment_id,loan_id,principal,overdue_principal,interest,overdue_interest,penalty,\
                fee,service_fee,currency,value_date,reverses,correction_of
                P-1,LC-1,0.01,0.00,70.00,0.00,0.05,0.04,7.00,USD,2026-01-03,,
                P-2,LC-1,-0.01,0.00,-70.00,0.00,-0.05,-0.04,-7.00,USD,2026-01-03,P-1,

                """)
        #expect(
            files["balances.csv"] == """
                loan_id,principal,overdue_principal,interest,overdue_interest,penalty_principal,\
                penalty_interest,fee,currency,dpd,class,accrual
                LC-1,6000.00,1000.00,2.33,70.00,0.45,0.06,1.50,USD,31,M2,non-accrual

                """)
    }

    @Test func `the manifest counts, sums and digests what is sent`() throws {
        let files = try format.render(Self.lines, for: Samples.harbor, on: Samples.date)
        let manifest = try format.manifest(files[0].bytes)
        #expect(manifest.party.name == "platform")
        #expect(manifest.date == Samples.date)
        #expect(manifest.files.map(\.name) == files.dropFirst().map(\.name))
        let repayments = manifest.files[3]
        #expect(repayments.entry.rows == 2)
        #expect(
            repayments.entry.totals.contains(
                ControlTotal(column: "interest", currency: Samples.usd, sum: 0, absolute: 14_000)))
        #expect(repayments.sha256.count == 64)
        #expect(try rendered()["manifest.json"] == String(decoding: files[0].bytes, as: UTF8.self))
    }

    @Test func `a date without lines has files with a header`() throws {
        let none = DetailLines(disbursements: [], repayments: [], balances: [])
        let files = try rendered(none)
        #expect(files.count == FileLayout.reconciled.count + 1)
        #expect(files["repayments.csv"]?.split(separator: "\n").count == 1)
        let content = FileContent(
            name: "repayments.csv", bytes: Array((files["repayments.csv"] ?? "").utf8))
        #expect(try format.records(content, layout: .repayments) == [])
    }

    @Test func `a file is read into records whatever the order of its columns`() throws {
        let text = """
            loan_id,payment_id,currency,value_date,principal,overdue_principal,interest,\
            overdue_interest,penalty,fee,service_fee,reverses,correction_of
            LC-1,P-1,USD,2026-01-03,1,2.5,3.00,4,-5,6,7.01,P-0,

            """
        let file = FileContent(name: "repayments.csv", bytes: Array(text.utf8))
        let record = try format.records(file, layout: .repayments).first
        #expect(
            record
                == Record(
                    key: ["P-1"], amounts: [100, 250, 300, 400, -500, 600, 701],
                    currency: Samples.usd, valueDate: Samples.date, fields: ["LC-1", "P-0", ""],
                    line: 2))
    }

    @Test func `a payout's own loan number is read beside the loan`() throws {
        let files = try format.render(Self.lines, for: Samples.harbor, on: Samples.date)
        let file = try #require(files.first { $0.name == "disbursements.csv" })
        let record = try #require(try format.records(file, layout: .disbursements).first)
        #expect(record.loanNumber == "H-9" && record.fields == ["LC-1", ""])
        #expect(record.readBy.isEmpty)
    }

    @Test func `what we write we read back as it was`() throws {
        let files = try format.render(Self.lines, for: Samples.harbor, on: Samples.date)
        for (file, layout) in zip(files.dropFirst(), FileLayout.reconciled) {
            let records = try format.records(file, layout: layout)
            let isFilled = [.disbursements, .repayments, .balances].contains(layout)
            #expect(!records.isEmpty || !isFilled)
            #expect(records.allSatisfy { $0.fits(layout) })
        }
    }

    @Test(arguments: [
        ("a,b\n", "FILE-006 1:1"),
        ("request_key,loan_id,partner_loan_no,principal,currency,value_date\n", "FILE-006 1:1"),
        (header.replacing("reverses", with: "reversed"), "FILE-006 1:1"),
        (header.replacing("reverses", with: "loan_id"), "FILE-006 1:1"),
        (header + "k,LC-1,H,1.00,USD,2026-01-03,,\n", "FILE-004 2:1"),
        (header + "k,LC-1,H,1.001,USD,2026-01-03,\n", "FILE-007 2:10"),
        (header + "k,LC-1,H,1e3,USD,2026-01-03,\n", "FILE-007 2:10"),
        (header + "k,LC-1,H,,USD,2026-01-03,\n", "FILE-007 2:10"),
        (header + "k,LC-1,H,99999999999999999999,USD,2026-01-03,\n", "FILE-007 2:10"),
        (header + "k,LC-1,H,10000000000000.01,USD,2026-01-03,\n", "FILE-007 2:10"),
        (header + "k,LC-1,H,-92233720368547758.08,USD,2026-01-03,\n", "FILE-007 2:10"),
        (header + "k,LC-1,H,1.00,XXX,2026-01-03,\n", "FILE-008 2:15"),
        (header + "k,LC-1,H,1.00,USD,03.01.2026,\n", "FILE-009 2:19"),
        (header + ",LC-1,H,1.00,USD,2026-01-03,\n", "FILE-010 2:1"),
        (header + "k,LC-1,\"H,1.00,USD,2026-01-03,\n", "FILE-002 2:8"),
    ])
    func `a partner's file that cannot be read says where`(text: String, fault: String) {
        let file = FileContent(name: "disbursements.csv", bytes: Array(text.utf8))
        let error = #expect(throws: UnreadableFile.self) {
            try format.records(file, layout: .disbursements)
        }
        #expect(error.map { "\($0.code) \($0.line):\($0.column)" } == fault)
    }

    private static let header =
        "request_key,loan_id,partner_loan_no,principal,currency,value_date,reverses\n"

    @Test func `a total beyond 64 bits is an error, not a wrong number`() {
        let line = DisbursementLine(
            requestKey: "k", loan: LoanID("l"), partnerReference: "", principal: .max,
            currency: Samples.usd, valueDate: Samples.date)
        let lines = DetailLines(disbursements: [line, line], repayments: [], balances: [])
        #expect(throws: AmountError.overflow) {
            try format.render(lines, for: Samples.harbor, on: Samples.date)
        }
    }
}
