package import BusinessCalendar
package import LendingRules
package import Reconciling

/// The houses through which the platform's cash runs, as configured.
package struct Clearing: Hashable, Sendable {
    /// The payment channel; its breaks are kept under this name.
    package let channel: PartyID
    /// The bank of the platform's account, reached through the channel's line.
    package let account: PartyID
    /// The first business date on which cash runs through them.
    package let from: BusinessDate
    package let fee: ChannelFee
    /// Days from a collection, or from an instruction, to the statement that should show its
    /// transfer.
    package let transitDays: Int
    /// Days after which money that a statement lacks is no longer a matter of time.
    package let lateDays: Int
    /// Days after the business date by which both files must be there.
    package let filesDeadlineDays: Int
    /// How loans are paid out through the channel.
    package let payouts: PayoutTerms

    package init(
        channel: PartyID, account: PartyID, from: BusinessDate, fee: ChannelFee,
        transitDays: Int, lateDays: Int, filesDeadlineDays: Int,
        payouts: PayoutTerms = PayoutTerms()
    ) {
        self.from = from
        self.payouts = payouts
        self.channel = channel
        self.account = account
        self.fee = fee
        self.transitDays = transitDays
        self.lateDays = lateDays
        self.filesDeadlineDays = filesDeadlineDays
    }
}
