// Facts beyond payments: claims given up, written off or handed over, and cash for them.

extension LineBooking {
    mutating func book(_ line: FactLine, _ day: Day) {
        if line.paysForLoss { return bookIndemnity(line, day) }
        if line.passesOn { return bookPassing(line, day) }
        var components: Components
        if line.isRecovery {
            components = recover(line.told.total - line.told.fee)
            components.fee = line.told.fee
        } else if let original = line.corrects {
            guard let index = reliefs.firstIndex(where: { $0.factID == original }) else { return }
            if line.isMove(correcting: reliefs[index]), cancelledFrom == nil {
                guard !reliefs.contains(where: { $0.factID == line.factID }) else { return }
                reliefs.append(Relief(line, correcting: reliefs[index]))
                components = repostRelief(line.factID)
            } else {
                reliefs[index].told += line.told
                components = repostRelief(original)
            }
        } else {
            guard !reliefs.contains(where: { $0.factID == line.factID }) else { return }
            reliefs.append(Relief(line))
            components = repostRelief(line.factID)
        }
        if !knowsFees { components.fee = line.told.fee }
        let price = line.changesHands ? price(of: line, for: components.total) : nil
        relieved.append(
            BookedFact(line: line, components: components, price: price, bookedOn: day))
    }

    /// A guarantor pays for exactly what it takes over; the price of a pool's share was counted
    /// before, on other claims than those that go; others pay the agreed part of it.
    private func price(of line: FactLine, for own: Int64) -> Int64 {
        if let original = line.corrects {
            return correctedPrice(of: line, for: own, correcting: original)
        }
        let told = line.told.total
        if line.kind == "compensation" { return own }
        if own == told || told == 0 || line.kind == "pool-sale" { return line.price }
        let paid = Int128(abs(line.price)) * Int128(abs(own))
        let part = Int64(Rounding.halfUp.divide(paid, by: Int128(abs(told))))
        return line.price < 0 ? -part : part
    }

    /// What a decision shows to have been too little or too much is paid at its price; a line that
    /// only tells its claims anew is paid as told.
    private func correctedPrice(
        of line: FactLine, for own: Int64, correcting original: String
    ) -> Int64 {
        guard reliefs.contains(where: { $0.factID == line.factID }),
            let first = relieved.first(where: { $0.line.factID == original })
        else { return line.price }
        if line.kind == "compensation" { return own }
        // What a pool's buyer pays for goes by a cut-off; for more than there is nobody pays.
        if line.kind == "pool-sale" { return abs(line.price) <= abs(own) ? line.price : own }
        let all = relieved.filter { [$0.line.factID, $0.line.corrects].contains(original) }
        let moved = all.reduce(own) { $0 + $1.components.total }
        let paid = all.reduce(0) { $0 + ($1.price ?? 0) }
        guard first.line.told.total != 0 else { return line.price }
        let part = Rounding.halfUp.divide(
            Int128(abs(moved)) * Int128(abs(first.line.price)),
            by: Int128(abs(first.line.told.total)))
        return Int64(part) * moved.signum() - paid
    }

    /// Cash for a loss: no more than the bank has lost or may still lose, what was written off
    /// included, less what was paid for it before.
    private mutating func bookIndemnity(_ line: FactLine, _ day: Day) {
        guard !relieved.contains(where: { $0.line.factID == line.factID }) else { return }
        let replay = replay()
        let now = LoanStatement(
            booked: [], relieved: [], waterfall: replay.waterfall, share: replay.waterfall.share
        ).balances(endOf: line.valueDate)
        let gone = writtenOff(replay.parts)
        let principal =
            now.principal + now.overduePrincipal + gone.principal + gone.overduePrincipal
        let claim = principal + now.interest + now.overdueInterest + gone.collectedInterest
        let price = line.corrects == nil ? line.price : max(line.price, -indemnified)
        let slack = max(1, conditions.roundingTolerance)
        let rests = [principal - indemnified, claim - indemnified].map { max(0, $0) }
        let near = rests.first { price > 0 && abs($0 - price) <= slack }
        let booked = near ?? min(price, rests[1])
        indemnified += booked
        relieved.append(
            BookedFact(line: line, components: Components(), price: booked, bookedOn: day))
    }

    private func writtenOff(_ parts: [String: [Int: Components]]) -> Components {
        reliefs.filter(\.isChargeOff)
            .reduce(into: Components()) { $0 += parts[$1.factID]?[0] ?? Components() }
    }

    private mutating func repostRelief(_ fact: String) -> Components {
        let target = replay().parts[fact]?[0] ?? Components()
        defer { postedReliefs[fact] = target }
        return target - (postedReliefs[fact] ?? Components())
    }

    /// Cash for what the bank wrote off: principal first, then interest, then penalty.
    private mutating func recover(_ cash: Int64) -> Components {
        let writtenOff = writtenOff(replay().parts)
        var (left, taken) = (cash, Components())
        func take(_ all: Int64, _ before: Int64) -> Int64 {
            let part = max(0, min(left, all - before))
            left -= part
            return part
        }
        taken.principal = take(
            writtenOff.principal + writtenOff.overduePrincipal, recovered.principal)
        taken.interest = take(writtenOff.collectedInterest, recovered.interest)
        taken.penalty = take(writtenOff.penalty, recovered.penalty)
        recovered += taken
        return taken
    }
}

extension FactLine {
    /// Whether it moves claims on its own day, other than one that tells an earlier day's anew.
    fileprivate func isMove(correcting original: Relief) -> Bool {
        changesHands && valueDate != original.valueDate
    }
}
