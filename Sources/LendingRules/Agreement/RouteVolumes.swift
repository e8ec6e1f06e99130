package import Monetary

/// Where the volume of one bank of a route is counted.
///
/// Another mix of targets counts anew; another version of the agreement with the same mix goes on.
package struct RouteSlot: Hashable, Sendable {
    /// Name of the agreement.
    package let agreement: String
    package let route: String
    /// The targets as the canonical terms write them.
    package let mix: String
    package let party: PartyID
    package let currency: Currency

    package init(
        agreement: String, route: String, mix: String, party: PartyID, currency: Currency
    ) {
        self.agreement = agreement
        self.route = route
        self.mix = mix
        self.party = party
        self.currency = currency
    }
}

extension RouteSlot: Comparable {
    /// The order in which volumes are locked.
    package static func < (left: RouteSlot, right: RouteSlot) -> Bool {
        (left.agreement, left.route, left.mix, left.party, left.currency)
            < (right.agreement, right.route, right.mix, right.party, right.currency)
    }
}

extension FundingRoute {
    /// `harbor 1/2 summit 1/2`.
    package var mix: String {
        targets.map { "\($0.party) \($0.share)" }.joined(separator: " ")
    }

    /// Where the volumes of its banks are counted, in agreement order.
    package func slots(agreement: String, _ currency: Currency) -> [RouteSlot] {
        targets.map {
            RouteSlot(
                agreement: agreement, route: name, mix: mix, party: $0.party, currency: currency)
        }
    }

    /// What each bank lags behind its target when so much more is to be routed, in agreement order:
    /// target × volume including it − own volume, over the common denominator of the targets.
    ///
    /// - Throws: ``AmountError/overflow``.
    package func lags(_ volumes: [Int64], routing amount: Int64) throws(AmountError) -> [Int128] {
        let common = try Share.weights(targets.map(\.share))
        let volume = volumes.reduce(Int128(amount)) { $0 + Int128($1) }
        var lags: [Int128] = []
        for (weight, own) in zip(common.weights, volumes) {
            let (wanted, isTooLarge) = Int128(weight).multipliedReportingOverflow(by: volume)
            let (has, isTooMuch) = Int128(own).multipliedReportingOverflow(
                by: Int128(common.denominator))
            if isTooLarge || isTooMuch { throw .overflow }
            lags.append(wanted - has)
        }
        return lags
    }
}

extension Agreement {
    /// Every route of its tiers, in their order.
    package var routes: [FundingRoute] {
        tiers.flatMap(\.slices).compactMap { slice in
            if case .route(let route) = slice.taker { route } else { nil }
        }
    }

    /// Where the volumes of its routes are counted.
    package var routeSlots: [RouteSlot] {
        routes.flatMap { $0.slots(agreement: name, currency) }
    }

    /// The routes of the tier that takes a loan.
    package func routes(for loan: Applicant) -> [FundingRoute] {
        let tier = tiers.first { $0.conditions.hold(for: loan) }
        return (tier?.slices ?? []).compactMap { slice in
            if case .route(let route) = slice.taker { route } else { nil }
        }
    }
}
