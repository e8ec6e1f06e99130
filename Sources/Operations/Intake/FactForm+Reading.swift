extension FactForm {
    /// The form of a record: its kind is known, and its fields are those of the kind.
    static func named(in reader: inout RecordReader) -> FactForm? {
        let kind = reader.text("kind")
        let forms = FactForm.all.filter { $0.kind == kind }
        guard let first = forms.first else {
            let kinds = FactForm.kinds.joined(separator: ", ")
            reader.fault(
                "FACT-001", "kind", "kind '\(kind.prefix(40))' is none of \(kinds)")
            return nil
        }
        guard let choice = first.choice else { return check(first, &reader) }
        let value = reader.text(choice.field)
        if let form = forms.first(where: { $0.choice?.values.contains(value) == true }) {
            return check(form, &reader)
        }
        let values = forms.flatMap { $0.choice?.values ?? [] }.joined(separator: ", ")
        reader.fault(
            "FACT-004", choice.field, "\(choice.field) '\(value.prefix(40))' is none of \(values)")
        return nil
    }

    private static func check(_ form: FactForm, _ reader: inout RecordReader) -> FactForm? {
        let fields = form.fields.joined(separator: ", ")
        let present = reader.present
        for name in present where !form.fields.contains(name) {
            reader.fault(
                "FACT-002", name,
                "field '\(name.prefix(70))' does not belong to a \(form.kind); its fields: "
                    + fields)
        }
        let missing = (FactForm.common + form.required).filter { !present.contains($0) }
        for name in missing {
            reader.fault("FACT-003", name, "field '\(name)' is missing; fields: \(fields)")
        }
        if !form.anyOf.isEmpty, !form.anyOf.contains(where: present.contains) {
            reader.fault(
                "FACT-003", form.anyOf[0],
                "a \(form.kind) needs one of \(form.anyOf.joined(separator: ", "))")
        }
        return reader.faults.isEmpty ? form : nil
    }
}
