import BusinessCalendar
import Foundation
import Testing

extension Simulations {
    /// When a day may be closed, and what closing it again does.
    @Suite struct CloseTests {
        @Test func `a second close while one runs is turned away and may be tried again`()
            async throws
        {
            let day = try await FundingDay.make("two-closes", faults: .none, loans: 4)
            let lock = try CloseLock(in: day.installation.directory)
            let refused = try await day.endOfDay(day.date)
            #expect(refused.exit == 75)
            #expect(refused.complaints.hasPrefix("CLOSE-002: "))
            lock.release()
            try await day.endOfDay(day.date).done()
            await day.close()
        }

        @Test func `a day is not closed before the one before it`() async throws {
            let day = try await FundingDay.make("too-early", faults: .none, loans: 4)
            let before = try await day.digest()
            let refused = try await day.endOfDay(day.date.adding(days: 1))
            #expect(refused.exit == 1)
            #expect(refused.complaints.hasPrefix("CLOSE-001: "))
            #expect(try await day.digest() == before)
            await day.close()
        }

        @Test func `closing a closed day posts nothing`() async throws {
            let day = try await FundingDay.make("closed-again", faults: .none, loans: 4)
            try await day.fund()
            #expect(try await day.endOfDay(day.date).exit == 0)
            let before = try await day.digest()
            let again = try await day.endOfDay(day.date)
            #expect(again.exit == 0)
            #expect(try again.answer(EndOfDayAnswer.self).wasClosed)
            #expect(try await day.digest() == before)
            await day.close()
        }
    }
}

/// The lock of a running close, held by the test instead.
private struct CloseLock {
    private let descriptor: Int32

    init(in directory: URL) throws {
        let store = Installation.database(in: directory).path
        descriptor = open(store + "-close", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw HarnessFault("the close lock cannot be taken")
        }
    }

    func release() { close(descriptor) }
}
