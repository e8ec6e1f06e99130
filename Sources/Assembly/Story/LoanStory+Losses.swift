import LendingRules
import Monetary
import Operations

// Claims and cash that pass between two parties, in words.

extension Assignment {
    /// From whom to whom, what of the claims, and by what.
    func words(_ currency: Currency) -> String {
        let reach = throughInstalment.map { " up to instalment \($0)" } ?? ""
        return "\(from) to \(to)\(reach): \(claims.words(currency))" + LossGround.words(ground)
            + LossGround.corrected(corrects)
    }
}

extension Indemnity {
    /// Who pays whom, and by what.
    var words: String {
        "\(payer) to \(payee)" + LossGround.words(ground) + LossGround.corrected(corrects)
    }
}

extension LossInstruction {
    /// What the close is to decide.
    var words: String {
        switch self {
        case .layer(let name): return "\(name) pays"
        case .assignment(let order):
            let part = order.share.map { "\($0.percentText) of " } ?? ""
            if let counted = order.counted {
                return "\(order.reason.rawValue): what \(order.from) has to \(order.to) at the "
                    + "price of \(counted.cutOff)" + LossGround.words(order.ground)
            }
            let price = order.priceRatio.map { " at \($0.percentText)" } ?? " at par"
            return "\(order.reason.rawValue): \(part)what \(order.from) has to \(order.to)\(price)"
                + LossGround.words(order.ground)
        case .correction(let order): return "\(order.decision) is corrected"
        }
    }
}

/// By what it passes: a layer, a pool or a contract.
private enum LossGround {
    static func words(_ ground: String) -> String { ground.isEmpty ? "" : " (\(ground))" }

    static func corrected(_ decision: String) -> String {
        decision.isEmpty ? "" : "; corrects \(decision)"
    }
}

extension Share {
    fileprivate var percentText: String {
        ShareText.format(Int128(numerator), over: Int128(denominator))
    }
}

extension FactLine.Kind {
    /// Whether claims have another holder by it.
    var changesHands: Bool {
        switch self {
        case .transfer, .sale, .compensation, .buyBack, .substitution, .poolSale, .poolCollection:
            true
        default: false
        }
    }

    /// Whether it is cash for a loss, claims staying where they are.
    var paysForLosses: Bool { self == .invocation || self == .lossSharing }
}
