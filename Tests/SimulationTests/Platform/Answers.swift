/// What `fund` answers, as far as the harness reads it.
struct FundAnswer: Decodable {
    let sent: Int
    /// Requests without an outcome.
    let open: [OpenRequest]
    let payouts: Payouts

    struct Payouts: Decodable {
        let sent: Int
        let open: [OpenPayout]
    }

    struct OpenPayout: Decodable {
        let key: String
    }

    struct OpenRequest: Decodable, Equatable {
        let key: String
        let party: String
        let state: String
    }
}

/// What `eod` answers for one date, as far as the harness reads it.
struct EndOfDayAnswer: Decodable {
    let wasClosed: Bool
    /// Keys of requests without an outcome.
    let inDoubt: [String]
    let undelivered: [Undelivered]

    struct Undelivered: Decodable {
        let party: String
    }
}

/// A line of `loans list`, as far as the harness reads it.
struct LoanLine: Decodable {
    let loan: String
    let state: String
    let disbursedOn: String?
}
