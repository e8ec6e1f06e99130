import BusinessCalendar
import TestSupport
import Testing

/// Spoiled dates: what is taken comes back as it was written.
@Suite struct DateFuzzTests {
    @Test func `a spoiled date is refused, or is the date that it says`() throws {
        try Property.check(100_000) { generator in
            let bytes = Mutation.of(Array("2026-02-28".utf8), &generator)
            let text = String(decoding: bytes, as: UTF8.self)
            guard let date = BusinessDate(text) else { return }
            try hold(date.description == text, "'\(text)' was read as \(date)")
        }
    }
}
