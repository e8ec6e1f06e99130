import BusinessCalendar
import LendingRules
import Monetary

/// The keys of the notes in files of `pools/`.
enum PoolNoteForms {
    static let all = tranches + fees + reserve + triggers + cleanUp + dates

    private static let currency = "currency of `platform.yaml`"

    private static let tranches: [SettingForm] = [
        SettingForm(
            "notes.tranches", .mappings,
            "the classes of notes, the most senior first; without `notes` none are issued",
            absent: .group("no notes"), example: "[]"),
        SettingForm(
            "notes.tranches[].name", .name, "the tranche's name",
            example: "senior"),
        SettingForm(
            "notes.tranches[].holder", .name, "who is paid",
            example: "fund"),
        SettingForm(
            "notes.tranches[].original", .amountAboveZero, "principal at issue",
            unit: currency, example: "\"800000.00\""),
        SettingForm(
            "notes.tranches[].rate", .rate, "yearly rate on the balance",
            unit: "percent", absent: .words("what is left over alone"), example: "6"),
        SettingForm(
            "notes.tranches[].dayCount", .choice(DayCount.self), "how its days are counted",
            absent: .value("30/360"), example: "ACT/360"),
        SettingForm(
            "notes.tranches[].interestOnShortfall", .flag,
            "whether interest that was not paid bears interest",
            absent: .value("false"), example: "true"),
        SettingForm(
            "notes.principal", .choice(PrincipalPace.self),
            "to whom principal goes: one tranche after the other, or to the first ones by balance",
            absent: .value("sequential"), example: "pro-rata"),
        SettingForm(
            "notes.proRataTranches", .whole(1...100),
            "how many of the first tranches share principal, with `pro-rata`",
            absent: .words("all"), example: "1"),
    ]

    private static let fees: [SettingForm] = [
        SettingForm(
            "notes.servicing.payee", .name, "who has the servicing fee",
            absent: .group("no fee"), example: "platform"),
        SettingForm(
            "notes.servicing.rate", .rate,
            "on the pool's principal at the beginning of a collection period",
            unit: "percent a year", example: "1.2"),
        SettingForm(
            "notes.servicing.dayCount", .choice(DayCount.self), "how its days are counted",
            absent: .value("ACT/365F"), example: "ACT/365F"),
        SettingForm(
            "notes.expenses", .mappings, "what is owed on every payment date, in order",
            absent: .words("none"), example: "[]"),
        SettingForm(
            "notes.expenses[].name", .name, "what it is for", example: "trustee"),
        SettingForm(
            "notes.expenses[].payee", .name, "who has it", example: "trustee"),
        SettingForm(
            "notes.expenses[].amount", .amount, "how much",
            unit: currency, example: "\"100.00\""),
    ]

    private static let reserve: [SettingForm] = [
        SettingForm(
            "notes.reserve.initial", .amount, "what the reserve holds at issue",
            unit: currency, absent: .group("no reserve"), example: "\"10000.00\""),
        SettingForm(
            "notes.reserve.percent", .share, "what it is to hold, as a part of the pool",
            absent: .words("`atLeast` alone"), example: "\"2%\""),
        SettingForm(
            "notes.reserve.atLeast", .amount, "what it is to hold at least",
            unit: currency, absent: .value("0"), example: "\"5000.00\""),
        SettingForm(
            "notes.reserve.seniorTranches", .whole(1...100),
            "how many of the first tranches have their interest out of it",
            absent: .value("1"), example: "1"),
    ]

    private static let triggers: [SettingForm] = [
        SettingForm(
            "notes.triggers", .mappings, "tests of every payment date",
            absent: .words("none"), example: "[]"),
        SettingForm(
            "notes.triggers[].name", .name, "the trigger's name", example: "losses"),
        SettingForm(
            "notes.triggers[].measure", .choice(NoteMoney.Measure.self),
            "what is measured; the first two fail above the bound, the others below it",
            example: "cumulative-losses"),
        SettingForm(
            "notes.triggers[].bound", .line(40), "what it is held against",
            allowed: "a part above zero", example: "\"5%\""),
        SettingForm(
            "notes.triggers[].bucket", .whole(1...7),
            "the first bucket that counts, with `past-due`",
            absent: .value("3"), example: "3"),
        SettingForm(
            "notes.triggers[].tranches", .whole(1...100),
            "how many of the first tranches count, with the last two measures",
            absent: .value("1"), example: "1"),
        SettingForm(
            "notes.triggers[].effect", .choice(PoolTrigger.Effect.self),
            "principal goes to one tranche after the other; or what is left over does too",
            absent: .value("sequential"), example: "trap"),
        SettingForm(
            "notes.triggers[].cures", .flag, "whether a test that is passed again undoes it",
            absent: .value("false"), example: "true"),
        SettingForm(
            "notes.recoveriesWriteUp", .flag,
            "whether recoveries give tranches back what losses took",
            absent: .value("false"), example: "true"),
    ]

    private static let cleanUp: [SettingForm] = [
        SettingForm(
            "notes.cleanUp.buyer", .name, "who may buy what is left",
            allowed: "a party that lends", absent: .group("no call"), example: "platform"),
        SettingForm(
            "notes.cleanUp.atMost", .share, "once the pool is no more than this part of its first",
            example: "\"10%\""),
        SettingForm(
            "notes.cleanUp.price", .line(40), "at what price", allowed: "as `price`",
            absent: .value("par-plus-accrued"), example: "par"),
        SettingForm(
            "notes.cleanUp.automatic", .flag, "whether it is done on the first date it may be",
            absent: .value("false"), example: "true"),
        SettingForm(
            "notes.cleanUp.repays", .whole(0...100),
            "how many of the first tranches it must repay in full",
            absent: .value("0"), example: "1"),
    ]

    private static let dates: [SettingForm] = [
        SettingForm(
            "notes.payments.first", .date, "the first payment date, before a holiday moves it",
            example: "2026-08-15"),
        SettingForm(
            "notes.payments.everyMonths", .whole(1...12), "how long until the next",
            unit: "months", absent: .value("1"), example: "1"),
        SettingForm(
            "notes.payments.daysBefore", .whole(1...60),
            "how long before it the collection period ends",
            unit: "days", absent: .words("with the month before"), example: "10"),
        SettingForm(
            "notes.payments.calendar", .name, "a date on a holiday moves to the next business day",
            allowed: "a calendar", absent: .words("no date moves"), example: "US"),
        SettingForm(
            "notes.final", .date, "the payment date on which everything is due",
            allowed: "a date after `settlesOn`", example: "2031-08-15"),
        SettingForm(
            "notes.residual", .name, "who has what is left over", example: "platform"),
    ]
}
