extension FaultyConfiguration {
    /// Text and YAML of a sort that these files do without.
    static let yaml = [
        FaultyConfiguration(
            "an anchor", "platform.yaml", "name: Northwind", "name: &name Northwind",
            """
            CONF-005: an anchor or alias (&) (Config/platform.yaml:3:7); write the value out \
            each time
            """),
        FaultyConfiguration(
            "an alias", "platform.yaml", "name: Northwind Lending", "name: *name",
            """
            CONF-005: an anchor or alias (*) (Config/platform.yaml:3:7); write the value out \
            each time
            """),
        FaultyConfiguration(
            "a tag", "platform.yaml", "name: Northwind", "name: !!str Northwind",
            """
            CONF-005: a tag (!) (Config/platform.yaml:3:7); write the value without it
            """),
        FaultyConfiguration(
            "block text", "platform.yaml", "name: Northwind Lending     #",
            "name: |\n  Northwind #",
            """
            CONF-005: block text (|) (Config/platform.yaml:3:7); write the text on the key's line
            """),
        FaultyConfiguration(
            "a marked key", "platform.yaml", "name: Northwind", "? name\n: Northwind",
            """
            CONF-005: a key marked with ? (Config/platform.yaml:3:1); write key: value
            """),
        FaultyConfiguration(
            "brackets inside each other", "platform.yaml", "name: Northwind Lending",
            "name: " + String(repeating: "[", count: 17) + String(repeating: "]", count: 17),
            """
            CONF-005: more than 16 brackets inside each other (Config/platform.yaml:3:23); these \
            files nest four deep at most
            """),
        FaultyConfiguration(
            "lists inside each other", "platform.yaml", "name: Northwind Lending     ",
            "name:\n  " + String(repeating: "- ", count: 17) + "x ",
            """
            CONF-005: more than 16 levels of nesting (Config/platform.yaml:4:35); these files \
            nest four deep at most
            """),
        FaultyConfiguration(
            "a tab", "platform.yaml", "name: Northwind", "name:\tNorthwind",
            """
            CONF-003: a tab (Config/platform.yaml:3:6); indent and separate with spaces
            """),
        FaultyConfiguration(
            "a byte order mark", "platform.yaml", .whole("\u{FEFF}party: platform\n"),
            """
            CONF-003: a byte order mark (Config/platform.yaml:1:1); save the file as UTF-8 \
            without one
            """),
        FaultyConfiguration(
            "bytes that are no text", "platform.yaml",
            .bytes(Array("party: platform\nname: ".utf8) + [0xC3, 0x28]),
            """
            CONF-003: bytes that are no UTF-8 (Config/platform.yaml:2:7); save the file as UTF-8
            """),
        FaultyConfiguration(
            "a control character", "platform.yaml", "Northwind", "North\u{7}wind",
            """
            CONF-003: the control character U+0007 (Config/platform.yaml:3:12); remove it
            """),
        FaultyConfiguration(
            "an unclosed quote", "platform.yaml", "\"23:00\"", "\"23:00",
            """
            CONF-005: quoted text that does not end on its line (Config/platform.yaml:5:9); \
            close the quote
            """),
        FaultyConfiguration(
            "an unclosed bracket", "agreements/harbor-70-30.yaml", "[instalment-loan]",
            "[instalment-loan",
            """
            CONF-004: no valid YAML: did not find expected ',' or ']' (while parsing a flow \
            sequence from line 4) (Config/agreements/harbor-70-30.yaml:5:8); write key: value \
            lines, indented with spaces
            """),
        FaultyConfiguration(
            "two colons", "platform.yaml", "name: Northwind", "name: North: wind",
            """
            CONF-004: no valid YAML: mapping values are not allowed in this context \
            (Config/platform.yaml:3:12); write key: value lines, indented with spaces
            """),
        FaultyConfiguration(
            "two documents", "platform.yaml", "currency: USD", "---\ncurrency: USD",
            """
            CONF-004: no valid YAML: but found another document (Config/platform.yaml:7:1); \
            write key: value lines, indented with spaces
            """),
        FaultyConfiguration(
            "an empty file", "platform.yaml", .whole("# nothing yet\n"),
            """
            CONF-009: the file is empty (Config/platform.yaml:1:1); it needs keys with values
            """),
        FaultyConfiguration(
            "a list for a file", "platform.yaml", .whole("- party\n"),
            """
            CONF-009: a list stands there (Config/platform.yaml:1:1); it needs keys with values
            """),
        FaultyConfiguration(
            "a mapping for a key", "platform.yaml", "name: Northwind Lending",
            "{name: Northwind}: Lending",
            """
            CONF-005: a key that is no text (Config/platform.yaml:3:1); write key: value
            """),
    ]
}
