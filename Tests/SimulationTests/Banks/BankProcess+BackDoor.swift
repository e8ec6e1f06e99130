import BusinessCalendar
import Foundation
import FoundationNetworking

extension BankProcess {
    /// Moves the bank's clock to a business date.
    func setClock(_ date: BusinessDate) async throws {
        _ = try await call("POST", "clock", body: "{\"businessDate\": \"\(date)\"}")
    }

    /// Replaces the bank's misbehaviour.
    func setFaults(_ faults: BankFaults) async throws { try await setFaults(faults.text) }

    /// Replaces the misbehaviour by one as the back door takes it.
    func setFaults(_ faults: String) async throws {
        _ = try await call("PUT", "faults", body: faults)
    }

    /// What borrowers pay through the channel on a date.
    func collect(_ file: String, on date: BusinessDate) async throws {
        _ = try await call("PUT", "files/\(date)/collections.csv", body: file)
    }

    /// The account's statement of a date; nil while the date is not over.
    func statement(of date: BusinessDate) async throws -> String? {
        let data = try? await call("GET", "files/\(date)/cash.csv")
        return data.map { String(decoding: $0, as: UTF8.self) }
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
        guard [200, 201].contains((response as? HTTPURLResponse)?.statusCode) else {
            throw HarnessFault("\(name) refuses \(path): \(String(decoding: data, as: UTF8.self))")
        }
        return data
    }
}
