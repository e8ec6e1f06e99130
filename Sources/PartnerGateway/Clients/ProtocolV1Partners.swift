// The ports of Operations, each party on its own line.

package import BusinessCalendar
package import LendingRules
package import Operations

/// Partners that speak protocol v1, by party. A party without a line is answered for: nothing was
/// sent.
package struct ProtocolV1Partners: PartnerBanks, PartnerFiles {
    private let clients: [PartyID: ProtocolV1Client]

    package init(_ clients: [PartyID: ProtocolV1Client]) { self.clients = clients }

    /// Sends the request to its party; never more than once on its own.
    package func send(_ request: HeldRequest) async -> PartnerAnswer {
        await clients[request.request.party]?.send(request.request) ?? unreachable(request)
    }

    /// Sends requests of one party in as few calls as they fit into.
    package func send(_ requests: [HeldRequest]) async -> [PartnerAnswer] {
        guard let party = requests.first?.request.party else { return [] }
        precondition(
            requests.allSatisfy { $0.request.party == party }, "a batch goes to one party")
        guard let client = clients[party] else { return requests.map { unreachable($0) } }
        return await client.send(requests.map(\.request))
    }

    /// Asks the party what became of the request.
    package func ask(_ request: HeldRequest) async -> PartnerAnswer {
        await clients[request.request.party]?.ask(request.request) ?? unreachable(request)
    }

    /// Asks the party to take the request back, known to it or not.
    package func reverse(_ request: HeldRequest) async -> PartnerAnswer {
        await clients[request.request.party]?.reverse(request.request) ?? unreachable(request)
    }

    /// Delivers one of our files of a date.
    package func put(_ file: FileContent, to party: PartyID, on date: BusinessDate) async
        -> FileAnswer
    {
        await clients[party]?.put(file, on: date) ?? .unavailable(evidence(party))
    }

    /// Fetches one of the party's files of a date.
    package func get(_ name: String, from party: PartyID, on date: BusinessDate) async
        -> FileAnswer
    {
        await clients[party]?.get(name, on: date) ?? .unavailable(evidence(party))
    }

    private func unreachable(_ request: HeldRequest) -> PartnerAnswer {
        .notSent(evidence(request.request.party))
    }

    private func evidence(_ party: PartyID) -> PartnerAnswer.Evidence {
        .init("no endpoint is configured for party \(party)")
    }
}

extension ProtocolV1Partners {
    /// The payment channel behind a party's line.
    package func channel(_ party: PartyID) -> ProtocolV1Channel {
        ProtocolV1Channel(party: party, client: clients[party])
    }
}

/// A payment channel on its line. Without one it is answered for: nothing was sent.
package struct ProtocolV1Channel: PaymentChannel {
    private let party: PartyID
    private let client: ProtocolV1Client?

    init(party: PartyID, client: ProtocolV1Client?) {
        self.party = party
        self.client = client
    }

    /// Sends the payout; never more than once on its own.
    package func pay(_ payout: Payout) async -> PayoutAnswer {
        await client?.pay(payout) ?? unreachable
    }

    /// Asks what became of the payout.
    package func ask(_ payout: Payout) async -> PayoutAnswer {
        await client?.ask(payout) ?? unreachable
    }

    private var unreachable: PayoutAnswer {
        .notSent(.init("no endpoint is configured for party \(party)"))
    }
}
