import Testing

/// The audit on diaries written by hand.
@Suite struct JournalAuditTests {
    @Test(arguments: [
        ["arrival A", "answer A"],
        ["arrival A", "answer A", "arrival B", "answer B"],
        ["arrival A", "fault A drop-after-commit", "query A"],
        ["arrival A", "fault A drop-before-reading", "query A", "arrival A", "answer A"],
        ["arrival A", "fault A busy", "arrival A", "answer A"],
        ["arrival A", "fault A payout-failed", "arrival A"],
        ["arrival A", "fault A late-answer", "answer A", "query A", "query A"],
        ["arrival A", "answer A", "reversal A", "fault A drop-after-commit", "reversal A"],
        ["clock", "faults-set", "file-received", "booked", "refused-signature A"],
    ])
    func `a careful platform's diary shows nothing`(lines: [String]) {
        #expect(JournalAudit.violations(in: diary(lines)).isEmpty)
    }

    @Test(arguments: [
        (["arrival A", "replayed-nonce A"], 2),
        (["arrival A", "fault A drop-after-commit", "replayed-nonce A", "query A"], 3),
    ])
    func `the same signed request twice is a re-send below the platform`(
        lines: [String], at sequence: Int
    ) {
        #expect(
            JournalAudit.violations(in: diary(lines))
                == [.repeatedBelow(key: "A", sequence: sequence)])
    }

    @Test(arguments: [
        (["arrival A", "arrival A"], 2),
        (["arrival A", "answer A", "arrival A", "answer A"], 3),
        (["arrival A", "fault A drop-after-commit", "arrival A"], 3),
        (["arrival A", "fault A drop-before-reading", "arrival A"], 3),
        (["arrival A", "query B", "arrival B", "arrival A"], 4),
        (["arrival A", "fault B busy", "arrival A"], 3),
        (["query A", "arrival A", "arrival A"], 3),
        (["arrival A", "query A", "arrival A", "answer A", "arrival A"], 5),
    ])
    func `a second arrival without a question between is blind`(
        lines: [String], at sequence: Int
    ) {
        #expect(
            JournalAudit.violations(in: diary(lines))
                == [.sentBlindly(key: "A", sequence: sequence)])
    }

    @Test func `entries count in the order in which the bank wrote them`() {
        let entries = diary(["arrival A", "query A", "arrival A"])
        #expect(JournalAudit.violations(in: entries.reversed()).isEmpty)
    }

    /// Entries of `event key fault`.
    private func diary(_ lines: [String]) -> [BankJournalEntry] {
        lines.enumerated().map { index, line in
            let words = line.split(separator: " ").map(String.init)
            return BankJournalEntry(
                sequence: index + 1, event: words[0], key: words.dropFirst().first,
                fault: words.dropFirst(2).first)
        }
    }
}
