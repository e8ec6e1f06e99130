import BusinessCalendar
import LendingRules

/// A clean-up call as a payment date has made it.
struct PoolCall {
    let caller: PartyID
    /// The open date on which it was made.
    let madeOn: BusinessDate
    /// At its end shares were counted and priced: that of the collection period.
    let countedOn: BusinessDate
    /// At its end they change hands: the payment date, or the open one where that is closed. Who
    /// pays late gets the shares later; what came until then is passed on.
    let goesOn: BusinessDate
}
