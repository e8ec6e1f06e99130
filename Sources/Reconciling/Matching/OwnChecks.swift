/// The checks of a partner's files among themselves: the balance chain, then the groups.
struct OwnChecks {
    /// What the partner says of each loan in its balances, in loan order.
    let closings: [StatedBalance]
    /// Breaks of earlier dates that the date's balances show to be gone.
    let healed: [BreakID]
    private let found: [String: [Break]]

    /// - Throws: ``ReconcilingError`` when a record does not fit its layout.
    init(of day: PartnerDay) throws(ReconcilingError) {
        for file in day.files { try file.checkColumns() }
        let chain = BalanceChain(of: day)
        let groups = GroupSums(of: day)
        closings = chain.closings
        healed = chain.healed
        found = Dictionary(grouping: chain.breaks + groups.breaks, by: \.file)
    }

    /// The breaks that stand in one file's result.
    func breaks(of layout: FileLayout) -> [Break] { found[layout.name] ?? [] }
}

extension FilePair {
    /// - Throws: ``ReconcilingError/misfit(file:side:line:)``.
    func checkColumns() throws(ReconcilingError) {
        for (side, records) in [(Side.ours, ours), (.theirs, theirs ?? [])] {
            for record in records where !record.fits(layout) {
                throw .misfit(file: layout.name, side: side, line: record.line)
            }
        }
    }
}
