// What was collected on a pool's share since its cut-off, which is the buyer's.

extension LineBooking {
    /// The bank does not know the cut-off: of all that it has booked since the end of one of the
    /// days before, it passes on what comes nearest to what is told.
    mutating func bookPassing(_ line: FactLine, _ day: Day) {
        let earlier = relieved.filter {
            [$0.line.factID, $0.line.corrects].contains(line.corrects ?? line.factID)
        }
        let passed = earlier.reduce(0) { $0 + ($1.price ?? 0) }
        if line.corrects == nil, !earlier.isEmpty { return }
        let price = line.corrects == nil ? -nearestCollected(to: -line.price, day) : -passed
        relieved.append(
            BookedFact(line: line, components: Components(), price: price, bookedOn: day))
    }

    /// Of equally near amounts that of the latest cut-off.
    private func nearestCollected(to told: Int64, _ day: Day) -> Int64 {
        let days = Set(booked.map(\.bookedOn) + relieved.map(\.bookedOn))
        let amounts = days.filter { $0 <= day }.sorted(by: >).map { collected(since: $0) }
        return amounts.min { abs($0 - told) < abs($1 - told) } ?? 0
    }

    /// Payments and what takes them back, and recoveries on what was written off since, all of the
    /// day itself included.
    private func collected(since first: Day) -> Int64 {
        let paid = booked.reduce(0) { $0 + ($1.bookedOn < first ? 0 : $1.components.total) }
        func sum(_ isCounted: (BookedFact) -> Bool) -> Int64 {
            relieved.reduce(0) { $0 + (isCounted($1) ? $1.components.total : 0) }
        }
        let recovered = sum { $0.line.isRecovery && $0.bookedOn >= first }
        let gone = sum { $0.line.kind.hasSuffix("charge-off") && $0.bookedOn < first }
        let back = sum { $0.line.isRecovery && $0.bookedOn < first }
        return paid + max(0, recovered - (gone - back))
    }
}
