/// Goes through a date's losses: the most days past due first, then by the loans' names.
struct LossTable {
    let day: Int
    var covers: ClerkCovers
    private(set) var rulings: [Int: [Ruling]] = [:]

    init(_ day: Int, _ covers: ClerkCovers) {
        self.day = day
        self.covers = covers
    }

    mutating func settle(_ entries: [LossEntry]) {
        var groups: [[LossEntry]] = []
        var together: [Int: Int] = [:]
        let order = entries.sorted {
            ($1.daysPastDue, $0.paper.number) < ($0.daysPastDue, $1.paper.number)
        }
        for entry in order {
            let agreement = covers.agreements[entry.paper.agreement]
            let isDivided = agreement.layers.contains { $0.cover?.isDivided == true }
            if isDivided, let group = together[entry.paper.agreement] {
                groups[group].append(entry)
            } else {
                together[entry.paper.agreement] = groups.count
                groups.append([entry])
            }
        }
        for group in groups { settleTogether(group) }
    }

    /// Layer by layer; one loan, or all of an agreement that divides a cover.
    private mutating func settleTogether(_ entries: [LossEntry]) {
        var entries = entries
        var cash: [Int: [Ruling]] = [:]
        let agreement = covers.agreements[entries[0].paper.agreement]
        for layer in agreement.layers {
            var asks: [LossRequest] = []
            for place in entries.indices where entries[place].isDue(layer, agreement) {
                if layer.provider < 0 {
                    cash[place, default: []] += level(&entries[place].seats, layer)
                    continue
                }
                for seat in entries[place].seats.indices
                where layer.pays(entries[place].seats[seat].party) {
                    guard let ask = ask(layer, entries[place], (place, seat)) else { continue }
                    if layer.cover?.isDivided == true {
                        asks.append(ask)
                    } else {
                        let taken = covers.draw(
                            ask.loss.total, layer, entries[place].paper, ask.party, day, ask.terms)
                        pay(taken, ask, layer, &entries)
                    }
                }
            }
            divide(asks, layer, &entries)
        }
        for (place, rulings) in cash where !rulings.isEmpty {
            self.rulings[entries[place].paper.number, default: []] += rulings
        }
    }

    /// Divides what covers have by what is asked for on the date, what is less than a cent to
    /// whom most of it is missing.
    private mutating func divide(
        _ asks: [LossRequest], _ layer: LayerPaper, _ entries: inout [LossEntry]
    ) {
        var shares = asks.map { _ in 0 }
        var byCover: [CoverName: [Int]] = [:]
        for (place, ask) in asks.enumerated() {
            let paper = entries[ask.place.entry].paper
            guard covers.isOpen(layer, day, ask.terms.daysPastDue),
                let name = covers.name(layer, paper, ask.party, ask.terms.pageOf)
            else { continue }
            byCover[name, default: []].append(place)
        }
        for (name, places) in byCover {
            let whole = places.reduce(0) { $0 + asks[$1].loss.total }
            let taken = covers.draw(whole, layer, name)
            var (missing, left): ([(cents: Int128, place: Int)], Int) = ([], taken)
            for place in places {
                let product = Int128(asks[place].loss.total) * Int128(taken)
                shares[place] = Int(product / Int128(whole))
                left -= shares[place]
                missing.append((product - Int128(shares[place]) * Int128(whole), place))
            }
            missing.sort { ($1.cents, $0.place) < ($0.cents, $1.place) }
            for (_, place) in missing.prefix(left) { shares[place] += 1 }
        }
        for (ask, share) in zip(asks, shares) { pay(share, ask, layer, &entries) }
    }

    private mutating func pay(
        _ taken: Int, _ ask: LossRequest, _ layer: LayerPaper, _ entries: inout [LossEntry]
    ) {
        let (entry, seat) = ask.place
        let part = PlainLoss(
            principal: min(taken, ask.loss.principal),
            interest: max(0, taken - ask.loss.principal))
        entries[entry].seats[seat].rest = entries[entry].seats[seat].rest - part
        if layer.way != .cash {
            entries[entry].seats[seat].movable = entries[entry].seats[seat].movable - part
        }
        if let ruling = ruling(layer, part, &entries[entry].seats[seat], ask.pages) {
            rulings[entries[entry].paper.number, default: []].append(ruling)
        }
    }

    /// What one layer is asked to pay one party; nil for nothing.
    private func ask(_ layer: LayerPaper, _ entry: LossEntry, _ place: (Int, Int)) -> LossRequest? {
        let seat = entry.seats[place.1]
        var loss = seat.rest
        if layer.way != .cash { loss = loss.within(seat.movable) }
        let pages = seat.pages.indices.filter {
            layer.asks(seat.pages[$0].yesterday, seat.pages[$0].days)
        }
        if layer.way == .claimsByInstalment {
            loss = loss.within(pages.reduce(PlainLoss()) { $0 + seat.pages[$1].part })
        }
        if !layer.coversInterest { loss.interest = 0 }
        let paid =
            layer.way == .claimsByInstalment
            ? pages.reduce(PlainLoss()) { $0 + (seat.pages[$1].paidBy[layer.name] ?? PlainLoss()) }
            : seat.paidBy[layer.name] ?? PlainLoss()
        let asked =
            layer.share == nil ? loss : ((loss + paid).part(layer.share) - paid).within(loss)
        if asked.total == 0 { return nil }
        return LossRequest(
            place: place, party: seat.party, loss: asked, pages: pages,
            terms: (daysPastDue: entry.daysPastDue, pageOf: day))
    }

    private func ruling(
        _ layer: LayerPaper, _ part: PlainLoss, _ seat: inout LossSeat, _ pages: [Int]
    ) -> Ruling? {
        if part.total == 0 { return nil }
        let claims = PlainClaims(principal: part.principal, interest: part.interest)
        if layer.way == .cash {
            return Ruling(
                kind: .invocation, from: layer.provider, to: seat.party, claims: claims,
                layer: layer.name)
        }
        var (open, last): (PlainLoss, Int?) = (part, nil)
        for index in pages.reversed() where layer.way == .claimsByInstalment {
            let piece = open.within(seat.pages[index].part)
            if piece.total == 0 { continue }
            open = open - piece
            seat.pages[index].part = seat.pages[index].part - piece
            last = last ?? seat.pages[index].number
        }
        return Ruling(
            kind: .compensation, from: seat.party, to: layer.provider, claims: claims,
            price: part.total, layer: layer.name, through: last)
    }

    /// Lets lenders bear what principal is left of all by shares of their own.
    private func level(_ seats: inout [LossSeat], _ layer: LayerPaper) -> [Ruling] {
        let places = seats.indices.filter { seat in
            layer.own.contains { $0.party == seats[seat].party }
        }
        var weights = places.map { place -> Int in
            guard let own = layer.own.first(where: { $0.party == seats[place].party }) else {
                return 0
            }
            return own.part.over * layer.own.reduce(1) { $0 * $1.part.under } / own.part.under
        }
        if !weights.contains(where: { $0 > 0 }) { return [] }
        let whole = places.reduce(0) { $0 + seats[$1].rest.principal }
        let deal = CentDeal(weights)
        weights = weights.map { _ in 0 }
        deal.deal(whole, 1, to: &weights)
        var owed = zip(places, weights).map { seats[$0].rest.principal - $1 }
        var rulings: [Ruling] = []
        for to in owed.indices {
            for from in owed.indices where owed[to] > 0 && owed[from] < 0 {
                let cents = min(owed[to], -owed[from])
                owed[to] -= cents
                owed[from] += cents
                rulings.append(
                    Ruling(
                        kind: .lossSharing, from: seats[places[from]].party,
                        to: seats[places[to]].party, claims: PlainClaims(principal: cents),
                        layer: layer.name))
            }
        }
        for (place, part) in zip(places, weights) { seats[place].rest.principal = part }
        return rulings
    }
}

/// What a layer is asked to pay one party of one loan.
struct LossRequest {
    let place: (entry: Int, seat: Int)
    let party: Int
    let loss: PlainLoss
    /// Places of the instalments for which it is asked.
    let pages: [Int]
    /// How late the loan is, and the date whose page of the cover pays.
    let terms: (daysPastDue: Int, pageOf: Int)
}
