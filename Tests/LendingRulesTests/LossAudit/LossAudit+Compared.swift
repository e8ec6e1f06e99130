import LendingRules
import TestSupport

// What is held against what.

extension LossAudit {
    /// Neither the order of loans and facts nor the shards that they are taken in matter.
    mutating func holdInAnotherOrder(_ day: LossDay, _ places: [Int], _ today: Int) throws {
        let shards = (0..<4).map { shard in
            places.filter { $0 % 4 == shard }.shuffled(using: &random)
        }
        let other = try product.decided(
            today, shards.shuffled(using: &random).flatMap { $0 }, shuffling: &random)
        try hold(day == other, "day \(today): the order of loans matters")
    }

    mutating func compare(
        _ told: [Int: [Ruling]], _ audited: [Int: [Ruling]], _ today: Int
    ) throws {
        for place in Set(told.keys).union(audited.keys).sorted() {
            let (one, other) = (told[place] ?? [], audited[place] ?? [])
            try hold(
                one == other,
                "decided \(one)\n  audited \(other)\n\(story(place, today))")
            for ruling in one { tally.rulings[ruling.kind, default: 0] += 1 }
        }
    }

    mutating func compareCovers(_ today: Int) throws {
        try hold(
            product.covers.count == auditor.covers.pages.count,
            "day \(today): \(product.covers.count) covers, audited \(auditor.covers.pages.count)")
        for (id, account) in product.covers {
            let name = CoverName(agreement: id.agreement, layer: id.layer, key: id.key)
            let figures = auditor.covers.pages[name]?.figures ?? []
            try hold(
                account.audited == figures,
                "day \(today): \(id) \(account.audited) audited as \(figures)")
            tally.covers += 1
        }
    }

    /// Loans to which something has happened, once a week those that are past due, and on the last
    /// of a month all of them.
    mutating func comparePositions(_ places: [Int], _ today: Int) throws {
        var chosen = Set(places)
        if today % 7 == 0 {
            chosen.formUnion(next.indices.filter { product.dossiers[$0].lateSince != nil })
        }
        let isWhole = everyDay || PlainDay.isMonthEnd(today)
        for place in next.indices where isWhole || chosen.contains(place) {
            try compare(place, today)
        }
    }

    private mutating func compare(_ place: Int, _ today: Int) throws {
        let one = try product.position(place, today).audited
        let other = auditor.files[place].loan.audited(today)
        try hold(one == other, "claims \(one)\n  audited \(other)\n\(story(place, today))")
        tally.positions += 1
    }

    /// The loan and what had happened, for whoever looks for the reason.
    private func story(_ place: Int, _ today: Int) -> String {
        let paper = portfolio.loans[place]
        let vouchers = auditor.files[place].vouchers.map {
            "\($0.number) value \($0.value) booked \($0.booked) \($0.kind)"
        }
        let due = auditor.files[place].loan.due.map {
            "\($0.dueOn): \($0.principal.count)+\($0.interest.count)+\($0.fee.count)"
        }
        return """
            day \(today), \(paper)
            agreement \(portfolio.agreements[paper.agreement])
            due \(due)
            \(vouchers.joined(separator: "\n"))
            """
    }
}
