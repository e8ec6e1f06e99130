/// What has not fallen due of a loan, instalment by instalment.
struct ClerkPlan {
    struct Page {
        let startsOn: Int
        let dueOn: Int
        var principal = 0
        var interest = 0
        var fee = 0
    }

    private let paper: LoanPaper
    /// The open one first.
    fileprivate(set) var pages: [Page]
    /// Principal of each instalment but the last, where it is equal.
    private var level: Int
    /// Principal at the beginning of the open period, and since which morning it is how much.
    private var segments: [(from: Int, balance: Int)]
    /// Interest of the open period that was paid before the plan was last laid out.
    private var told = 0
    private var isRepaid = false

    init(_ paper: LoanPaper) {
        self.paper = paper
        pages = (1...paper.instalments).map { number in
            Page(
                startsOn: PlainDay.later(paper.disbursedOn, months: number - 1),
                dueOn: PlainDay.later(paper.disbursedOn, months: number))
        }
        level = Plain.round(Int128(paper.principal), Int128(paper.instalments), paper.rounding)
        segments = [(paper.disbursedOn, paper.principal)]
        layOut(endsEarly: false)
    }

    /// The open period's interest by the morning of a date, what is paid included; nil without one.
    func earned(until morning: Int) -> Int? {
        guard let page = pages.first else { return nil }
        if morning >= page.dueOn { return page.interest }
        return min(page.interest, max(told, interest(page, until: morning)))
    }

    /// The open instalment has fallen due.
    mutating func turnPage() {
        let page = pages.removeFirst()
        let balance = (segments.last?.balance ?? 0) - page.principal
        segments = [(page.dueOn, balance)]
        told = 0
    }

    /// Principal came early, with all interest that was paid ahead by now.
    mutating func shrink(by principal: Int, interest: Int, on today: Int) {
        let balance = (segments.last?.balance ?? 0) - principal
        if segments.last?.from == today { segments.removeLast() }
        segments.append((today, balance))
        told = interest
        isRepaid = balance == 0
        let shortens = paper.early == .shortens && !isInterestOnly
        if balance > 0, !shortens {
            level = Plain.round(Int128(balance), Int128(pages.count), paper.rounding)
        }
        layOut(endsEarly: shortens || balance == 0)
    }

    private var isInterestOnly: Bool {
        if case .interestOnly = paper.method { true } else { false }
    }

    private mutating func layOut(endsEarly: Bool) {
        guard var balance = segments.last?.balance else { return }
        for index in pages.indices {
            let page = pages[index]
            let isOpen = index == 0
            let interest =
                isOpen
                ? max(told, interest(page, until: page.dueOn))
                : Plain.round(
                    part(page, page.dueOn - page.startsOn, balance).over,
                    part(page, page.dueOn - page.startsOn, balance).under, paper.rounding)
            pages[index].interest = interest
            pages[index].principal =
                index == pages.count - 1
                ? balance : principal(of: balance, interest: interest - (isOpen ? told : 0))
            pages[index].fee = isRepaid ? 0 : paper.fee
            balance -= pages[index].principal
            if endsEarly, balance == 0 {
                pages.removeSubrange((index + 1)...)
                return
            }
        }
    }

    private func principal(of balance: Int, interest: Int) -> Int {
        switch paper.method {
        case .equalPrincipal: min(level, balance)
        case .level(let total): min(total - interest, balance)
        case .interestOnly: 0
        }
    }

    /// Interest of the open period, rounded once on all its segments.
    private func interest(_ page: Page, until morning: Int) -> Int {
        var (sum, under): (Int128, Int128) = (0, 1)
        for (index, segment) in segments.enumerated() {
            let end = index + 1 < segments.count ? segments[index + 1].from : morning
            let nights = min(end, morning) - min(segment.from, morning)
            let part = part(page, nights, segment.balance)
            (sum, under) = (sum + part.over, part.under)
        }
        return Plain.round(sum, under, paper.rounding)
    }

    /// Exact interest of some nights of a period; all of one period over the same whole.
    private func part(_ page: Page, _ nights: Int, _ balance: Int) -> (over: Int128, under: Int128)
    {
        let yearly = Int128(balance) * Int128(paper.rate) * Int128(nights)
        let length = Int128(page.dueOn - page.startsOn)
        return (yearly, 100_000_000 * (paper.isByMonths ? 12 * length : 365))
    }
}

extension ClerkPlan {
    /// Nothing is to fall due any more.
    mutating func close() { pages = [] }
}
