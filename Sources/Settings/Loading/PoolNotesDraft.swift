import BusinessCalendar
import LendingRules
import Monetary

/// The mapping `notes` of a pool as far as it could be read.
struct PoolNotesDraft {
    let caller: Located<String>?
    let calendar: Located<String>?
    /// Where the mapping stands.
    let key: String
    let place: Place
    private let notes: PoolNotes?
    private let dates: PaymentDates

    init(_ section: Section, decimals: Int) {
        (key, place) = (section.key, section.place)
        let money = NoteMoney(decimals: decimals)
        let sections = section.sections("tranches", isRequired: true)
        let tranches = sections.compactMap(money.tranche)
        let pace = section.value(
            "principal", Rule<PrincipalPace>.choice("order of principal"),
            default: PrincipalPace.sequential.rawValue)
        let count = section.optional("proRataTranches", .whole(1...100, "tranches"))
        let servicing = section.isGiven("servicing") ? section.section("servicing") : nil
        let fee = servicing.flatMap(money.servicing)
        let expenses = section.sections("expenses", isRequired: false).compactMap(money.expense)
        let reserve = section.isGiven("reserve") ? section.section("reserve") : nil
        let account = reserve.flatMap(money.reserve)
        let triggers = section.sections("triggers", isRequired: false).compactMap(money.trigger)
        let writeUp = section.value("recoveriesWriteUp", .yesOrNo, default: "false")
        let cleanUp = section.isGiven("cleanUp") ? section.section("cleanUp") : nil
        let call = cleanUp.flatMap(money.cleanUp)
        dates = PaymentDates(section.section("payments"))
        let final = section.value("final", .date)
        let residual = section.value("residual", .identifier)
        section.finish()
        (caller, calendar) = (call?.buyer, dates.calendar)
        let isWhole =
            !tranches.isEmpty && tranches.count == section.entryCount(of: "tranches")
            && expenses.count == section.entryCount(of: "expenses")
            && triggers.count == section.entryCount(of: "triggers")
            && (fee != nil) == section.isGiven("servicing")
            && (account != nil) == section.isGiven("reserve")
            && (call != nil) == section.isGiven("cleanUp")
        guard isWhole, let pace, let writeUp, let final, let residual,
            let first = dates.first
        else {
            notes = nil
            return
        }
        var notes = PoolNotes(
            tranches: tranches, payments: PaymentCalendar(firstOn: first), finalOn: final.value,
            residualHolder: PartyID(residual.value))
        if pace.value == .proRata {
            notes.principal = .proRata(tranches: count?.value ?? tranches.count)
        }
        notes.servicing = fee
        notes.expenses = expenses
        notes.reserve = account
        notes.triggers = triggers
        notes.recoveriesWriteUp = writeUp.value
        notes.cleanUp = call?.terms
        notes.calledBy = call.map { PartyID($0.buyer.value) }
        self.notes = notes
    }

    /// The notes with their calendar; nil when a part could not be read.
    func notes(_ calendars: [HolidayCalendar]) -> PoolNotes? {
        guard let notes, let payments = dates.payments(calendars) else { return nil }
        var dated = PoolNotes(
            tranches: notes.tranches, payments: payments, finalOn: notes.finalOn,
            residualHolder: notes.residualHolder)
        dated.principal = notes.principal
        dated.servicing = notes.servicing
        dated.expenses = notes.expenses
        dated.reserve = notes.reserve
        dated.triggers = notes.triggers
        dated.recoveriesWriteUp = notes.recoveriesWriteUp
        dated.cleanUp = notes.cleanUp
        dated.calledBy = notes.calledBy
        return dated
    }
}

/// To whom principal goes, as files name it.
enum PrincipalPace: String, CaseIterable {
    case sequential
    case proRata = "pro-rata"
}

/// The mapping `payments` of a pool's notes.
struct PaymentDates {
    let first: BusinessDate?
    let calendar: Located<String>?
    private let everyMonths: Int?
    private let daysBefore: Int?

    init(_ section: Section?) {
        first = section?.value("first", .date)?.value
        everyMonths = section?.value("everyMonths", .whole(1...12, "months"), default: "1")?.value
        daysBefore = section?.optional("daysBefore", .whole(1...60, "days"))?.value
        calendar = section?.optional("calendar", .identifier)
        section?.finish()
    }

    func payments(_ calendars: [HolidayCalendar]) -> PaymentCalendar? {
        guard let first, let everyMonths else { return nil }
        let heeded = calendars.first { $0.name == calendar?.value }
        if calendar != nil, heeded == nil { return nil }
        return PaymentCalendar(
            firstOn: first, everyMonths: everyMonths,
            periodEnd: daysBefore.map { .daysBefore($0) } ?? .monthBefore, holidays: heeded)
    }
}
