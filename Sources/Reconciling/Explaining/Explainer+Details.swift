import Monetary

// Why a line differs that moves no money by itself: from what it is a detail of.

extension Explainer {
    /// Minor units below which no currency's unit is taken for the limit: without cents a unit is
    /// what one instalment rounds by.
    private static let leastMethodLimit: UInt64 = 10

    /// Whether a method of its own may come to the amounts: up to one unit of their currency, and
    /// nothing but amounts, for a method moves no due date.
    private func isOfMethod(_ found: Break) -> Bool {
        guard computation != .scale, found.kind == .amount, let currency = found.currency,
            found.differences.allSatisfy({ $0.minorUnits != nil })
        else { return false }
        let unit = currency.minorUnitsPerMajor.magnitude
        return found.magnitude <= max(unit, Explainer.leastMethodLimit)
    }

    func detailVerdict(_ found: Break, _ role: FileRole, _ loan: Loan) -> Verdict {
        if found.kind == .duplicateOurs || found.kind == .duplicateTheirs {
            return Verdict(.writtenTwice)
        }
        switch role {
        case .standing: return standingVerdict(found)
        case .plan: return planVerdict(found, loan)
        case .part: return partVerdict(found, loan)
        case .accrual: return accrualVerdict(found, loan)
        case .status: return statusChangeVerdict(found, loan)
        case .movement, .balance, .claim: return Verdict(.unknown)
        }
    }

    /// Claims of the other side are held against what we know to owe it.
    func claimCause(_ found: Break) -> Cause {
        switch found.kind {
        case .theirsOnly: .strayLine
        case .oursOnly: .leftOutOfFile
        case .duplicateOurs, .duplicateTheirs: .writtenTwice
        default: .feeComputedDifferently
        }
    }

    /// A request in flight on one side alone is paid out on the other, or not known there.
    private func standingVerdict(_ found: Break) -> Verdict {
        let paidOut = brokenLines[LineName(file: FileLayout.disbursements.name, key: found.key)]
        if let paidOut, found.kind.isOneSided {
            return Verdict(.followsFrom, paidOut.map(\.id))
        }
        return Verdict(
            found.kind == .oursOnly
                ? .leftOutOfFile : found.kind == .theirsOnly ? .notBookedByUs : .otherThanAgreed)
    }

    private func planVerdict(_ found: Break, _ loan: Loan) -> Verdict {
        let payouts = loan.evidence.movements.map(\.found).filter {
            $0.file == FileLayout.disbursements.name
        }
        if found.kind.isOneSided {
            let missing = payouts.filter { $0.kind == found.kind }
            return missing.isEmpty || loan.evidence.agreeing.contains(.plan)
                ? Verdict(alone(found)) : Verdict(.followsFrom, missing.map(\.id))
        }
        let moved = payouts.filter { $0.kind == .date || $0.kind == .timing }
        if found.kind == .date, !moved.isEmpty { return Verdict(.followsFrom, moved.map(\.id)) }
        // A method shows in the cents of an instalment, and in those of all of them in the last.
        return Verdict(isOfMethod(found) ? .interestMethod : .otherThanAgreed)
    }

    private func alone(_ found: Break) -> Cause {
        found.kind == .oursOnly ? .leftOutOfFile : .strayLine
    }
}

// MARK: - Parts of payments

extension Explainer {
    private func partVerdict(_ found: Break, _ loan: Loan) -> Verdict {
        let payment = Array(found.key.prefix(1))
        let line = brokenLines[LineName(file: FileLayout.repayments.name, key: payment)] ?? []
        let siblings = loan.evidence.details.filter {
            $0.file == FileLayout.repaymentsByInstalment.name && $0.key.first == found.key.first
        }
        let sums = Explainer.sums(of: siblings)
        if !line.isEmpty, Explainer.sums(of: line) == sums {
            return Verdict(.followsFrom, line.map(\.id))
        }
        if siblings.count > 1, sums.isEmpty { return Verdict(.otherInstalment) }
        let cents = (loan.roundingLimit ?? 0).magnitude
        if loan.roundingLimit != nil, found.magnitude <= cents * UInt64(1 + siblings.count) {
            return Verdict(.partnerRounding)
        }
        return Verdict(found.kind.isOneSided ? alone(found) : .misprintedDetail)
    }

    /// Ours − theirs by column, columns that cancel left out.
    private static func sums(of breaks: [Break]) -> [String: Int128] {
        var sums: [String: Int128] = [:]
        for found in breaks {
            for (column, minorUnits) in found.amountDifferences {
                sums[column, default: 0] += Int128(minorUnits)
            }
        }
        return sums.filter { $0.value != 0 }
    }
}

// MARK: - Accruals and statuses

extension Explainer {
    private func accrualVerdict(_ found: Break, _ loan: Loan) -> Verdict {
        let balances = loan.evidence.balanceBreaks
        if found.kind.isOneSided {
            let missing = balances.filter { $0.kind == found.kind }
            return missing.isEmpty
                ? Verdict(alone(found)) : Verdict(.followsFrom, missing.map(\.id))
        }
        let touching = loan.evidence.touching
        if case .both(let owed) = loan.evidence.rows {
            if isAccrued(found, in: owed, loan), !balances.isEmpty {
                return Verdict(.followsFrom, balances.map(\.id))
            }
        } else if !touching.isEmpty {
            return Verdict(.followsFrom, touching)
        }
        let (interest, penalty) = accrued(found)
        if interest == 0, penalty != 0, !touching.isEmpty { return Verdict(.followsFrom, touching) }
        return Verdict(isOfMethod(found) ? .interestMethod : .misprintedDetail)
    }

    /// Whether what is owed differs as what is accrued does.
    private func isAccrued(_ found: Break, in owed: BalanceEffect, _ loan: Loan) -> Bool {
        let (interest, penalty) = accrued(found)
        let rest = (interest - owed[.interest]).magnitude
        return rest <= UInt128((loan.roundingLimit ?? 0).magnitude)
            && (interest == 0 || owed[.interest] != 0) && (penalty == 0 || owed[.penalty] != 0)
    }

    private func accrued(_ found: Break) -> (interest: Int128, penalty: Int128) {
        var (interest, penalty): (Int128, Int128) = (0, 0)
        for (column, minorUnits) in found.amountDifferences {
            if column == "interest" {
                interest += Int128(minorUnits)
            } else {
                penalty += Int128(minorUnits)
            }
        }
        return (interest, penalty)
    }

    private func statusChangeVerdict(_ found: Break, _ loan: Loan) -> Verdict {
        let statuses = loan.evidence.balanceBreaks.filter { $0.kind == .field }
        if !statuses.isEmpty { return Verdict(.followsFrom, statuses.map(\.id)) }
        let touching = loan.evidence.touching
        // A balance of the same date that agrees shows the same days past due on both sides.
        if !loan.evidence.agreeing.contains(.balance), !touching.isEmpty {
            return Verdict(.followsFrom, touching)
        }
        let columns = Set(found.differences.map(\.column))
        if columns == ["class"] { return Verdict(.ownLadder) }
        return Verdict(found.kind.isOneSided ? alone(found) : .misprintedDetail)
    }
}
