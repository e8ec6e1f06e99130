import BusinessCalendar
import LendingRules
import Monetary
import TestSupport

/// The product's side: contracts, facts, and closes that decide about losses.
struct LossProductBook {
    /// One loan and what is known of it.
    struct Dossier {
        let paper: LoanPaper
        let contract: LoanContract
        let terms: LossTerms
        let dueOn: Set<Int>
        var facts: [LoanFact] = []
        /// Numbers of what was decided of it, by the facts.
        var decided: [String: Int] = [:]
        /// Since when the oldest unpaid instalment is past due, as of the last date on which
        /// anything happened.
        var lateSince: Int?

        /// Whether an instalment is so many days past due as something waits for; the auditor, who
        /// looks at every loan, would find what is overlooked here.
        func isDue(_ today: Int) -> Bool {
            guard let lateSince else { return false }
            if let days = terms.chargeOffAt, today - lateSince >= days { return true }
            return terms.layers.contains { layer in
                guard case .daysPastDue(let days) = layer.trigger else { return false }
                return dueOn.contains(today - days)
            }
        }
    }

    private(set) var dossiers: [Dossier] = []
    private(set) var covers: [CoverID: CoverAccount] = [:]
    private let terms: [LossTerms]
    private let agreements: [AgreementPaper]
    private var places: [LoanID: Int] = [:]

    init(_ agreements: [AgreementPaper]) throws {
        self.agreements = agreements
        terms = try agreements.map { try $0.terms() }
    }

    mutating func open(_ paper: LoanPaper) throws {
        let contract = try paper.contract(agreements[paper.agreement])
        let date = LossTranslation.date(paper.disbursedOn)
        let disbursed = LoanFact(
            id: "D", kind: .disbursed, valueDate: date, bookingDate: date, instant: -1)
        places[contract.loan] = dossiers.count
        dossiers.append(
            Dossier(
                paper: paper, contract: contract, terms: terms[paper.agreement],
                dueOn: Set(contract.schedule.instalments.map { LossTranslation.day($0.dueOn) }),
                facts: [disbursed]))
    }

    /// Loans on which the date may decide or move something; the others are quiet.
    func candidates(_ today: Int, _ news: [Int: [Voucher]]) -> [Int] {
        dossiers.indices.filter { place in
            let dossier = dossiers[place]
            return news[place] != nil || dossier.isDue(today)
                || dossier.paper.disbursedOn == today || dossier.dueOn.contains(today)
                || dossier.dueOn.contains(today - 1)
        }
    }

    /// Closes a date; the loans come in the order of `places`.
    func decided(_ today: Int, _ places: [Int], shuffling random: inout SeededGenerator) throws
        -> LossDay
    {
        var close = LossClose(
            on: LossTranslation.date(today), covers: covers, by: coverTerms())
        for place in places {
            let dossier = dossiers[place]
            let facts = dossier.facts.shuffled(using: &random)
            try close.take(dossier.contract, facts, under: dossier.terms)
        }
        return try close.decided()
    }

    private func coverTerms() -> [CoverID: CoverTerms] {
        var all: [CoverID: CoverTerms] = [:]
        for id in covers.keys {
            for (paper, terms) in zip(agreements, terms) where paper.name == id.agreement {
                all[id] = terms.cover(of: id)
            }
        }
        return all
    }

    mutating func learn(_ news: [Int: [Voucher]]) throws {
        for (place, vouchers) in news {
            dossiers[place].facts += try vouchers.map { try $0.fact() }
        }
    }

    /// Keeps what a date has decided; returns it in the auditor's words.
    mutating func keep(_ day: LossDay) throws -> [Int: [Ruling]] {
        var rulings: [Int: [Ruling]] = [:]
        for decision in day.facts {
            guard let place = places[decision.loan] else { continue }
            dossiers[place].facts.append(decision.fact)
            dossiers[place].decided[decision.fact.id] = dossiers[place].decided.count + 1
            rulings[place, default: []].append(
                try Ruling(decision.fact.kind, dossiers[place].decided))
        }
        for cover in day.covers { covers[cover.id] = cover.account }
        return rulings
    }

    mutating func position(_ place: Int, _ today: Int) throws -> LoanPosition {
        let dossier = dossiers[place]
        let position = try dossier.contract.position(
            facts: dossier.facts, at: LossTranslation.date(today))
        dossiers[place].lateSince =
            position.daysPastDue > 0 ? today - position.daysPastDue : nil
        return position
    }
}

extension LoanPosition {
    /// What the auditor recomputes: of each party claims by bucket, what it paid for and is left,
    /// what is written off and has come back; the borrower's cash; days past due.
    var audited: [[Int]] {
        zip(lenders, acquired).map { lender, acquired in
            let claims = lender.claims
            let all = [
                claims.principal, claims.overduePrincipal, claims.interest, claims.overdueInterest,
                claims.penalty, claims.penaltyOnInterest, claims.fee, acquired.allPrincipal,
                acquired.allInterest, acquired.allPenalty, acquired.fee, lender.writtenOff,
                lender.recovered.total, lender.disbursed, lender.paid.allPrincipal,
            ]
            return all.map { Int($0) }
        } + [[Int(unallocated), daysPastDue]]
    }
}

extension ClerkLoan {
    /// The same by the auditor.
    func audited(_ today: Int) -> [[Int]] {
        let buckets = buckets()
        return paper.parties.indices.map { party in
            let ledger = ledger[party]
            let lost = ledger.chargedOff.reduce(0, +) - ledger.recovered
            return buckets[party] + acquiredLeft(party)
                + [lost, ledger.recovered, ledger.lent, ledger.paidPrincipal]
        } + [[cash.unallocated, daysPastDue(today)]]
    }
}

extension CoverAccount {
    var audited: [Int] {
        [
            figures.disbursed, figures.matured, figures.recovered, figures.writtenOff, ceiling,
            invoked, available, unabsorbed, figures.forgone, figures.toppedUp,
        ].map { Int($0) }
    }
}
