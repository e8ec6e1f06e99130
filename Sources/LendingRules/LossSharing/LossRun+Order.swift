extension LossRun {
    /// In which order layers are asked by their names, so that a cover divided among loans of
    /// several versions of an agreement is asked by all of them at once, and no loan asks a layer
    /// before those that stand before it; where versions contradict each other the first loan's
    /// goes first.
    static func order(_ lists: [[String]]) -> [String] {
        var (order, left, seen) = ([String](), [[String]](), Set<[String]>())
        for list in lists where !list.isEmpty && seen.insert(list).inserted { left.append(list) }
        while let first = left.first {
            let next = left.first { list in
                !left.contains { $0.dropFirst().contains(list[0]) }
            }
            let name = (next ?? first)[0]
            order.append(name)
            left = left.map { $0[0] == name ? Array($0.dropFirst()) : $0 }.filter { !$0.isEmpty }
        }
        return order
    }
}
