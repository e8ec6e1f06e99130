// Why a balance differs: usually because of a line, today's or an earlier date's.

extension Explainer {
    func balanceVerdict(_ found: Break, _ loan: Loan) -> Verdict {
        switch found.kind {
        case .oursOnly:
            return missingRowVerdict(loan, lines: [.oursOnly, .duplicateOurs], .leftOutOfFile)
        case .theirsOnly:
            return missingRowVerdict(loan, lines: [.theirsOnly, .duplicateTheirs], .strayLine)
        case .duplicateOurs, .duplicateTheirs:
            return Verdict(.writtenTwice)
        case .field:
            return statusVerdict(found, loan)
        case .rounding where computation != .scale:
            return Verdict(.partnerRounding)
        case .amount, .rounding:
            return differenceVerdict(loan)
        case .date, .timing, .controlTotal, .missingFile, .balanceChain, .groupSum, .funding:
            return Verdict(.unknown)
        }
    }

    /// A row is there because the loan moved: the line that one side lacks explains the row.
    private func missingRowVerdict(_ loan: Loan, lines: Set<BreakKind>, _ alone: Cause) -> Verdict {
        let missing = loan.evidence.movements.map(\.found).filter { lines.contains($0.kind) }
        return missing.isEmpty ? Verdict(alone) : Verdict(.followsFrom, missing.map(\.id))
    }

    private func statusVerdict(_ found: Break, _ loan: Loan) -> Verdict {
        let touching = loan.evidence.touching
        if !touching.isEmpty { return Verdict(.followsFrom, touching) }
        let columns = Set(found.differences.filter { $0.minorUnits == nil }.map(\.column))
        if columns == ["class"] { return Verdict(.ownLadder) }
        // Days past due follow from payments, and every line and bucket of the loan agrees.
        guard case .both(let difference) = loan.evidence.rows, difference.isNone else {
            return Verdict(computation == .scale ? .unknown : .partnerRounding)
        }
        return Verdict(.misprintedDetail)
    }

    private func differenceVerdict(_ loan: Loan) -> Verdict {
        if case .conclusive(let breaks, let first, _) = loan.reading, !breaks.isEmpty {
            return Verdict(.followsFrom, first)
        }
        let touching = loan.evidence.touching
        if isPenaltyOnly(loan), !touching.isEmpty { return Verdict(.followsFrom, touching) }
        switch loan.reading {
        case .conclusive(_, _, .nothing): return Verdict(.otherBucket)
        case .conclusive:
            return Verdict(computation == .scale ? .misprintedBalance : .partnerRounding)
        case .inconclusive: return Verdict(.unknown)
        }
    }

    /// A line dated or booked on another day leaves its days' penalty behind, or another bucket,
    /// and nothing else.
    private func isPenaltyOnly(_ loan: Loan) -> Bool {
        if case .both(let difference) = loan.evidence.rows {
            difference.isPenaltyOnly
        } else {
            false
        }
    }
}
