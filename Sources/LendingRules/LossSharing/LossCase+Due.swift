package import BusinessCalendar

extension LossCase {
    /// Whether any layer is asked on the date, or the loan is written off.
    package var isDue: Bool { isChargedOff || terms.layers.contains(where: isDue) }

    /// Whether the close itself writes the loan off on the date, with no claim moving before: no
    /// interest accrues in the night that follows.
    var isChargedOffAtOnce: Bool {
        isChargedOff && !isWrittenOff
            && !terms.layers.contains { $0.movesClaims && isDue($0) }
    }

    /// Whether its charge-off can wait: nobody has made it.
    var isPostponable: Bool { isChargedOff && !isWrittenOff }

    /// Whether a layer's trigger is pulled on the date.
    package func isDue(_ layer: LossLayer) -> Bool {
        if instructed.contains(layer.name) { return true }
        return switch layer.trigger {
        case .chargeOff: isChargedOff
        case .instruction: false
        case .daysPastDue(let days):
            layer.goesByInstalments
                ? stakes.contains { $0.instalments.contains { $0.reaches(days) } }
                : reaches(days)
        }
    }

    /// The cover that a layer has for a lender of this loan; nil when it has none.
    package func cover(of layer: LossLayer, for lender: PartyID, on date: BusinessDate)
        -> CoverID?
    {
        guard case .provided(let provision) = layer.bearing, let cover = provision.cover else {
            return nil
        }
        return CoverID(
            agreement: agreement, layer: layer.name,
            key: cover.span.key(disbursedOn: disbursedOn, lender: lender, on: date))
    }

    /// Every cover that may be drawn for this loan on the date, due or not.
    package func covers(on date: BusinessDate) -> Set<CoverID> {
        Set(
            terms.layers.flatMap { layer in
                stakes.compactMap { cover(of: layer, for: $0.party, on: date) }
            })
    }

    /// Whether all its amounts together fit, so that nothing computed from them can overflow.
    var isRepresentable: Bool {
        var sum: Int128 = 0
        for stake in stakes {
            for amounts in [stake.claim] + stake.instalments.map(\.claim) {
                guard amounts.principal >= 0, amounts.interest >= 0 else { return false }
                sum += Int128(amounts.principal) + Int128(amounts.interest)
            }
            sum += Int128(stake.paid.principal.magnitude) + Int128(stake.paid.interest.magnitude)
        }
        return sum <= Int128(Int64.max)
    }
}

extension LossLayer {
    /// Whether the claims that it pays for go to its provider.
    fileprivate var movesClaims: Bool {
        guard case .provided(let provision) = bearing else { return false }
        return provision.way != .invocation
    }

    /// Whether they go without waiting for a charge-off.
    var movesClaimsBefore: Bool { movesClaims && trigger != .chargeOff }

    /// Whether it pays instalment by instalment.
    package var goesByInstalments: Bool {
        guard case .provided(let provision) = bearing else { return false }
        return provision.way == .compensation(.instalment)
    }
}

extension LossProvision {
    /// Whether it pays for a lender's losses.
    package func pays(_ lender: PartyID) -> Bool {
        lenders.isEmpty ? lender != provider : lenders.contains(lender)
    }
}
