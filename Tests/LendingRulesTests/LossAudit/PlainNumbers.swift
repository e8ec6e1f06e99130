/// Whole numbers made of fractions, as taught at school; nothing of the rules is used.
enum Plain {
    enum Rounding: CaseIterable {
        case halfUp
        case halfEven
    }

    /// A part of a whole, such as 5 of 100.
    struct Part: Hashable {
        let over: Int
        let under: Int

        /// So much of an amount, what is less than a cent left out.
        func down(of amount: Int) -> Int {
            Int(Int128(amount) * Int128(over) / Int128(under))
        }
    }

    static func round(_ over: Int128, _ under: Int128, _ rounding: Rounding) -> Int {
        let floor = over / under
        let middle = 2 * (over - floor * under) - under
        let grows = middle > 0 || (middle == 0 && (rounding == .halfUp || floor % 2 == 1))
        return Int(floor) + (grows ? 1 : 0)
    }
}

/// Dates as days after 2026-01-01, counted on a wall calendar.
enum PlainDay {
    struct Written: Hashable {
        let year: Int
        let month: Int
        let day: Int
    }

    private static let pages: [Written] = {
        var pages: [Written] = []
        for year in 2026...2035 {
            for month in 1...12 {
                for day in 1...length(month, of: year) {
                    pages.append(Written(year: year, month: month, day: day))
                }
            }
        }
        return pages
    }()

    /// Days before the first of each month.
    private static let firsts: [Int] = pages.indices.filter { pages[$0].day == 1 }

    static func written(_ day: Int) -> Written { pages[day] }

    /// The same day some months later, the last of a month that is too short for it.
    static func later(_ day: Int, months: Int) -> Int {
        let page = pages[day]
        let place = (page.year - 2026) * 12 + page.month - 1 + months
        let (year, month) = (2026 + place / 12, place % 12 + 1)
        return firsts[place] + min(page.day, length(month, of: year)) - 1
    }

    static func isMonthEnd(_ day: Int) -> Bool { pages[day + 1].day == 1 }

    private static func length(_ month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    static func year(_ day: Int) -> String { "\(pages[day].year)" }

    static func quarter(_ day: Int) -> String {
        "\(pages[day].year)-Q\((pages[day].month - 1) / 3 + 1)"
    }

    static func month(_ day: Int) -> String {
        let page = pages[day]
        return "\(page.year)-\(page.month < 10 ? "0" : "")\(page.month)"
    }
}
