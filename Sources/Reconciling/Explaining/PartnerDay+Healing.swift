// Which open breaks of earlier dates a date's files show to be gone.

extension PartnerDay {
    /// Lines that arrived, balances and accruals that agree again, requests in flight on which
    /// both lists now say the same.
    func healed(_ results: [FileResult], _ explained: [ExplainedBreak]) -> [BreakID] {
        var healed = Set(
            explained.map(\.explanation).filter { $0.cause == .arrivedLate }.flatMap(\.related))
        for result in results where result.theirRows != nil {
            let waiting = openBreaks.filter { $0.layout.name == result.layout.name }
            if waiting.isEmpty { continue }
            switch result.layout.role {
            case .balance, .accrual:
                let agreeing = agreeing(Set(waiting.map(\.loan)), in: result)
                healed.formUnion(waiting.filter { agreeing.contains($0.loan) }.map(\.id))
            case .standing:
                let broken = Set(result.breaks.map(\.key))
                healed.formUnion(waiting.filter { !broken.contains($0.key) }.map(\.id))
            case .movement, .plan, .part, .status, .claim:
                continue
            }
        }
        return healed.sorted { $0.text < $1.text }
    }

    private func agreeing(_ waiting: Set<String>, in result: FileResult) -> Set<String> {
        var agreeing: Set<String> = []
        for match in result.matches {
            let loan = result.layout.loan(of: match.ours.record)
            if waiting.contains(loan) { agreeing.insert(loan) }
        }
        return agreeing
    }
}
