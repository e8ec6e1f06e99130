/// The look of the day report: light and dark, wide and narrow, screen and paper.
enum ReportStyle {
    static let sheet = colours + layout + tables + charts + paper

    private static let colours = """
        :root { color-scheme: light dark;
          --page: #f3f5f8; --card: #ffffff; --ink: #161b24; --soft: #576071; --line: #dfe3ea;
          --rule: #e9ecf1; --shade: #f4f6f9; --good: #16794a; --warning: #93600a; --bad: #b8322a;
          --c0: #2f5fd0; --c1: #0b857b; --c2: #c76a12; --c3: #8a4fd3; --c4: #b83280;
          --c5: #66707f; --c6: #55800d; --c7: #8f6a00;
          --due: #dbe1ea; --due-edge: #a9b4c4;
          --b1: #c9a227; --b2: #d48a1c; --b3: #d76f1f; --b4: #d05426; --b5: #c03b2e;
          --b6: #a52a3a; --b7: #7d1f3f;
          --same: #e6ebf3; --new: #dbe7fb; --better: #d3eedd; --worse: #fadcd6; --none: #f7f8fa; }
        @media (prefers-color-scheme: dark) { :root {
          --page: #0e1217; --card: #161c24; --ink: #e8ecf2; --soft: #9ba6b6; --line: #2a323d;
          --rule: #232b35; --shade: #1b222b; --good: #55c98d; --warning: #e5b34e; --bad: #ff8377;
          --c0: #7ea2ff; --c1: #3fc4b4; --c2: #f0a35a; --c3: #bd96f7; --c4: #f081bd;
          --c5: #a3adbb; --c6: #a3cc4f; --c7: #dfb847;
          --due: #2c3643; --due-edge: #55637a;
          --b1: #e8c75a; --b2: #efae52; --b3: #f39557; --b4: #f37c5d; --b5: #ee6468;
          --b6: #dd5b80; --b7: #c95c9a;
          --same: #253040; --new: #22345c; --better: #1b4230; --worse: #572a28;
          --none: #1a2129; } }

        """

    private static let layout = """
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink);
          font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans",
            "DejaVu Sans", sans-serif; font-variant-numeric: tabular-nums; }
        main { max-width: 1240px; margin: 0 auto; padding: 32px 24px 40px; }
        header { display: flex; flex-wrap: wrap; align-items: flex-end; gap: 4px 24px;
          justify-content: space-between; margin-bottom: 20px; }
        header p { margin: 0; color: var(--soft); }
        .house { font-size: 13px; letter-spacing: .08em; text-transform: uppercase; }
        h1 { margin: 0; font-size: 30px; line-height: 1.2; letter-spacing: -.015em; }
        h2 { margin: 0; font-size: 16px; line-height: 1.3; }
        h2 + p { margin: 2px 0 10px; color: var(--soft); font-size: 13.5px; }
        .grid { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 16px; }
        .pile { display: grid; gap: 16px; min-width: 0; }
        .tiles { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 12px;
          margin: 0 0 16px; }
        .card, .tile { background: var(--card); border: 1px solid var(--line);
          border-radius: 10px; }
        .card { padding: 18px 20px 16px; break-inside: avoid; min-width: 0; }
        .wide { margin-top: 16px; align-items: start; }
        .tile { padding: 13px 16px 12px; break-inside: avoid; }
        .tile dt { color: var(--soft); font-size: 13px; }
        .tile dd { margin: 0; font-size: 13px; color: var(--soft); }
        .tile dd.figure { font-size: 23px; line-height: 1.3; font-weight: 650;
          letter-spacing: -.015em; color: var(--ink); }
        .good { color: var(--good); } .warning { color: var(--warning); }
        .bad { color: var(--bad); } .quiet { color: var(--soft); }
        .tile dd.figure.bad { color: var(--bad); }
        .legend { list-style: none; display: flex; flex-wrap: wrap; gap: 2px 16px; padding: 0;
          margin: 0 0 4px; font-size: 13px; color: var(--soft); }
        .key { display: inline-block; width: 11px; height: 11px; border-radius: 3px;
          margin-right: 6px; background: currentColor; }
        footer { margin-top: 20px; color: var(--soft); font-size: 13px; }
        @media (max-width: 1020px) {
          .grid { grid-template-columns: minmax(0, 1fr); }
          .tiles { gap: 10px; } .tile { padding: 11px 12px 10px; }
          .tile dd.figure { font-size: 19px; } }
        @media (max-width: 640px) {
          .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); }
          main { padding: 20px 12px; } }

        """

    private static let tables = """
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: 13.5px; margin-top: 8px; }
        caption { text-align: left; font-size: 13.5px; color: var(--soft); padding-bottom: 6px; }
        th, td { padding: 5px 14px 5px 0; text-align: left; white-space: nowrap;
          vertical-align: top; }
        th:last-child, td:last-child { padding-right: 0; }
        thead th { color: var(--soft); font-weight: 600; font-size: 12.5px; line-height: 1.25;
          white-space: normal; vertical-align: bottom;
          border-bottom: 1px solid var(--line); }
        tbody td { border-bottom: 1px solid var(--rule); }
        tbody tr:last-child td { border-bottom: 0; }
        tr.sum td { color: var(--soft); font-style: italic; }
        tr.to-pay td { border-top: 2px solid var(--ink); }
        .result { font-size: 15px; color: var(--ink); font-weight: 600; }
        .letter { max-width: 860px; } .letter .card { margin-bottom: 16px; }
        tfoot td { border-top: 1px solid var(--line); font-weight: 650; }
        .n { text-align: right; }
        tr.told td { border-bottom: 0; padding-bottom: 0; }
        tr.said td { white-space: normal; color: var(--soft); padding: 1px 0 7px; }
        @media (max-width: 1020px) {
          table { font-size: 12.5px; } th, td { padding-right: 9px; } }

        """

    private static let charts = """
        svg { display: block; width: 100%; height: auto; font: inherit; }
        svg text { fill: var(--ink); font-size: 12px; }
        svg .tick { fill: var(--soft); font-size: 11px; }
        svg .name { font-size: 12px; fill: var(--ink); }
        svg .value { font-weight: 600; }
        svg .end { text-anchor: end; } svg .middle { text-anchor: middle; }
        .rule { stroke: var(--rule); } .axis { stroke: var(--due-edge); }
        .bar { stroke: var(--card); stroke-width: .6; }
        .way { fill: none !important; stroke-width: 2; stroke-linejoin: round; }
        .dot { stroke: var(--card); stroke-width: 1; }
        rect.due { fill: var(--due); stroke: var(--due-edge); stroke-width: .7; }
        .key.due { background: var(--due); outline: 1px solid var(--due-edge); }
        .key.same { background: var(--same); } .key.new { background: var(--new); }
        .key.better { background: var(--better); } .key.worse { background: var(--worse); }
        .key.same, .key.new, .key.better, .key.worse { outline: 1px solid var(--due-edge); }
        .cell.none { fill: var(--none); } .cell.same { fill: var(--same); }
        .cell.new { fill: var(--new); } .cell.better { fill: var(--better); }
        .cell.worse { fill: var(--worse); }

        """ + fills

    /// A class that colours bars, dots, lines and the keys of legends alike.
    private static let fills: String = {
        let parties = (0...7).map { ("c\($0)", "c\($0)") }
        let buckets = (1...7).map { ("b\($0)", "b\($0)") }
        let others = [
            ("paid", "good"), ("late", "b2"), ("fine", "bad"), ("s-info", "c5"), ("s-low", "c0"),
            ("s-medium", "b2"), ("s-high", "bad"),
        ]
        return (parties + buckets + others).map { style, colour in
            ".\(style) { fill: var(--\(colour)); } .way.\(style) { stroke: var(--\(colour)); } "
                + ".key.\(style) { background: var(--\(colour)); }\n"
        }.joined()
    }()

    private static let paper = """
        @media print {
          @page { margin: 14mm; }
          :root { --page: #ffffff; }
          body { font-size: 10.5pt; -webkit-print-color-adjust: exact;
            print-color-adjust: exact; }
          main { max-width: none; padding: 0; }
          .grid { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 8px; }
          .card { padding: 10px 12px; }
          .tiles { grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 6px; }
          .tile { padding: 8px 10px; }
          .tile dd.figure { font-size: 12.5pt; }
          .scroll { overflow: visible; }
          table { font-size: 8pt; } .pile table { font-size: 7pt; }
          th, td { padding-right: 6px; }
          tfoot { display: table-row-group; }
          h2, caption, tr.told { break-after: avoid; }
          thead { display: table-header-group; }
          tr { break-inside: avoid; }
          .wide { break-inside: auto; } }

        """
}
