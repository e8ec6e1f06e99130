// Why a partner's files contradict each other: usually because of a line or balance that is told
// as a break of its own.

extension Explainer {
    /// Our own balances and lines do follow from each other, so what the chain is off by is what
    /// lines and balances are off by, to the minor unit; otherwise it is the partner's alone.
    func chainVerdict(_ found: Break) -> Verdict {
        guard let name = found.key.first, let loan = loans[ExactText(name)],
            let off = found.differences.first?.minorUnits
        else { return Verdict(.brokenChain) }
        var sum: Int128 = 0
        var behind: [BreakID] = []
        func count(_ id: BreakID, _ effect: Int128) {
            if effect == 0 { return }
            sum += effect
            behind.append(id)
        }
        for one in loan.evidence.movements.map(\.found) { count(one.id, -gap(one, name)) }
        for one in loan.evidence.balanceBreaks { count(one.id, gap(one, name)) }
        let since = earlier[name]?.date
        let balances = loan.evidence.open.filter { $0.layout.role == .balance }
        for one in balances where one.firstDate == since {
            count(one.id, -one.effect[.principal])
        }
        // A row the partner left out hides the lines of its date.
        let hidden = balances.filter { one in
            one.kind == .oursOnly && since.map { $0 < one.firstDate } ?? false
        }.map(\.id)
        if sum == Int128(off), !behind.isEmpty { return Verdict(.followsFrom, behind) }
        return hidden.isEmpty ? Verdict(.brokenChain) : Verdict(.followsFrom, hidden)
    }

    func groupVerdict(_ found: Break) -> Verdict {
        let payment = Array(found.key.prefix(1))
        let lines = brokenLines[LineName(file: FileLayout.repayments.name, key: payment)] ?? []
        let parts =
            loans[ExactText(found.key.last ?? "")]?.evidence.details.filter {
                $0.file == FileLayout.repaymentsByInstalment.name
                    && $0.key.first == found.key.first
            } ?? []
        let behind = lines + parts
        return behind.isEmpty
            ? Verdict(.brokenGroup) : Verdict(.followsFrom, behind.map(\.id))
    }

    /// Ours − theirs in a loan's principal, as the two records of a break have it.
    private func gap(_ found: Break, _ loan: String) -> Int128 {
        guard let layout = FileLayout.reconciled.first(where: { $0.name == found.file }) else {
            return 0
        }
        func principal(_ line: Line?) -> Int128 {
            guard let record = line?.record, layout.loan(of: record) == loan else { return 0 }
            return BalanceChain.principal(of: record, layout)
        }
        return principal(found.ours) - principal(found.theirs)
    }
}
