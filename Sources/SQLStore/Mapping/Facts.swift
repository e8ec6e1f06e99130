internal import BusinessCalendar
internal import LendingRules

/// How a fact lies in a row: kind 0 disbursed, 1 repayment, 2 reversal, 3 refund, 4 waiver,
/// 5 charge-off, 6 recovery, 7 collection cost, 8 cancelled, 9 payout failed, 10 payout returned,
/// 11 transferred, 12 drawdown, 13 ratio change, 14 assigned, 15 indemnified, 16 instructed,
/// −1 rate change, −2 due date change, −3 extended, −4 restructured.
enum Facts {
    /// The columns of a fact in a query, its table named `f`; 12 of them.
    static let columns = """
        f.fact, f.kind, f.amount, f.reverses, f.value_date, f.booking_date, f.instant,
        f.principal, f.interest, f.penalty, f.fee, f.detail
        """

    /// The first column after a fact's.
    static let end = 12

    /// Facts from which on a loan is as if never lent; the condition of an index.
    static let undoes = "kind IN (8, 9, 10)"

    /// Facts that stand with their amounts; more money and changes of plan do not.
    static let decides = "kind IN (5, 6, 7, 8, 9, 10, 11, 14, 15)"

    /// Facts that ask a close to decide something; the condition of an index.
    static let instructs = "kind = 16"

    /// Facts that take a payment back.
    static func reverses(of table: String) -> String { "\(table).kind = 2" }

    /// Facts that have moved claims from one holder to another.
    static func movesClaims(of table: String) -> String { "\(table).kind = 14" }

    /// Facts by which lenders take principal over that limits have kept room for.
    static let changesRatio = "kind = 13"

    /// The column of what a kind says besides amounts.
    private static let detail = 11
    private static let full = "full"
    private static let partial = "partial"

    /// The fact in a row that begins with `columns`.
    static func read(_ row: borrowing Row) throws(StoreError) -> LoanFact {
        LoanFact(
            id: try row.text(0), kind: try kind(row), valueDate: try row.date(4),
            bookingDate: try row.date(5), instant: try row.int64(6))
    }

    /// Writes a row of the table `fact`.
    static func write(
        _ fact: LoanFact, of loan: LoanID, channel: String, _ writer: any RowWriter
    ) {
        writer.loan(loan)
        writer.date(fact.valueDate)
        writer.int64(fact.instant)
        writer.text(fact.id)
        let parts = Parts(fact.kind)
        writer.int64(parts.code)
        writer.date(fact.bookingDate)
        writer.int64(parts.amount)
        writer.text(parts.reverses)
        writer.text(channel)
        writer.int64(parts.claims.principal)
        writer.int64(parts.claims.interest)
        writer.int64(parts.claims.penalty)
        writer.int64(parts.claims.fee)
        writer.text(parts.detail)
    }

    /// What a kind puts into the columns.
    private struct Parts {
        var code: Int64
        var amount: Int64 = 0
        var reverses = ""
        var claims = ClaimAmounts()
        var detail = ""

        init(_ kind: LoanFact.Kind) {
            switch kind {
            case .disbursed: code = 0
            case .repayment(let amount): (code, self.amount) = (1, amount)
            case .reversal(let payment): (code, reverses) = (2, payment)
            case .refund(let amount): (code, self.amount) = (3, amount)
            case .waiver(let claims, let bearer):
                (code, self.claims, detail) = (4, claims, bearer?.name ?? "")
            case .chargeOff(let claims, let isFull):
                (code, self.claims, detail) = (5, claims, isFull ? full : partial)
            case .recovery(let amount): (code, self.amount) = (6, amount)
            case .collectionCost(let amount): (code, self.amount) = (7, amount)
            case .cancelled(.none): (code, detail) = (8, "none")
            case .cancelled(.interest): (code, detail) = (8, "interest")
            case .cancelled(.fee(let amount)): (code, self.amount, detail) = (8, amount, "fee")
            case .payoutFailed: code = 9
            case .payoutReturned: code = 10
            case .transferred(let shares): (code, detail) = (11, HolderList.text(shares))
            case .drawdown(let shares): (code, detail) = (12, HolderList.text(shares))
            case .ratioChange(let change): (code, detail) = (13, RatioText.text(change))
            case .assigned(let assignment):
                (code, amount, claims) = (14, assignment.price, assignment.claims)
                detail = LossText.text(assignment)
            case .indemnified(let indemnity):
                (code, amount) = (15, indemnity.amount)
                claims = ClaimAmounts(
                    principal: indemnity.amounts.principal, interest: indemnity.amounts.interest)
                detail = LossText.text(indemnity)
            case .instructed(let instruction):
                (code, detail) = (16, LossText.text(instruction))
                if case .correction(let order) = instruction { claims = order.amounts }
            case .rateChange(let rate): (code, amount) = (-1, rate.units)
            case .dueDateChange(let next): (code, amount) = (-2, Int64(next.dayNumber))
            case .extended(let count): (code, amount) = (-3, Int64(count))
            case .restructured(let plan):
                (code, amount, detail) = (-4, Int64(plan.instalments), PlanText.text(plan))
            }
        }
    }

    private static func kind(_ row: borrowing Row) throws(StoreError) -> LoanFact.Kind {
        switch try row.int64(1) {
        case 0: return .disbursed
        case 1: return .repayment(amount: try row.int64(2))
        case 2: return .reversal(of: try row.text(3))
        case 3: return .refund(amount: try row.int64(2))
        case 4:
            let bearer = try row.text(detail)
            return .waiver(try claims(row), borneBy: bearer.isEmpty ? nil : PartyID(bearer))
        case 5: return .chargeOff(try claims(row), isFull: try row.text(detail) == full)
        case 6: return .recovery(amount: try row.int64(2))
        case 7: return .collectionCost(amount: try row.int64(2))
        case 8: return .cancelled(try charge(row))
        case 9: return .payoutFailed
        case 10: return .payoutReturned
        case 11: return .transferred(to: try HolderList.read(row, detail))
        case 12: return .drawdown(try HolderList.read(row, detail))
        case 13: return .ratioChange(try RatioText.read(row, detail))
        case 14:
            return .assigned(
                try LossText.assignment(
                    row, detail, claims: try claims(row), price: try row.int64(2)))
        case 15: return .indemnified(try LossText.indemnity(row, detail, claims: try claims(row)))
        case 16: return .instructed(try LossText.instruction(row, detail, claims: claims(row)))
        case -1: return .rateChange(AnnualRate(units: try row.int64(2)))
        case -2: return .dueDateChange(next: try row.date(2))
        case -3: return .extended(by: try row.count(2))
        case -4: return .restructured(try PlanText.read(row, instalments: 2, detail: detail))
        case let code:
            throw .unexpectedValue(column: 1, expected: "a kind of fact", found: "\(code)")
        }
    }

    private static func claims(_ row: borrowing Row) throws(StoreError) -> ClaimAmounts {
        ClaimAmounts(
            principal: try row.int64(7), interest: try row.int64(8), penalty: try row.int64(9),
            fee: try row.int64(10))
    }

    private static func charge(_ row: borrowing Row) throws(StoreError) -> CancellationCharge {
        switch try row.text(detail) {
        case "none": return .none
        case "interest": return .interest
        case "fee": return .fee(try row.int64(2))
        case let text:
            throw .unexpectedValue(column: detail, expected: "a charge", found: text)
        }
    }
}
