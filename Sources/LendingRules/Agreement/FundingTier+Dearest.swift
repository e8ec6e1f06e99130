extension Agreement {
    /// The most that the lenders of a tier are owed a year for a principal, in rate units times
    /// minor units: every part with the dearest of the banks that may take it.
    ///
    /// - Throws: ``FundingRefusal`` for a principal that the tier cannot divide.
    package func dearest(_ tier: FundingTier, principal: Int64) throws(FundingRefusal) -> Int128 {
        let residue = tier.residuePlace(self)
        let parts = try tier.parts(of: principal, residue: residue)
        var owed: Int128 = 0
        for (slice, part) in zip(tier.slices, parts) {
            var parties = slice.parties
            // What a waterfall has no room for goes where differences go.
            if slice.isMany, let residue { parties += tier.slices[residue].parties }
            let dearest = parties.map { units(of: $0) }.max() ?? 0
            owed += Int128(part) * Int128(dearest)
        }
        return owed
    }

    private func units(of party: PartyID) -> Int64 {
        lenders.first { $0.party == party }?.rate?.units ?? 0
    }
}

extension FundingSlice {
    /// Everybody who may take it, in agreement order.
    package var parties: [PartyID] {
        switch taker {
        case .party(let party): [party]
        case .route(let route): route.targets.map(\.party)
        case .waterfall(let parties, _): parties
        }
    }
}
