/// What stands in for the `citus` extension, which no package of Debian's has: functions of its
/// names that note each call, and refuse what it refuses in its words.
///
/// They move no rows. What they check is in its manual under "Unsupported constraints": unique keys
/// contain the distribution column; a distributed table refers to a reference table, or by the
/// distribution column to a table it lies beside; a reference table to no distributed one.
package enum CitusStandIn {
    /// Makes a database that has the functions, where the extension has them; tells its address.
    ///
    /// - Throws: What the cluster throws.
    package static func makeDatabase(on cluster: PostgresCluster) async throws -> String {
        let url = try await cluster.makeDatabase()
        try await cluster.execute(
            "SET allow_system_table_mods = on; SET search_path = pg_catalog; " + script, on: url)
        return url
    }

    private static let script = """
        CREATE TABLE pg_dist_partition (
            logicalrelid regclass PRIMARY KEY, partmethod "char" NOT NULL, partkey text,
            colocationid int NOT NULL);

        CREATE FUNCTION refuse_unsupported(own regclass) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE
            self pg_dist_partition; other pg_dist_partition; reference pg_constraint;
        BEGIN
            SELECT * INTO self FROM pg_dist_partition WHERE logicalrelid = own;
            IF self.partmethod = 'h' AND EXISTS (
                SELECT 1 FROM pg_index x WHERE x.indrelid = own AND x.indisunique AND NOT EXISTS (
                    SELECT 1 FROM pg_attribute a WHERE a.attrelid = own
                        AND a.attname = self.partkey
                        AND a.attnum = ANY (CAST(x.indkey AS int2[])))) THEN
                RAISE EXCEPTION 'cannot create constraint on "%"', own USING
                    ERRCODE = 'invalid_table_definition', DETAIL =
                    'Distributed relations cannot have UNIQUE, EXCLUDE, or PRIMARY KEY constraints '
                    'that do not include the partition column (with an equality operator if '
                    'EXCLUDE).';
            END IF;
            FOR reference IN
                SELECT * FROM pg_constraint WHERE conrelid = own AND contype = 'f'
            LOOP
                SELECT * INTO other FROM pg_dist_partition WHERE logicalrelid = reference.confrelid;
                CONTINUE WHEN other.partmethod = 'n';
                IF self.partmethod = 'n' THEN
                    RAISE EXCEPTION 'cannot create foreign key constraint since foreign keys from '
                        'reference tables and local tables to distributed tables are not supported'
                        USING ERRCODE = 'feature_not_supported';
                END IF;
                IF other.colocationid IS DISTINCT FROM self.colocationid THEN
                    RAISE EXCEPTION 'cannot create foreign key constraint since relations are not '
                        'colocated or not referencing a reference table'
                        USING ERRCODE = 'feature_not_supported';
                END IF;
                IF NOT EXISTS (
                    SELECT 1 FROM unnest(reference.conkey, reference.confkey) AS k (mine, theirs)
                        JOIN pg_attribute m ON m.attrelid = own AND m.attnum = k.mine
                        JOIN pg_attribute t
                            ON t.attrelid = reference.confrelid AND t.attnum = k.theirs
                    WHERE m.attname = self.partkey AND t.attname = other.partkey) THEN
                    RAISE EXCEPTION 'cannot create foreign key constraint' USING
                        ERRCODE = 'feature_not_supported', DETAIL =
                        'Foreign keys are supported in two cases, either in between two colocated '
                        'tables including partition column in the same ordinal in the both tables '
                        'or from distributed to reference tables';
                END IF;
            END LOOP;
        END $$;

        CREATE FUNCTION place(own regclass, method "char", key text, beside int)
            RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = own) THEN
                RAISE EXCEPTION 'table "%" is already distributed', own
                    USING ERRCODE = 'invalid_table_definition';
            END IF;
            INSERT INTO pg_dist_partition VALUES (own, method, key, beside);
            PERFORM refuse_unsupported(own);
        END $$;

        CREATE FUNCTION create_distributed_table(
            table_name regclass, distribution_column text, distribution_type text DEFAULT 'hash',
            colocate_with text DEFAULT 'default', shard_count int DEFAULT NULL)
            RETURNS void LANGUAGE plpgsql AS $$
        DECLARE
            beside int;
        BEGIN
            IF colocate_with = 'none' THEN
                SELECT 2 + count(*) INTO beside FROM pg_dist_partition;
            ELSE
                SELECT colocationid INTO beside FROM pg_dist_partition
                    WHERE logicalrelid = CAST(colocate_with AS regclass) AND partmethod = 'h';
            END IF;
            IF beside IS NULL THEN
                RAISE EXCEPTION 'relation % is not distributed', colocate_with
                    USING ERRCODE = 'invalid_table_definition';
            END IF;
            PERFORM place(table_name, 'h', distribution_column, beside);
        END $$;

        CREATE FUNCTION create_reference_table(table_name regclass)
            RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM place(table_name, 'n', NULL, 1);
        END $$;
        """
}
