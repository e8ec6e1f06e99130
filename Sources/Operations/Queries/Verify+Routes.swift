import BusinessCalendar
import LendingRules
import Monetary

extension Verify {
    /// What is kept as the volume of each route is what it gave of booked loans at first, and each
    /// part went to a bank of a route of the loan's tier, that was asked for just that.
    func checkRoutes() async throws -> Divergence? {
        let kept = try await source.routes()
        if kept.volumes.isEmpty && kept.parts.isEmpty { return nil }
        let library = TermsLibrary(try await snapshots.snapshots())
        var given: [RouteSlot: Int64] = [:]
        var first: [RouteSlot: BusinessDate] = [:]
        for part in kept.parts {
            let record = part.record
            let agreement = library.agreement(record.agreementVersion)
            let routes = agreement?.routes(for: Applicant(record)) ?? []
            guard let agreement,
                let route = routes.first(where: { $0.name == part.route }),
                let slot = route.slots(agreement: agreement.name, agreement.currency)
                    .first(where: { $0.party == part.party })
            else {
                return Divergence(
                    .routes, on: record.bookedOn, at: record.loan.text,
                    "its tier has no route \(part.route) with \(part.party)")
            }
            if let fault = part.fault(under: agreement) {
                return Divergence(.routes, on: record.bookedOn, at: record.loan.text, fault)
            }
            given[slot] = try given[slot, default: 0].plus(part.amount)
            first[slot] = min(first[slot] ?? record.bookedOn, record.bookedOn)
        }
        for slot in Set(kept.volumes.keys).union(given.keys).sorted() {
            let (have, want) = (kept.volumes[slot] ?? 0, given[slot] ?? 0)
            if have == want { continue }
            let day = first[slot] ?? kept.parts.map(\.record.bookedOn).min()
            let open = try await source.closedDays().last?.date
            return Divergence(
                .routes, on: day ?? open ?? BusinessDate(dayNumber: 0),
                at: "\(slot.route) \(slot.party) \(slot.currency) \(slot.agreement)",
                "booked loans give \(want) as offered, the store has \(have)")
        }
        return nil
    }
}

extension RoutedLoan {
    /// What is wrong with it beside the loan's first request to the bank; nil when nothing is.
    fileprivate func fault(under agreement: Agreement) -> String? {
        if party == agreement.platform || agreement.fundingMode != .beforePayout && asked == nil {
            return nil
        }
        if asked == amount { return nil }
        return "route \(route) gave \(party) \(amount), and it was asked first for "
            + (asked.map(String.init) ?? "nothing")
    }
}
