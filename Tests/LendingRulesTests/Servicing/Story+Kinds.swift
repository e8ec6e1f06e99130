import LendingRules
import Monetary
import TestSupport
import Testing

extension Story {
    /// `P1 02-01 412.00`, `-P1 02-09`, `F1 02-01 refund 10.00`, `W1 02-10 waiver 9.00/1.00/0.50
    /// harbor` (principal/interest/penalty and who bears it), `C1 03-10 partial 9.00/0.00/0.00`,
    /// `C1 03-10 full all` or with amounts, `K1 03-15 cost 5.00`, `R1 03-20 recovery 20.00`,
    /// `X1 01-10 cancelled fee 5.00`, `X1 01-03 payout-failed`, `T1 01-10 transfer 360.00/840.00`
    /// (what the platform and harbor hold from then on), `T1 01-10 actuals 50%:50%` (or `record`),
    /// `C1 02-15 rate 24`, `C1 02-10 due 03-15`, `C1 02-10 extension 1`,
    /// `C1 02-10 restructure 3` (with `capitalise` behind it), `A1 02-20 compensation
    /// harbor>platform 840.00/12.40/0.00 @852.40 #1`, `I1 02-20 invocation platform>harbor 9.00`,
    /// `O1 02-20 instruct first-loss`, `O1 02-20 order sale harbor>keystone 50% @98%`,
    /// `O1 02-25 correct L1.first-loss.harbor.2026-02-21 -9.00/0.00/0.00`.
    static func kind(of words: [Substring]) throws -> LoanFact.Kind {
        func amount(_ index: Int) throws -> Int64 {
            try AmountText.parse(words[index], decimals: 2)
        }
        if words[0].hasPrefix("-") { return .reversal(of: String(words[0].dropFirst())) }
        switch words[2] {
        case "refund": return .refund(amount: try amount(3))
        case "waiver":
            let bearer = words.count > 4 ? PartyID(String(words[4])) : nil
            return .waiver(try claims(words[3]), borneBy: bearer)
        case "partial": return .chargeOff(try claims(words[3]), isFull: false)
        case "full": return .chargeOff(try claims(words[3]), isFull: true)
        case "cost": return .collectionCost(amount: try amount(3))
        case "recovery": return .recovery(amount: try amount(3))
        case "cancelled":
            switch words[3] {
            case "none": return .cancelled(.none)
            case "interest": return .cancelled(.interest)
            default: return .cancelled(.fee(try amount(4)))
            }
        case "transfer":
            let amounts = try words[3].split(separator: "/").map {
                try AmountText.parse($0, decimals: 2)
            }
            return .transferred(
                to: zip([SampleLoan.platform, PartyID("harbor")], amounts).map {
                    PlannedShare(party: $0, amount: $1)
                })
        case "actuals", "record": return try ratioChange(words)
        case "rate": return .rateChange(try AnnualRate(percent: words[3]))
        case "due": return .dueDateChange(next: date(words[3]))
        case "extension": return .extended(by: Int(words[3]) ?? 0)
        case "restructure":
            return .restructured(
                Restructure(
                    instalments: Int(words[3]) ?? 0, capitalises: words.last == "capitalise"))
        case "compensation", "buy-back", "substitution", "sale": return try assignment(words)
        case "invocation", "loss-sharing":
            let parties = words[3].split(separator: ">").map { PartyID(String($0)) }
            return .indemnified(
                Indemnity(
                    reason: try #require(Indemnity.Reason(rawValue: String(words[2]))),
                    payer: parties[0], payee: parties[1],
                    amounts: LossAmounts(principal: try amount(4))))
        case "instruct": return .instructed(.layer(String(words[3])))
        case "correct":
            return .instructed(
                .correction(
                    CorrectionOrder(
                        decision: String(words[3]), amounts: try claims(words[4]))))
        case "order": return try order(words)
        case "count": return try count(words)
        case "payout-failed": return .payoutFailed
        case "payout-returned": return .payoutReturned
        default: return .repayment(amount: try amount(2))
        }
    }

    private static func ratioChange(_ words: [Substring]) throws -> LoanFact.Kind {
        let shares = try words[3].split(separator: ":").map { try Share($0) }
        return .ratioChange(
            RatioChange(
                parts: zip([SampleLoan.platform, PartyID("harbor")], shares).map {
                    RatioChange.Part(party: $0, share: $1)
                }, treatment: words[2] == "actuals" ? .actuals : .record))
    }

    /// `B1 02-20 buy-back harbor>platform 840.00/12.40/0.00 @800.00`: who gives and who takes, what
    /// and its price, at par when nothing is said; `#1` behind it ends with an instalment.
    private static func assignment(_ words: [Substring]) throws -> LoanFact.Kind {
        let parties = words[3].split(separator: ">").map { PartyID(String($0)) }
        let claims = try claims(words[4])
        let price = try words.first { $0.hasPrefix("@") }.map {
            try AmountText.parse($0.dropFirst(), decimals: 2)
        }
        let last = words.first { $0.hasPrefix("#") }.flatMap { Int($0.dropFirst()) }
        return .assigned(
            Assignment(
                reason: try #require(Assignment.Reason(rawValue: String(words[2]))),
                from: parties[0], to: parties[1], claims: claims,
                price: price ?? claims.clampedTotal, throughInstalment: last))
    }

    /// `O1 02-20 order buy-back harbor>platform 50% @98%`: what share of the claims, at which part
    /// of them; everything at par when nothing is said.
    private static func order(_ words: [Substring]) throws -> LoanFact.Kind {
        let parties = words[4].split(separator: ">").map { PartyID(String($0)) }
        let ratio = words.first { $0.hasPrefix("@") }.map { $0.dropFirst() }
        let share = words.dropFirst(5).first { $0.hasSuffix("%") && !$0.hasPrefix("@") }
        return .instructed(
            .assignment(
                AssignmentOrder(
                    reason: try #require(Assignment.Reason(rawValue: String(words[3]))),
                    from: parties[0], to: parties[1], share: try share.map { try Share($0) },
                    priceRatio: try ratio.map { try Share($0) })))
    }

    /// `O1 02-10 count harbor>keystone 01-31 @848.40`: a pool's share at the price of its cut-off.
    private static func count(_ words: [Substring]) throws -> LoanFact.Kind {
        let parties = words[3].split(separator: ">").map { PartyID(String($0)) }
        return .instructed(
            .assignment(
                AssignmentOrder(
                    reason: .poolSale, from: parties[0], to: parties[1], ground: "autumn",
                    counted: CountedPrice(
                        price: try AmountText.parse(words[5].dropFirst(), decimals: 2),
                        cutOff: date(words[4])))))
    }

    private static func claims(_ text: Substring) throws -> ClaimAmounts {
        if text == "all" { return .everything }
        let parts = try text.split(separator: "/").map { try AmountText.parse($0, decimals: 2) }
        return ClaimAmounts(principal: parts[0], interest: parts[1], penalty: parts[2])
    }

    /// The entries of a date of some kinds, without those of quiet accrual.
    func entries(_ text: String, of kinds: String...) throws -> [String] {
        try entries(text).filter { line in kinds.contains { line.hasPrefix($0 + " ") } }
    }
}
