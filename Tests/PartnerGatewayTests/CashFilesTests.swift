import BusinessCalendar
import LendingRules
import Monetary
import Operations
import PartnerGateway
import Reconciling
import Testing

/// The channel's file and the statement, read strictly.
struct CashFilesTests {
    private static let channel = "channel_ref,payment_id,gross,fee,net,currency,value_date\n"
    private static let cash = "bank_ref,amount,currency,value_date,remittance\n"
    private let format = ProtocolV1Files(sender: PartyID("platform"))

    private func read(_ text: String, _ layout: FileLayout) throws -> [Record] {
        try format.records(
            FileContent(name: "\(layout.name).csv", bytes: Array(text.utf8)), layout: layout)
    }

    @Test func `lines are read with their references`() throws {
        let lines = try read(Self.channel + "C1,P1,10.00,0.20,9.80,USD,2026-01-01\n", .channel)
        #expect(lines.map(\.key) == [["C1"]])
        #expect(lines.map(\.amounts) == [[1000, 20, 980]])
        #expect(lines.map(\.fields) == [["P1"]])
        let credits = try read(
            Self.cash + "B1,-9.80,USD,2026-01-02,\"PAYOUT K, again\"\n", .cash)
        #expect(credits.map(\.amounts) == [[-980]])
        #expect(credits.map(\.fields) == [["PAYOUT K, again"]])
    }

    @Test func `instructions are written as the bank of the account reads them`() throws {
        let day = BusinessDate(dayNumber: 20_455)
        func instruction(_ party: String, _ amount: Int64, _ currency: String) throws
            -> Instruction
        {
            Instruction(
                settlement: SettlementID(
                    party: PartyID(party), currency: try #require(Currency(code: currency)),
                    settlesOn: day), amount: amount)
        }
        let file = format.render([
            try instruction("harbor", 1_05, "USD"), try instruction("summit", -7, "JPY"),
        ])
        #expect(file.name == "settlement-instructions.csv")
        #expect(
            String(decoding: file.bytes, as: UTF8.self) == """
                instruction_id,party,amount,currency,remittance
                S20260102.USD.harbor,harbor,1.05,USD,S20260102.USD.harbor
                S20260102.JPY.summit,summit,-7,JPY,S20260102.JPY.summit

                """)
        #expect(
            file
                == format.render([
                    try instruction("harbor", 1_05, "USD"), try instruction("summit", -7, "JPY"),
                ]))
    }

    /// A file's text and the code of its refusal.
    static let faulty: [(String, String)] = {
        let rows = [
            ("C1,P1,10.00,0.20,9.80,USD\n", "FILE-004"),
            ("C1,P1,10.001,0.20,9.80,USD,2026-01-01\n", "FILE-007"),
            ("C1,P1,-92233720368547758.08,0.20,9.80,USD,2026-01-01\n", "FILE-007"),
            ("C1,P1,10.00,0.20,9.80,dollars,2026-01-01\n", "FILE-008"),
            ("C1,P1,10.00,0.20,9.80,USD,01.01.2026\n", "FILE-009"),
            (",P1,10.00,0.20,9.80,USD,2026-01-01\n", "FILE-010"),
            ("\"C1,P1,10.00,0.20,9.80,USD,2026-01-01\n", "FILE-002"),
        ]
        let files = [("channel_ref,payment_id\nC1,P1\n", "FILE-006"), ("", "FILE-005")]
        return files + [(cash, "FILE-006")] + rows.map { (channel + $0.0, $0.1) }
    }()

    @Test(arguments: faulty)
    func `what is no channel file is refused with its place`(text: String, code: String) {
        #expect {
            _ = try read(text, .channel)
        } throws: { error in
            (error as? UnreadableFile)?.code == code
        }
    }
}
