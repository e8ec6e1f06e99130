import Monetary

extension AgreementSubject {
    /// An agreement as rules judge it: by its lenders' shares, or tier by tier.
    ///
    /// In a tier everybody who may lend has the part that is agreed, before bounds and rooms; of
    /// several that may take a part each has all of it. What comes of it for a loan is judged with
    /// the loan.
    static func all(_ agreement: Agreement, products: [Product], book: RuleBook)
        -> [AgreementSubject]
    {
        guard !agreement.tiers.isEmpty else {
            return [AgreementSubject(agreement, products: products, book: book)]
        }
        return agreement.tiers.map { tier in
            let lenders = tier.agreedParts.map {
                Lender(book.facts(of: $0.party), share: $0.share)
            }
            return AgreementSubject(agreement, lenders, products: products)
        }
    }
}

extension FundingTier {
    /// Whoever may lend and what part is agreed, in order of slices; who has none is left out.
    ///
    /// An amount may be all of a small loan.
    var agreedParts: [(party: PartyID, share: Share)] {
        let rest = restShare ?? .none
        return slices.flatMap { slice -> [(party: PartyID, share: Share)] in
            let share: Share? = slice.share(rest) ?? (try? Share(1, of: 1))
            guard let share, share.numerator > 0 else { return [] }
            return slice.parties.map { ($0, share) }
        }
    }
}
