/// The penalties of one instalment that has holders of its own.
struct Fines {
    var onPrincipal: CentHeap
    var onInterest: CentHeap
    private var nextOnPrincipal: CentSource
    private var nextOnInterest: CentSource

    init(
        _ deal: CentDeal, onPrincipal: CentHeap = CentHeap(), onInterest: CentHeap = CentHeap()
    ) {
        self.onPrincipal = onPrincipal
        self.onInterest = onInterest
        nextOnPrincipal = CentSource(deal)
        nextOnInterest = CentSource(deal)
    }

    mutating func charge(_ cents: Int, _ centsOnInterest: Int) {
        onPrincipal.add(nextOnPrincipal.draw(cents))
        onInterest.add(nextOnInterest.draw(centsOnInterest))
    }

    /// The nights to come are theirs who hold so much of its principal and of its interest.
    mutating func turn(_ principal: [Int], _ interest: [Int]) {
        if principal.contains(where: { $0 > 0 }) { nextOnPrincipal.turn(principal) }
        if interest.contains(where: { $0 > 0 }) { nextOnInterest.turn(interest) }
    }
}

extension ClerkLoan {
    /// Lays the penalties that are open apart, the oldest instalment's first.
    mutating func layFinesApart() {
        if hasSplitInstalments { return }
        hasSplitInstalments = true
        for index in due.indices {
            due[index].fines = Fines(
                CentDeal(holders), onPrincipal: penalty.take(due[index].onPrincipal.open),
                onInterest: penaltyOnInterest.take(due[index].onInterest.open))
        }
    }

    /// Each instalment's penalties go by whose claims on it are overdue.
    mutating func turnFines() {
        for index in closed..<due.count where due[index].fines != nil {
            let principal = due[index].principal.parts(parties)
            let interest = due[index].interest.parts(parties)
            due[index].fines?.turn(principal, interest)
        }
    }

    /// So much of the penalties of an instalment, on principal and on interest.
    mutating func takeFines(_ index: Int, _ cents: Int, _ centsOnInterest: Int)
        -> (onPrincipal: CentHeap, onInterest: CentHeap)
    {
        guard var fines = due[index].fines else {
            return (penalty.take(cents), penaltyOnInterest.take(centsOnInterest))
        }
        defer { due[index].fines = fines }
        return (fines.onPrincipal.take(cents), fines.onInterest.take(centsOnInterest))
    }
}
