import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Settings
import Testing

struct LoadTests {
    @Test func `the sample directory loads and says what its files say`() throws {
        let loaded = try Settings.load(directory: Sample.directory, environment: [:])
        #expect(loaded.platform.party == PartyID("platform"))
        #expect(loaded.platform.cutOff == TimeOfDay(hour: 23, minute: 0))
        #expect(loaded.platform.firstDate == Sample.firstDate)
        #expect(
            loaded.parties.map(\.id.name) == [
                "clearing", "harbor", "keystone", "meridian", "orchard", "platform", "summit",
                "vehicle",
            ])
        #expect(
            loaded.parties.map(\.bank?.computation)
                == [nil, .scale, nil, .perInstalment, .scale, nil, .ownSchedule, nil])
        let clearing = try #require(loaded.clearing?.clearing)
        #expect(clearing.account == PartyID("clearing-account"))
        #expect(clearing.feeFixed == 10)
        #expect(clearing.feeRate == (try Share("0.25%")))
        #expect([clearing.transitDays, clearing.lateDays] == [1, 3])
        #expect(clearing.from == Sample.firstDate)
        let later = try Settings.load(
            directory: Sample.directory,
            environment: ["COLEND_PARTIES_CLEARING_FROM": "2026-03-01"])
        #expect(later.clearing?.clearing?.from == BusinessDate("2026-03-01"))
        #expect(
            loaded.agreements.map(\.name)
                == ["harbor-70-30", "routed-mix", "tiered-trio"])
        #expect(
            loaded.products.map(\.method)
                == [.daily, .equalPrincipal, .equalInstalment])
        #expect(Set(Account.required).isSubset(of: loaded.chart.entries.map(\.account)))
    }

    @Test func `the demo has a line to draw on at any time, and one for purchases`() throws {
        let loaded = try Sample.load(Sample.demonstration)
        let cash = try #require(loaded.product("cash-line"))
        #expect(cash.line == LineTerms(kind: .revolving, limit: 100_000...2_000_000))
        let bill = try #require(loaded.product("pay-later"))
        let terms = PayLaterTerms(dueDay: 25, interestFreeDays: 50, conversion: 3...12)
        #expect(bill.line == LineTerms(kind: .payLater(terms), limit: 50_000...500_000))
        #expect(
            bill.conventions.statement
                == StatementCycle(day: 5, minimumPayment: try Share("10%")))
        let takers = loaded.agreements.filter { $0.products.contains("pay-later") }
        #expect(takers.map(\.name) == ["harbor-70-30"])
        #expect(takers.map { $0.products.contains("cash-line") } == [true])
    }

    @Test func `an agreement keeps its lenders in the order of the file`() throws {
        let loaded = try Sample.load(Sample.demonstration)
        let trio = try #require(loaded.agreement("trio", on: Sample.firstDate))
        #expect(trio.lenders.map(\.party.name) == ["platform", "harbor", "meridian"])
        #expect(trio.lenders.map(\.share.description) == ["1/5", "1/2", "3/10"])
        #expect(trio.serviceFees.map(\.rate.description) == ["2/25", "2/25"])
        #expect(trio.onRefusal == .decline)
        #expect(trio.platform == PartyID("platform"))
        #expect(trio.settlement == SettlementTerms(lagDays: 1, calendar: "US"))
    }

    @Test func `a bank says how it is settled`() throws {
        var contents = Sample.minimal
        let path = "parties/harbor.yaml"
        for (old, new) in [
            ("\"10\"", "\"12.50\""), ("netting: all", "netting: per-type"),
            ("collect: request", "collect: direct-debit"),
            ("ifMissing: hold", "ifMissing: settle-ours"),
        ] {
            contents[path] = contents[path]?.replacing(old, with: new)
        }
        let loaded = try Sample.load(
            contents, environment: ["COLEND_PARTIES_HARBOR_SETTLEMENT_APPROVAL": "two-person"])
        #expect(
            loaded.party(PartyID("harbor"))?.bank?.settlement
                == SettlementRules(
                    minimum: 1_250, netting: .perType, collect: .directDebit,
                    ifMissing: .settleOurs, approval: .twoPerson))
    }

    @Test func `amounts are minor units and multiples thousandths, exactly`() throws {
        let loan = try #require(try Sample.load(Sample.minimal).product("instalment-loan"))
        #expect(loan.principal == 50_000...5_000_000)
        #expect(loan.instalments == 3...60)
        #expect(loan.penalty == PenaltyTerms(multipleThousandths: 1_500, graceDays: 3))
        #expect(loan.instalmentRounding == .up)
    }

    @Test func `amounts have the decimals of the platform's currency`() throws {
        var contents = Sample.minimal
        for path in contents.keys {
            contents[path]?.replace("currency: USD", with: "currency: JPY")
        }
        contents["products/instalment-loan.yaml"]?.replace("500.00", with: "500")
        contents["products/instalment-loan.yaml"]?.replace("50000.00", with: "50000")
        contents["products/instalment-loan.yaml"]?.replace("0.00", with: "0")
        #expect(try Sample.load(contents).products[0].principal == 500...50_000)
    }

    @Test func `of two versions of an agreement the later one counts from its date on`() throws {
        var contents = Sample.minimal
        contents["agreements/later.yaml"] = contents["agreements/harbor-70-30.yaml"]?
            .replacing("2026-01-01", with: "2026-02-01").replacing("\"8%\"", with: "\"9%\"")
        let loaded = try Sample.load(contents)
        let name = "harbor-70-30"
        func rate(_ date: String) throws -> String? {
            loaded.agreement(name, on: try #require(BusinessDate(date)))?
                .serviceFees[0].rate.description
        }
        #expect(try rate("2025-12-31") == nil)
        #expect(try rate("2026-01-31") == "2/25")
        #expect(try rate("2026-02-01") == "9/100")
    }

    @Test func `defaults stand in for absent keys`() throws {
        var contents = Sample.minimal
        contents["parties/harbor.yaml"] = """
            party: harbor
            name: Harbor Bank
            kind: bank
            endpoint: https://harbor.example/lending/
            signing: {profile: hmac-sha256, secretEnv: HARBOR}
            timeouts: {totalMilliseconds: 10000}
            computation: scale
            """
        let loaded = try Sample.load(contents)
        let bank = try #require(loaded.party(PartyID("harbor"))?.bank)
        #expect(bank.endpoint == "https://harbor.example/lending")
        #expect(bank.timeouts.connectMilliseconds == 2_000)
        #expect(bank.inFlight == 64)
        #expect(bank.toleranceMinorUnits == 1)
        #expect(bank.settlement == SettlementRules())
        #expect(
            loaded.origins.contains {
                $0.description == "parties/harbor.yaml inFlight = 64 (default)"
            })
    }

    @Test(arguments: ["", "timeouts:\n", "timeouts: {}\n"])
    func `time-outs may be left out whole`(timeouts: String) throws {
        var contents = Sample.minimal
        contents["parties/harbor.yaml"] =
            "party: harbor\nname: Harbor Bank\nkind: bank\n"
            + "endpoint: https://harbor.example/lending/\n"
            + "signing: {profile: hmac-sha256, secretEnv: HARBOR}\ncomputation: scale\n"
            + timeouts
        let loaded = try Sample.load(contents)
        let bank = try #require(loaded.party(PartyID("harbor"))?.bank)
        #expect(bank.timeouts.connectMilliseconds == 2_000)
        #expect(bank.timeouts.totalMilliseconds == 10_000)
        let told = try Sample.load(
            contents,
            environment: ["COLEND_PARTIES_HARBOR_TIMEOUTS_TOTAL_MILLISECONDS": "2500"])
        #expect(told.party(PartyID("harbor"))?.bank?.timeouts.totalMilliseconds == 2_500)
    }

    @Test func `the environment wins over the file and is told as the origin`() throws {
        let loaded = try Sample.load(
            Sample.minimal,
            environment: [
                "COLEND_CUT_OFF": "18:30", "COLEND_PARTIES_HARBOR_ENDPOINT": "http://[::1]:9000",
                "COLEND_PARTIES_HARBOR_TIMEOUTS_TOTAL_MILLISECONDS": "2500", "COLEND_ZONE": "",
            ])
        #expect(loaded.platform.cutOff == TimeOfDay(hour: 18, minute: 30))
        #expect(loaded.platform.zone == "America/New_York")
        let bank = try #require(loaded.party(PartyID("harbor"))?.bank)
        #expect(bank.endpoint == "http://[::1]:9000")
        #expect(bank.timeouts.totalMilliseconds == 2_500)
        let origins = loaded.origins.map(\.description)
        #expect(origins.contains("platform.yaml cutOff = 18:30 (environment COLEND_CUT_OFF)"))
        #expect(
            origins.contains(
                "platform.yaml zone = America/New_York (Config/platform.yaml:4:7)"))
    }

    @Test(arguments: [
        ("America/New_York", "2026-01-02T03:59:59Z", 1_767_326_399, "2026-01-01"),
        ("America/New_York", "2026-01-02T04:00:00Z", 1_767_326_400, "2026-01-02"),
        ("Asia/Shanghai", "2026-01-01T14:59:59Z", 1_767_279_599, "2026-01-01"),
        ("Asia/Shanghai", "2026-01-01T15:00:00Z", 1_767_279_600, "2026-01-02"),
        ("America/New_York", "2026-07-02T03:00:00Z", 1_782_961_200, "2026-07-02"),
        ("UTC", "1969-12-31T22:59:59Z", -3_601, "1969-12-31"),
    ])
    func `an instant from the cut-off on belongs to the next business date`(
        zone: String, instant: String, seconds: Int, date: String
    ) throws {
        let platform = try Sample.load(Sample.minimal, environment: ["COLEND_ZONE": zone]).platform
        #expect(
            platform.businessDate(ofUnixSeconds: Int64(seconds)).description == date, "\(instant)")
    }

    @Test func `a version is the first eight bytes of the hash of the terms`() throws {
        let loaded = try Sample.load(Sample.minimal)
        let agreement = loaded.agreements[0]
        var hashed: [UInt8] = []
        let version = agreement.version { bytes in
            hashed = bytes
            return Array(0xF8...0xFF) + [1, 2, 3]
        }
        #expect(version.text == "f8f9fafbfcfdfeff")
        #expect(hashed == Array(agreement.canonicalTerms.utf8))
        #expect(loaded.products[0].version { _ in Array(0...31) }.text == "0001020304050607")
    }
}
