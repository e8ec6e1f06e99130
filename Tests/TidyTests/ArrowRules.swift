extension Rule {
    static let arrows = Rule(name: "imports follow the arrow table") { source in
        guard let target = source.target, let allowed = ArrowTable.arrows[target] else {
            return [source.finding(1, "is in no target of the arrow table")]
        }
        return source.imports.compactMap { item in
            if item.isTestable {
                return source.finding(item.line, "@testable: test what the target shows")
            }
            return mayImport(item.module, target: target, arrows: allowed)
                ? nil : source.finding(item.line, "\(target) may not import \(item.module)")
        }
    }

    private static func mayImport(_ module: String, target: String, arrows: Set<String>) -> Bool {
        if ArrowTable.rooms[module] != nil { return arrows.contains(module) }
        let importers = ArrowTable.outside[module] ?? []
        guard target.hasSuffix("Tests") else { return importers.contains(target) }
        return ArrowTable.forTests.contains(module)
            || importers.contains(String(target.dropLast("Tests".count)))
    }
}
