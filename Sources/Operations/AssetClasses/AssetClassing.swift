import BusinessCalendar
import LendingRules
import Monetary
import Portfolio

/// Classes the claims of a date and posts provisions, in one place, when every loan has aged.
///
/// Looks at loans that a slice looked at, at those whose observation ends and at the other loans of
/// their borrowers; at every loan on a date on which a lender's rules are others than before, or
/// when the close was killed.
struct AssetClassing: Sendable {
    let store: any AssetClassStore
    let loans: LoanAgeing
    let date: BusinessDate
    /// Of every lender that has some.
    let rules: [PartyID: AssetRules]
    let changedRules: [KeptAssetRules]

    /// Nil when no lender classes claims, or those of the date are classed already.
    static func begin(
        _ store: (any AssetClassStore)?, _ catalogue: Catalogue, _ date: BusinessDate,
        _ loans: LoanAgeing
    ) async throws -> AssetClassing? {
        guard let store else { return nil }
        let rules = catalogue.assetRules.inForce(on: date)
        let kept = try await store.rules(before: date)
        if rules.isEmpty && kept.isEmpty { return nil }
        if try await store.isClassed(date) { return nil }
        let changed = Set(rules.keys).union(kept.keys).sorted().compactMap { lender in
            let text = rules[lender]?.canonicalText ?? ""
            return text == kept[lender] ?? ""
                ? nil : KeptAssetRules(lender: lender, date: date, text: text)
        }
        return AssetClassing(
            store: store, loans: loans, date: date, rules: rules, changedRules: changed)
    }

    /// Classes and posts; `aged` are loans of the slices that were posted by this run.
    func run(_ aged: [AgedLoan], of slices: [Range<Int>]) async throws {
        var known = Dictionary(uniqueKeysWithValues: aged.map { ($0.loan, $0) })
        let everywhere = changedRules.isEmpty ? LoanNotice.gaps(between: slices) : LoanAgeing.all
        for shards in everywhere {
            let classed = try await store.classedLoans(in: shards, before: date)
            try await add(try await loans.live(in: shards, on: date) + classed, to: &known)
        }
        try await add(try await store.observationsEnding(on: date), to: &known)
        var day = AssetClassSheet(date: date, rules: rules)
        try await take(Array(known.values), into: &day)
        if rules.values.contains(where: { $0.crossDefault != .none }) {
            let drawn = try await store.loans(of: day.borrowersToRead.sorted())
            let looked = Set(known.keys)
            try await add(drawn, to: &known)
            try await take(known.values.filter { !looked.contains($0.loan) }, into: &day)
        }
        let result = try day.result(changedRules)
        try await loans.surroundings.during(.post) { try await store.post(result) }
    }

    private func take(_ aged: [AgedLoan], into day: inout AssetClassSheet) async throws {
        for part in aged.sorted(by: { $0.loan < $1.loan }).chunks(of: SliceClose.chunk) {
            let kept = try await store.kept(of: part.map(\.loan), before: date)
            for loan in part { day.take(loan, kept) }
        }
    }

    private func add(_ wanted: [LoanID], to known: inout [LoanID: AgedLoan]) async throws {
        let missing = Set(wanted).filter { known[$0] == nil }
        for loan in try await loans.aged(missing.sorted(), on: date) { known[loan.loan] = loan }
    }
}

/// Reads loans as they are at the end of a date.
struct LoanAgeing: Sendable {
    let book: any LoanBook
    let terms: TermsLibrary
    let platform: PartyID
    let surroundings: Surroundings

    /// Every shard, in ranges whose loans fit in memory.
    static let all = stride(from: 0, to: Surroundings.shardCount, by: 256).map { $0..<$0 + 256 }

    func live(in shards: Range<Int>, on date: BusinessDate) async throws -> [LoanID] {
        try await book.anchors(in: shards).filter(\.isLive).map(\.loan)
            + book.touched(in: shards, on: date)
    }

    func aged(_ loans: [LoanID], on date: BusinessDate) async throws -> [AgedLoan] {
        var aged: [AgedLoan] = []
        for part in loans.chunks(of: SliceClose.chunk) {
            let dossiers = try await surroundings.during(.load) {
                try await book.dossiers(part, bookedThrough: date)
            }
            for dossier in dossiers {
                let contract = try terms.contract(of: dossier, platform: platform)
                let day = try ContractFault.naming(contract.loan) { () throws(ServicingError) in
                    try LoanDay(contract: contract, facts: dossier.facts, date: date)
                }
                aged.append(
                    AgedLoan(
                        day, of: dossier.record.borrower,
                        shard: surroundings.shard(contract.loan.text)))
            }
        }
        return aged
    }
}
