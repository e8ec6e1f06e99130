import BusinessCalendar

// Why a line of money moved differs: the loan's balances of the same date tell which of the two
// records was booked.

extension Explainer {
    func movementVerdict(_ found: Break, in layout: FileLayout, _ loan: Loan) -> Verdict {
        switch found.kind {
        case .oursOnly, .theirsOnly:
            if let earlier = counterpart(of: found, in: layout, on: loan.name) {
                return Verdict(.arrivedLate, [earlier])
            }
            let cause = oneSidedCause(found, in: layout, loan)
            return Verdict(cause == .notBookedByPartner && mayBookLater ? .expectedLater : cause)
        case .duplicateOurs, .duplicateTheirs:
            return Verdict(
                cause(found, in: layout, loan, ifInBalance: .bookedTwice, ifNot: .writtenTwice))
        case .amount, .rounding:
            return Verdict(amountCause(found, in: layout, loan))
        case .date, .timing:
            let otherwise = found.kind == .timing ? Cause.withinWindow : .unknown
            return Verdict(Explainer.isOneDayLater(found) ? .afterCutOff : otherwise)
        case .field:
            return Verdict(
                cause(found, in: layout, loan, ifInBalance: .bookedDifferently, ifNot: .misprinted))
        case .controlTotal, .missingFile, .balanceChain, .groupSum, .funding:
            return Verdict(.unknown)
        }
    }

    private func oneSidedCause(_ found: Break, in layout: FileLayout, _ loan: Loan) -> Cause {
        let isOurs = found.kind == .oursOnly
        switch loan.evidence.rows {
        case .oursOnly where isOurs && !loan.evidence.hasPairedMovement:
            return .notBookedByPartner
        case .theirsOnly where !isOurs && !loan.evidence.hasPairedMovement:
            return .notBookedByUs
        default:
            return isOurs
                ? cause(
                    found, in: layout, loan, ifInBalance: .notBookedByPartner,
                    ifNot: .leftOutOfFile)
                : cause(found, in: layout, loan, ifInBalance: .notBookedByUs, ifNot: .strayLine)
        }
    }

    private func amountCause(_ found: Break, in layout: FileLayout, _ loan: Loan) -> Cause {
        if found.kind == .rounding, computation != .scale { return .partnerRounding }
        let effect = found.effect(in: layout, on: loan.name)
        if effect.isNone {
            return holdsBalanceColumn(found, layout) ? .otherBucket : .feeComputedDifferently
        }
        return cause(
            found, in: layout, loan,
            ifInBalance: effect.total == 0 ? .allocatedDifferently : .bookedDifferently,
            ifNot: .misprinted)
    }

    private func holdsBalanceColumn(_ found: Break, _ layout: FileLayout) -> Bool {
        found.differences.contains { difference in
            layout.amountColumns.contains {
                $0.name == difference.column && $0.component != nil
            }
        }
    }

    private func cause(
        _ found: Break, in layout: FileLayout, _ loan: Loan, ifInBalance booked: Cause,
        ifNot printed: Cause
    ) -> Cause {
        // A line without effect would be in every balance and in none.
        if found.effect(in: layout, on: loan.name).isNone { return .unknown }
        return switch loan.reading.isInBalance(found.id) {
        case .some(true): booked
        case .some(false): printed
        case .none: .unknown
        }
    }

    private static func isOneDayLater(_ found: Break) -> Bool {
        found.differences.contains {
            guard case .date(let ours?, let theirs?) = $0.values else { return false }
            return theirs.days(since: ours) == 1
        }
    }
}
