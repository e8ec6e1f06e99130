import BusinessCalendar
import Foundation
import FoundationNetworking

extension BankProcess {
    /// Moves the bank's clock to a business date.
    func setClock(_ date: BusinessDate) async throws {
        _ = try await call("POST", "clock", body: "{\"businessDate\": \"\(date)\"}")
    }

    /// Replaces the bank's misbehaviour.
    func setFaults(_ faults: BankFaults) async throws {
        _ = try await call("PUT", "faults", body: faults.text)
    }

    /// The bank's diary.
    func journal() async throws -> [BankJournalEntry] {
        struct Journal: Decodable { let entries: [BankJournalEntry] }
        return try JSONDecoder().decode(Journal.self, from: try await call("GET", "journal"))
            .entries
    }

    /// The bank's own books.
    func book() async throws -> BankBook {
        try JSONDecoder().decode(BankBook.self, from: try await call("GET", "book"))
    }

    private func call(_ method: String, _ path: String, body: String = "") async throws -> Data {
        guard let url = URL(string: "\(endpoint)/admin/v1/\(path)") else {
            throw HarnessFault("\(endpoint) is no address")
        }
        var request = URLRequest(url: url, timeoutInterval: 60)
        request.httpMethod = method
        if !body.isEmpty { request.httpBody = Data(body.utf8) }
        let (data, response) = try await URLSession.shared.data(for: request)
        guard (response as? HTTPURLResponse)?.statusCode == 200 else {
            throw HarnessFault("\(name) refuses \(path): \(String(decoding: data, as: UTF8.self))")
        }
        return data
    }
}
