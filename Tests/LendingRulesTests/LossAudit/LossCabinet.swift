/// The auditor's cabinet: every loan's file and every cover's page, closed day by day.
struct LossCabinet {
    private(set) var covers: ClerkCovers
    private(set) var files: [ClerkFile] = []
    private let agreements: [AgreementPaper]

    init(_ agreements: [AgreementPaper]) {
        self.agreements = agreements
        covers = ClerkCovers(agreements)
    }

    mutating func open(_ paper: LoanPaper) { files.append(ClerkFile(paper)) }

    /// Closes a date; returns what is decided of each loan.
    mutating func close(_ today: Int, _ news: [Int: [Voucher]]) -> [Int: [Ruling]] {
        var awake: [Int] = []
        for place in files.indices {
            let news = news[place] ?? []
            if files[place].isQuiet(today, news) {
                files[place].sleep(today)
                continue
            }
            awake.append(place)
            let isNew = files[place].isNew
            files[place].live(today, news, agreements[files[place].paper.agreement])
            count(place, today, isNew)
        }
        followRevived(awake, news, today)
        var entries: [LossEntry] = []
        for place in awake {
            let agreement = agreements[files[place].paper.agreement]
            files[place].carryOutOrders(today)
            let entry = files[place].entry(today, news[place] ?? [], agreement)
            if entry.isDue(agreement) { entries.append(entry) }
        }
        covers.fillUp(today)
        var table = LossTable(today, covers)
        table.settle(entries)
        let heldUp = entries.indices.filter { place in
            let paper = entries[place].paper
            return entries[place].isHeldUp(
                by: table.rulings[paper.number] ?? [], agreements[paper.agreement])
        }
        if !heldUp.isEmpty {
            for place in heldUp { entries[place].waits = true }
            table = LossTable(today, covers)
            table.settle(entries)
        }
        covers = table.covers
        return end(awake, entries, table.rulings, today)
    }

    /// What earlier dates have left too little comes before the date's own losses: the most days
    /// past due first, then by the loans' names.
    private mutating func followRevived(
        _ awake: [Int], _ news: [Int: [Voucher]], _ today: Int
    ) {
        let late = awake.filter { files[$0].isRevived(today, news[$0] ?? []) }
            .map { (place: $0, days: files[$0].loan.daysPastDue(today)) }
        let order = late.sorted {
            ($1.days, files[$0.place].paper.number) < ($0.days, files[$1.place].paper.number)
        }
        for (place, _) in order {
            files[place].followRevived(
                today, agreements[files[place].paper.agreement], &covers)
        }
    }

    private mutating func count(_ place: Int, _ today: Int, _ isNew: Bool) {
        let file = files[place]
        let before =
            isNew ? file.yesterday.ledger.map { _ in PartyLedger(lent: 0) } : file.yesterday.books
        covers.count(before, file.open.books, file.paper, today)
        if file.loan.isUndone, !file.yesterday.isUndone {
            covers.giveBack(file.yesterday.settlements, file.paper)
        }
    }

    private mutating func end(
        _ awake: [Int], _ entries: [LossEntry], _ rulings: [Int: [Ruling]], _ today: Int
    ) -> [Int: [Ruling]] {
        var chargedOff: Set<Int> = []
        for entry in entries where entry.isChargedOff(agreements[entry.paper.agreement]) {
            chargedOff.insert(entry.paper.number)
        }
        var all: [Int: [Ruling]] = [:]
        for place in awake {
            let paper = files[place].paper
            files[place].end(
                today, rulings[paper.number] ?? [],
                isChargedOff: chargedOff.contains(paper.number), agreements[paper.agreement])
            covers.count(files[place].open.books, files[place].loan.books, paper, today)
            if !files[place].rulings.isEmpty { all[place] = files[place].rulings }
        }
        return all
    }
}
