import BusinessCalendar

/// What one layer is asked to pay one lender of a loan.
struct LossAsk {
    let entry: LossCase
    /// Among the loans that are taken together, and among its lenders.
    let place: (loan: Int, lender: Int)
    let layer: LossLayer
    let provision: LossProvision
    let lender: PartyID
    let asked: LossAmounts
    let cover: CoverID?

    init(
        _ entry: LossCase, at place: (Int, Int), _ layer: LossLayer, _ provision: LossProvision,
        _ standing: LossStanding, on date: BusinessDate
    ) {
        self.entry = entry
        self.place = (loan: place.0, lender: place.1)
        self.layer = layer
        self.provision = provision
        lender = standing.party
        asked = standing.asked(of: provision, layer)
        cover = entry.cover(of: layer, for: standing.party, on: date)
    }
}

extension LossLayer {
    /// Whether what its cover has is divided among all who ask for it on a date.
    var isAllocatedProRata: Bool {
        guard case .provided(let provision) = bearing else { return false }
        return provision.cover?.allocation == .proRata
    }
}
