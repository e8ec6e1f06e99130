import Foundation
import Operations
import PartnerGateway

extension Application {
    /// Books the loans, funds them against the clock and reads the banks' books.
    static func fund(at banks: [BankProcess], _ ground: BenchGround) async throws -> BenchFinding {
        let application = try await open(ground.launch)
        defer { application.stores.close() }
        try await application.book(ground)
        var finding = BenchFinding()
        let before = BenchCost(banks)
        let startedAt = ContinuousClock.now
        let report = try await application.fundUseCase.run()
        finding.seconds = (ContinuousClock.now - startedAt) / .seconds(1)
        let after = BenchCost(banks)
        finding.cost = [after.own - before.own, after.banks - before.banks]
        finding.peakMemoryMiB = BenchCost.peakMemoryMiB
        finding.unknownLeft = report.open.count
        // Every loan has one request, whose money went out only when it was funded.
        finding.strange = ground.load.requests - report.disbursed
        for (number, bank) in banks.enumerated() {
            try await finding.compare(bank, number, ground.load)
        }
        return finding
    }

    /// A few at a time: what is booked here is not what is measured.
    private func book(_ ground: BenchGround) async throws {
        let path = ground.directory.input(BenchGround.date, "loans")
        let count = ground.load.requests
        for first in stride(from: 0, to: count, by: 2_000) {
            var writer = CSVWriter(columns: [
                "loan_id", "borrower_id", "product", "principal", "currency",
                "annual_rate_percent", "instalments", "approved_at", "agreement",
            ])
            for number in first..<min(count, first + 2_000) {
                writer.row([
                    BenchLoan.id(number), "B\(number)", "instalment-loan",
                    BenchGround.principal, "USD", "12", "12", "\(BenchGround.date)T09:00:00Z",
                    "bank\(number % ground.load.partners + 1)",
                ])
            }
            try OutputFile.write(writer.bytes, to: path)
            _ = try await importLoans(path)
        }
    }
}

/// How the loans of a run are numbered.
enum BenchLoan {
    static func id(_ number: Int) -> String { "F\(10_000_000 + number)" }

    /// The number in an id; nil for a loan that is none of them.
    static func number(_ id: String) -> Int? {
        guard id.hasPrefix("F"), let number = Int(id.dropFirst()) else { return nil }
        return number - 10_000_000
    }
}

extension BenchFinding {
    private static let page = 5_000

    /// Goes through a bank's book, which must hold every request that was its own, once.
    fileprivate mutating func compare(
        _ bank: BankProcess, _ position: Int, _ load: BenchFund.Load
    ) async throws {
        var seen: Set<Int> = []
        var last = ""
        while true {
            let page = try await bank.bookedRequests(after: last, limit: Self.page)
            for request in page {
                let executions = request["executions"]?.integer ?? 0
                if executions > 1 { doubleFunded += 1 }
                let isRight =
                    request["state"]?.text == "accepted" && executions == 1
                    && request["amount"]?.text == BenchGround.share
                guard isRight, let number = request["loan"]?.text.flatMap(BenchLoan.number),
                    (0..<load.requests).contains(number), number % load.partners == position,
                    seen.insert(number).inserted
                else {
                    strange += 1
                    continue
                }
                funded += 1
            }
            guard page.count == Self.page, let key = page.last?["key"]?.text else { return }
            last = key
        }
    }
}

/// Processor time so far, in microseconds.
struct BenchCost {
    let own: Double
    let banks: Double

    init(_ banks: [BankProcess]) {
        own = Self.microseconds(of: "self")
        self.banks = banks.reduce(0) { $0 + Self.microseconds(of: "\($1.identifier)") }
    }

    /// User and system time of a process, as the kernel tells it in hundredths of a second.
    private static func microseconds(of process: String) -> Double {
        let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        // The name in brackets may hold spaces.
        let fields = text?.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12])
        else { return 0 }
        return (user + system) * 1_000_000 / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// The most memory this process has held.
    static var peakMemoryMiB: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss / 1_024
    }
}
