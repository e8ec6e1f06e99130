import BusinessCalendar
import LendingRules
import Monetary
import TestSupport

// Vouchers in the words of the product, and its decisions in the auditor's.

private typealias Words = LossTranslation

extension PlainClaims {
    var amounts: ClaimAmounts {
        ClaimAmounts(
            principal: Int64(principal), interest: Int64(interest), penalty: Int64(penalty),
            fee: Int64(fee))
    }

    init(_ amounts: ClaimAmounts) {
        self.init(
            principal: Int(amounts.principal), interest: Int(amounts.interest),
            penalty: Int(amounts.penalty), fee: Int(amounts.fee))
    }
}

extension Voucher {
    func fact() throws -> LoanFact {
        LoanFact(
            id: "\(number)", kind: try words(), valueDate: Words.date(value),
            bookingDate: Words.date(booked), instant: Int64(number))
    }

    private func words() throws -> LoanFact.Kind {
        switch kind {
        case .payment(let cents): .repayment(amount: Int64(cents))
        case .reversal(let payment): .reversal(of: "\(payment)")
        case .recovery(let cents): .recovery(amount: Int64(cents))
        case .cost(let cents): .collectionCost(amount: Int64(cents))
        case .waiver(let claims): .waiver(claims.amounts, borneBy: nil)
        case .partialChargeOff(let claims): .chargeOff(claims.amounts, isFull: false)
        case .writeOff: .chargeOff(.everything, isFull: true)
        case .layer(let name): .instructed(.layer(name))
        case .order(let order): .instructed(.assignment(try order.words()))
        case .payoutReturned: .payoutReturned
        case .ruling: throw Violation(description: "the product decides for itself")
        }
    }
}

extension OrderPaper {
    fileprivate func words() throws -> AssignmentOrder {
        let word: Assignment.Reason =
            switch reason {
            case .substitution: .substitution
            case .sale: .sale
            default: .buyBack
            }
        return AssignmentOrder(
            reason: word, from: Words.party(from), to: Words.party(to),
            share: try share.map(Words.share), priceRatio: try price.map(Words.share))
    }
}

extension Ruling {
    /// What a close has decided, in the auditor's words.
    ///
    /// - Parameter numbers: Those of the loan's decisions, by their facts.
    init(_ kind: LoanFact.Kind, _ numbers: [String: Int]) throws {
        switch kind {
        case .indemnified(let one):
            self.init(
                kind: one.reason == .invocation ? .invocation : .lossSharing,
                from: Words.place(one.payer), to: Words.place(one.payee),
                claims: PlainClaims(
                    principal: Int(one.amounts.principal), interest: Int(one.amounts.interest)),
                layer: one.ground, corrects: try Ruling.corrected(one.corrects, numbers))
        case .assigned(let one):
            let reason: Kind =
                switch one.reason {
                case .compensation: .compensation
                case .buyBack: .buyBack
                case .substitution: .substitution
                case .sale: .sale
                case .poolSale: throw Violation(description: "nobody sells pools")
                }
            self.init(
                kind: reason, from: Words.place(one.from), to: Words.place(one.to),
                claims: PlainClaims(one.claims), price: Int(one.price), layer: one.ground,
                through: one.throughInstalment,
                corrects: try Ruling.corrected(one.corrects, numbers))
        case .chargeOff(let claims, isFull: true):
            self.init(kind: .chargeOff, claims: PlainClaims(claims))
        default: throw Violation(description: "no decision about losses: \(kind)")
        }
    }

    private static func corrected(_ fact: String, _ numbers: [String: Int]) throws -> Int? {
        if fact.isEmpty { return nil }
        guard let number = numbers[fact] else {
            throw Violation(description: "\(fact) is corrected and was never decided")
        }
        return number
    }
}
