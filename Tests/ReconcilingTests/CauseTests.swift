import BusinessCalendar
import Monetary
import Reconciling
import Testing

/// One day and the causes its breaks must get.
struct CauseCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let day: Day
    let summary: [String]

    init(_ description: String, _ summary: [String], _ change: (inout Day) -> Void) {
        testDescription = description
        self.summary = summary
        var day = Day()
        day.ourPayments = [Samples.payment("P")]
        day.theirPayments = [Samples.payment("P")]
        day.ourBalances = [Samples.balance()]
        day.theirBalances = [Samples.balance()]
        change(&day)
        self.day = day
    }
}

@Suite struct CauseTests {
    static let lines: [CauseCase] = [
        CauseCase("all agrees", []) { _ in },
        CauseCase("left out of their file", ["repayments ours-only left-out-of-file"]) {
            $0.theirPayments = []
        },
        CauseCase(
            "not booked by the partner, who moved it to overdue",
            [
                "repayments ours-only not-booked-by-partner", "balances amount follows-from",
            ]
        ) {
            $0.theirPayments = []
            $0.theirBalances = [
                Samples.balance(overduePrincipal: 78849, overdueInterest: 10000, daysPastDue: 0)
            ]
        },
        CauseCase(
            "not booked by the partner, penalty running",
            ["repayments ours-only not-booked-by-partner", "balances amount follows-from"]
        ) {
            $0.theirPayments = []
            $0.theirBalances = [
                Samples.balance(
                    overduePrincipal: 78849, overdueInterest: 10000, penalty: 39, daysPastDue: 1)
            ]
        },
        CauseCase(
            "a partner that moved nothing on the loan",
            ["repayments ours-only not-booked-by-partner", "balances ours-only follows-from"]
        ) {
            $0.theirPayments = []
            $0.theirBalances = []
        },
        CauseCase(
            "a line missing, and the row, though another line is there",
            ["repayments ours-only unknown", "balances ours-only follows-from"]
        ) {
            $0.ourPayments.append(Samples.payment("Q"))
            $0.theirBalances = []
        },
        CauseCase(
            "a line missing, and the row, though another line is there otherwise",
            [
                "repayments date after-cut-off", "repayments ours-only unknown",
                "balances ours-only follows-from",
            ]
        ) {
            $0.ourPayments.append(Samples.payment("Q"))
            $0.theirPayments = [Samples.payment("P", dayLater: 1)]
            $0.theirBalances = []
        },
        CauseCase("stray line", ["repayments theirs-only stray-line"]) { $0.ourPayments = [] },
        CauseCase(
            "not booked by us",
            ["repayments theirs-only not-booked-by-us", "balances amount follows-from"]
        ) {
            $0.ourPayments = []
            $0.ourBalances = [Samples.balance(principal: 1_000_000, interest: 10000)]
        },
        CauseCase(
            "a loan that moved at the partner alone",
            ["repayments theirs-only not-booked-by-us", "balances theirs-only follows-from"]
        ) {
            $0.ourPayments = []
            $0.ourBalances = []
        },
        CauseCase("line written twice", ["repayments duplicate-theirs written-twice"]) {
            $0.theirPayments.append(Samples.payment("P"))
        },
        CauseCase(
            "line booked twice",
            ["repayments duplicate-theirs booked-twice", "balances amount follows-from"]
        ) {
            $0.theirPayments.append(Samples.payment("P"))
            $0.theirBalances = [Samples.balance(principal: 842302, interest: -10000)]
        },
        CauseCase("dated after the cut-off", ["repayments date after-cut-off"]) {
            $0.theirPayments = [Samples.payment("P", dayLater: 1)]
        },
        CauseCase(
            "dated after the cut-off and booked then",
            ["repayments date after-cut-off", "balances amount follows-from"]
        ) {
            $0.theirPayments = [Samples.payment("P", dayLater: 1)]
            $0.theirBalances = [Samples.balance(principal: 1_000_000, interest: 10000)]
        },
        CauseCase(
            "dated after the cut-off, a day of penalty more",
            ["repayments date after-cut-off", "balances amount follows-from"]
        ) {
            $0.theirPayments = [Samples.payment("P", dayLater: 1)]
            $0.theirBalances = [Samples.balance(penalty: 5)]
        },
        CauseCase("dated three days off", ["repayments date unknown"]) {
            $0.theirPayments = [Samples.payment("P", dayLater: 3)]
        },
        CauseCase("misprinted", ["repayments amount misprinted"]) {
            $0.theirPayments = [Samples.payment("P", interest: 10001)]
        },
        CauseCase("misprinted within tolerance", ["repayments rounding misprinted"]) {
            $0.tolerance = 1
            $0.theirPayments = [Samples.payment("P", interest: 10001)]
        },
        CauseCase(
            "booked as printed",
            ["repayments amount booked-differently", "balances amount follows-from"]
        ) {
            $0.theirPayments = [Samples.payment("P", interest: 9999)]
            $0.theirBalances = [Samples.balance(interest: 1)]
        },
        CauseCase(
            "allocated to other columns",
            ["repayments amount allocated-differently", "balances amount follows-from"]
        ) {
            $0.theirPayments = [Samples.payment("P", principal: 78749, interest: 10100)]
            $0.theirBalances = [Samples.balance(principal: 921251, interest: -100)]
        },
        CauseCase(
            "normal and overdue exchanged in print", ["repayments amount other-bucket"]
        ) {
            $0.theirPayments = [Samples.payment("P", principal: 0, overduePrincipal: 78849)]
        },
        CauseCase("service fee alone", ["repayments amount fee-computed-differently"]) {
            $0.theirPayments = [Samples.payment("P", serviceFee: -1001)]
        },
        CauseCase("another currency", ["repayments field other-currency"]) {
            $0.theirPayments = [Samples.payment("P", currency: Samples.yen)]
        },
        CauseCase("a text misprinted", ["repayments field misprinted"]) {
            $0.theirPayments = [Samples.payment("P", reverses: "O")]
        },
        CauseCase("another loan in print", ["repayments field misprinted"]) {
            $0.theirPayments = [Samples.payment("P", loan: "L-2")]
        },
        CauseCase(
            "booked on another loan",
            [
                "repayments field booked-differently", "balances amount follows-from",
                "balances theirs-only stray-line",
            ]
        ) {
            $0.theirPayments = [Samples.payment("P", loan: "L-2")]
            $0.theirBalances = [
                Samples.balance(principal: 1_000_000, interest: 10000), Samples.balance("L-2"),
            ]
        },
        CauseCase(
            "booked on another loan that moved too",
            [
                "repayments field booked-differently", "balances amount follows-from",
                "balances amount follows-from",
            ]
        ) {
            $0.theirPayments = [Samples.payment("P", loan: "L-2")]
            $0.ourBalances.append(Samples.balance("L-2", interest: 10000))
            $0.theirBalances = [
                Samples.balance(principal: 1_000_000, interest: 10000),
                Samples.balance("L-2", principal: 842302),
            ]
        },
        CauseCase("disbursement left out", ["disbursements ours-only left-out-of-file"]) {
            $0.ourDisbursements = [Samples.disbursement("L-1.harbor.1", principal: 7000)]
        },
        CauseCase(
            "disbursement not booked",
            [
                "disbursements ours-only not-booked-by-partner", "balances amount follows-from",
            ]
        ) {
            $0.ourDisbursements = [Samples.disbursement("L-1.harbor.1", principal: 7000)]
            $0.theirBalances = [Samples.balance(principal: 914151)]
        },
        CauseCase(
            "no balances to tell",
            [
                "repayments ours-only unknown", "balances missing-file not-sent",
            ]
        ) {
            $0.theirPayments = []
            $0.theirBalances = nil
        },
        CauseCase(
            "a difference nothing adds up to",
            [
                "repayments ours-only unknown", "balances amount unknown",
            ]
        ) {
            $0.theirPayments = []
            $0.theirBalances = [Samples.balance(principal: 921251)]
        },
    ]

    static let balances: [CauseCase] = [
        CauseCase("a cent off in print", ["balances amount misprinted-balance"]) {
            $0.theirBalances = [Samples.balance(principal: 921152)]
        },
        CauseCase(
            "a cent off in print, within tolerance",
            [
                "balances rounding misprinted-balance"
            ]
        ) {
            $0.tolerance = 1
            $0.theirBalances = [Samples.balance(principal: 921152)]
        },
        CauseCase(
            "a partner that rounds each instalment",
            [
                "balances rounding partner-rounding"
            ]
        ) {
            $0.tolerance = 1
            $0.computation = .perInstalment
            $0.theirBalances = [Samples.balance(principal: 921152)]
        },
        CauseCase(
            "a partner with its own schedule",
            [
                "repayments rounding partner-rounding", "balances rounding partner-rounding",
            ]
        ) {
            $0.tolerance = 2
            $0.computation = .ownSchedule
            $0.theirPayments = [Samples.payment("P", principal: 78847, interest: 10001)]
            $0.theirBalances = [Samples.balance(principal: 921153)]
        },
        CauseCase(
            "a line left out by a partner that rounds",
            [
                "repayments ours-only left-out-of-file", "balances rounding partner-rounding",
            ]
        ) {
            $0.tolerance = 1
            $0.computation = .perInstalment
            $0.theirPayments = []
            $0.theirBalances = [Samples.balance(principal: 921152)]
        },
        CauseCase(
            "a line not booked by a partner that rounds",
            [
                "repayments ours-only not-booked-by-partner", "balances amount follows-from",
            ]
        ) {
            $0.tolerance = 1
            $0.computation = .perInstalment
            $0.theirPayments = []
            $0.theirBalances = [Samples.balance(principal: 999999, interest: 10001)]
        },
        CauseCase(
            "a line not booked and a cent off in print",
            [
                "repayments ours-only not-booked-by-partner", "balances amount follows-from",
            ]
        ) {
            $0.theirPayments = []
            $0.theirBalances = [Samples.balance(principal: 1_000_001, interest: 10000)]
        },
        CauseCase("far off in penalty alone", ["balances amount unknown"]) {
            $0.theirBalances = [Samples.balance(penalty: 5000)]
        },
        CauseCase(
            "rounding that moves between buckets", ["balances rounding partner-rounding"]
        ) {
            $0.tolerance = 1
            $0.computation = .perInstalment
            $0.theirBalances = [Samples.balance(principal: 921150, overduePrincipal: 1)]
        },
        CauseCase(
            "cents beyond tolerance by a partner that rounds", ["balances amount partner-rounding"]
        ) {
            $0.tolerance = 1
            $0.computation = .perInstalment
            $0.theirBalances = [Samples.balance(principal: 921154)]
        },
        CauseCase(
            "a rounded line is no reason for a balance that rounds",
            ["repayments rounding partner-rounding", "balances amount partner-rounding"]
        ) {
            $0.tolerance = 1
            $0.computation = .perInstalment
            $0.theirPayments = [Samples.payment("P", principal: 78848)]
            $0.theirBalances = [Samples.balance(principal: 921153, overduePrincipal: -1)]
        },
        CauseCase(
            "a line smaller than the rounding",
            ["repayments ours-only left-out-of-file", "balances rounding partner-rounding"]
        ) {
            $0.tolerance = 12
            $0.computation = .ownSchedule
            $0.ourPayments = [Samples.payment("P", principal: 5, interest: 0)]
            $0.theirPayments = []
            $0.theirBalances = [Samples.balance(principal: 921154)]
        },
        CauseCase("far off with every line agreeing", ["balances amount unknown"]) {
            $0.theirBalances = [Samples.balance(principal: 900000)]
        },
        CauseCase("another bucket", ["balances amount other-bucket"]) {
            $0.theirBalances = [Samples.balance(principal: 842302, overduePrincipal: 78849)]
        },
        CauseCase("a row left out", ["balances ours-only left-out-of-file"]) {
            $0.theirBalances = []
        },
        CauseCase("a row too many", ["balances theirs-only stray-line"]) {
            $0.theirBalances?.append(Samples.balance("L-9"))
        },
        CauseCase("a row twice", ["balances duplicate-theirs written-twice"]) {
            $0.theirBalances?.append(Samples.balance())
        },
        CauseCase("a class of its own", ["balances field own-ladder"]) {
            $0.theirBalances = [Samples.balance(assetClass: "special-mention")]
        },
        CauseCase("days past due without a reason", ["balances field misprinted-detail"]) {
            $0.theirBalances = [Samples.balance(daysPastDue: 1)]
        },
        CauseCase(
            "days past due behind a late date",
            [
                "repayments date after-cut-off", "balances field follows-from",
            ]
        ) {
            $0.theirPayments = [Samples.payment("P", dayLater: 1)]
            $0.theirBalances = [Samples.balance(daysPastDue: 1)]
        },
        CauseCase("a balance in another currency", ["balances field other-currency"]) {
            $0.theirBalances = [Samples.balance(currency: Samples.yen)]
        },
        CauseCase(
            "two lines, one booked and one not",
            [
                "repayments ours-only left-out-of-file",
                "repayments ours-only not-booked-by-partner",
                "balances amount follows-from",
            ]
        ) {
            $0.ourPayments = [
                Samples.payment("P"), Samples.payment("Q", principal: 500, interest: 0),
            ]
            $0.theirPayments = []
            $0.theirBalances = [Samples.balance(principal: 921651)]
        },
    ]

    @Test(arguments: lines + balances)
    func `a break is explained by the day's files`(_ example: CauseCase) throws {
        #expect(try example.day.reconciled().summary == example.summary)
    }

    @Test func `a break that follows names the break it follows from`() throws {
        let example = try #require(
            CauseTests.lines.first { $0.testDescription == "booked as printed" })
        let explained = try example.day.reconciled()
        #expect(explained[1].explanation.related == [explained[0].found.id])
    }
}
