import PartnerGateway

/// What the payment channel's book says of one borrower.
package struct ChaosPayout: Hashable, Sendable {
    package let loan: String
    /// Minor units.
    package let cents: Int64
    /// The latest try has paid.
    package let isPaid: Bool
    /// The money comes back, or has done so.
    package let isReturned: Bool
    /// How often it was tried.
    package let tries: Int

    package init(
        loan: String, cents: Int64, isPaid: Bool = true, isReturned: Bool = false, tries: Int = 1
    ) {
        self.loan = loan
        self.cents = cents
        self.isPaid = isPaid
        self.isReturned = isReturned
        self.tries = tries
    }

    /// A line of the channel's book.
    init(_ json: JSONValue) {
        self.init(
            loan: json["loan"]?.text ?? "",
            cents: Int64((json["amount"]?.text ?? "").filter { $0 != "." }) ?? 0,
            isPaid: json["state"]?.text == "paid", isReturned: json["returnsOn"]?.text != nil,
            tries: Int(json["try"]?.integer ?? 0))
    }

    /// What the borrower has of it, minor units.
    var kept: Int64 { isPaid && !isReturned ? cents : 0 }
}
