/// The stable code of a configuration fault; each has a row in the Errors article.
package enum FaultCode: String, Sendable, CaseIterable {
    /// A file or directory is missing, empty or cannot be read.
    case unreadable = "CONF-001"
    /// A file is larger than ``ConfigurationSources/largestFileBytes``.
    case tooLarge = "CONF-002"
    /// Invalid UTF-8, a byte order mark, a tab or a control character.
    case notPlainText = "CONF-003"
    /// The YAML parser could not go on.
    case syntax = "CONF-004"
    /// YAML that these files do without: anchors, aliases, tags, block text, deep nesting.
    case unsupportedYAML = "CONF-005"
    /// One mapping has the same key twice.
    case repeatedKey = "CONF-006"
    /// A key that nothing reads.
    case unknownKey = "CONF-007"
    /// A key without a default is absent.
    case missingKey = "CONF-008"
    /// A list or mapping stands where text must be, or the other way round.
    case wrongShape = "CONF-009"
    /// Text that is no value of the wanted kind.
    case unreadableValue = "CONF-010"
    /// A value of the right kind outside its limits.
    case outOfRange = "CONF-011"
    /// A party, product or calendar that no file describes.
    case unknownReference = "CONF-012"
    /// Funding or income shares that do not make exactly one whole.
    case sharesNotWhole = "CONF-013"
    /// A name, date or number that must be unique stands twice.
    case repeatedName = "CONF-014"
    /// The chart of accounts lacks an account that the rules post to.
    case incompleteChart = "CONF-015"
    /// A secret stands in a file.
    case secretInFile = "CONF-016"
    /// Plain HTTP to another machine, or credentials inside an address.
    case insecureEndpoint = "CONF-017"
    /// A secret that a command needs cannot be had from the environment.
    case secretUnavailable = "CONF-018"
    /// Two settings that exclude each other.
    case contradiction = "CONF-019"
    /// A key that is there and is none for its profile.
    case unusableKey = "CONF-020"
    /// None of the keys of a side counts today.
    case noValidKey = "CONF-021"
    /// A file that must hold certificates or a key holds none.
    case unusableFile = "CONF-022"
    /// Lenders' own rates that come to more than the lowest rate a borrower may have.
    case negativeSpread = "CONF-023"
    /// A fee that is kept back from the payout, which loans are not served with.
    case feeAtPayout = "CONF-024"
    /// A tier to which no loan comes.
    case tierUnreached = "CONF-025"
    /// A loan that products allow and no tier takes.
    case tierGap = "CONF-026"
    /// Two tiers that would take one loan.
    case tiersOverlap = "CONF-027"
    /// A tier that cannot divide one of its loans within its bounds.
    case tierUnfundable = "CONF-028"
    /// An agreement that a rule of its packs forbids; as a warning, one that it does not like.
    case ruleBroken = "CONF-029"
    /// A golden case that its rule judges otherwise.
    case ruleCaseFails = "CONF-030"
    /// More files, or more bytes, than a directory may have.
    case tooMany = "CONF-031"
    /// A file or variable that two persons have not agreed on, where they must.
    case notApproved = "CONF-032"
}
