namespace Poolhouse.Storage.Maintenance;

/// <summary>What a column holds, the same in both databases.</summary>
internal enum ColumnKind
{
    Text,
    Bigint,
    Flag,
    Bytes,
}

/// <summary>A column of a snapshot.</summary>
internal sealed record SnapshotColumn(string Name, ColumnKind Kind, bool IsNullable);

/// <summary>A table of a snapshot.</summary>
/// <param name="Name">The table.</param>
/// <param name="Order">What its rows are written in order of.</param>
/// <param name="Columns">Its columns, except positions, which the database gives anew.</param>
internal sealed record SnapshotTable(string Name, string Order, params IReadOnlyList<SnapshotColumn> Columns)
{
    /// <summary>Every table but the schema's own; a table stands behind those that it refers to.</summary>
    public static IReadOnlyList<SnapshotTable> All { get; } =
    [
        new("pools", "id", Text("id"), Text("name"), Text("document"), Bigint("created_at"), Bigint("modified_at")),
        new("clients", "id",
            Text("id"), Text("pool_id"), Text("name"), Bytes("sealed_secret", true), Text("settings"), Bigint("created_at"), Bigint("modified_at")),
        new("documents", "pool_id, kind, key",
            Text("pool_id"), Text("kind"), Text("key"), Text("client_id", true), Text("document"), Bytes("sealed_secret", true),
            Bigint("created_at"), Bigint("modified_at")),
        new("document_names", "pool_id, kind, name", Text("pool_id"), Text("kind"), Text("name"), Text("key")),
        new("users", "pool_id, sub",
            Text("pool_id"), Text("sub"), Text("username"), Text("normalized_username"), Text("status"),
            new("is_enabled", ColumnKind.Flag, false), Text("attributes"), Text("password_hash", true), Bytes("srp_salt", true),
            Bytes("srp_verifier", true), Text("password_history", true), Bigint("temporary_password_expires_at", true),
            Bigint("created_at"), Bigint("modified_at"), Bigint("version"), Text("mfa", true), Bigint("sessions_ended_at", true)),
        new("user_aliases", "pool_id, attribute, value", Text("pool_id"), Text("attribute"), Text("value"), Text("sub")),
        new("user_search", "pool_id, attribute, value, sub", Text("pool_id"), Text("attribute"), Text("value"), Bigint("user_created_at"), Text("sub")),
        new("devices", "pool_id, sub, key",
            Text("pool_id"), Text("sub"), Text("key"), Text("name", true), Bytes("salt"), Bytes("sealed_verifier"),
            new("is_remembered", ColumnKind.Flag, false), Text("last_address", true), Text("session", true),
            Bigint("created_at"), Bigint("modified_at"), Bigint("authenticated_at")),
        new("groups", "pool_id, name",
            Text("pool_id"), Text("name"), Text("description", true), Text("role_arn", true), Bigint("precedence", true),
            Bigint("created_at"), Bigint("modified_at")),
        new("group_members", "pool_id, group_name, sub", Text("pool_id"), Text("group_name"), Bigint("user_created_at"), Text("sub")),
        new("import_jobs", "pool_id, id",
            Text("pool_id"), Text("id"), Text("name"), Text("role_arn"), Text("hash_algorithm", true), Text("state"), Bigint("created_at"),
            Bigint("started_at", true), Bigint("ended_at", true), Bigint("imported"), Bigint("skipped"), Bigint("failed"), Text("message", true),
            Text("upload_id", true), Bigint("next_byte"), Bigint("line"), Text("owner", true), Bigint("leased_until")),
        new("import_chunks", "pool_id, job_id, upload_id, number",
            Text("pool_id"), Text("job_id"), Text("upload_id"), Bigint("number"), Bytes("sealed_bytes")),
        new("import_log", "pool_id, job_id, line", Text("pool_id"), Text("job_id"), Bigint("line"), Text("text")),
        new("local_imports", "pool_id, digest",
            Text("pool_id"), Text("digest"), Bigint("started_at"), Bigint("touched_at"), Bigint("ended_at", true), Bigint("imported"), Bigint("failed"),
            Bigint("next_byte"), Bigint("line")),
        new("local_import_failures", "pool_id, digest, line",
            Text("pool_id"), Text("digest"), Bigint("line"), Text("key", true), Text("code"), Text("why")),
        new("codes", "pool_id, sub, purpose, attribute",
            Text("pool_id"), Text("sub"), Text("purpose"), Text("attribute"), Text("destination"), Bytes("hash"), Bigint("expires_at")),
        new("software_tokens", "pool_id, sub",
            Text("pool_id"), Text("sub"), Bytes("sealed_secret", true), Bytes("pending_secret", true), Bigint("last_step")),
        new("passkeys", "pool_id, credential_id",
            Text("pool_id"), Text("credential_id"), Text("sub"), Text("relying_party_id"), Bytes("public_key"), Bigint("sign_count"),
            new("is_backup_eligible", ColumnKind.Flag, false), Text("friendly_name"), Text("attachment", true), Text("transports"), Bigint("created_at")),
        new("token_families", "id",
            Text("id"), Text("origin_jti"), Text("pool_id"), Text("client_id"), Text("sub"), Bigint("authenticated_at"),
            Bigint("expires_at"), Text("current_refresh_id"), Text("previous_refresh_id", true), Bigint("replaced_at", true),
            Bigint("revoked_at", true), Text("device_key", true), Text("session_id", true), Bigint("last_active_at", true), Text("device", true),
            Text("address", true), Text("acr", true), Text("amr", true), Text("scopes", true)),
        new("username_reservations", "application, name", Text("application"), Text("name"), Bytes("token_hash"), Bigint("expires_at")),
        new("signing_keys", "kid",
            Text("kid"), Text("pool_id"), Text("purpose"), Bigint("generation"), Bytes("sealed_private_key"), Bigint("signs_from")),
        new("identity_pools", "id", Text("id"), Text("name"), Text("document"), Bigint("created_at"), Bigint("modified_at")),
        new("identities", "id",
            Text("id"), Text("pool_id"), new("is_guest", ColumnKind.Flag, false), new("is_enabled", ColumnKind.Flag, false),
            Bigint("created_at"), Bigint("modified_at")),
        new("identity_logins", "pool_id, provider, subject_key",
            Text("pool_id"), Text("provider"), Text("subject_key"), Text("subject"), Text("identity_id"), new("is_developer", ColumnKind.Flag, false)),
        new("service_keys", "kid", Text("kid"), Text("service"), Bigint("generation"), Bytes("sealed_private_key"), Bigint("signs_from")),
        new("attempts", "key", Text("key"), Bigint("attempts"), Bigint("expires_at")),
        new("guesses", "key", Text("key"), Bigint("failures"), Bigint("locked_until"), Bigint("touched_at")),
        new("spent", "id", Text("id"), Bigint("expires_at")),
        new("outbox", "position",
            Text("id"), Text("state"), Text("supersede_key", true), Bytes("sealed_message", true), Bigint("attempts"), Text("owner", true),
            Text("reason", true), Bigint("created_at"), Bigint("not_after"), Bigint("due_at"), Bigint("closed_at", true),
            Bigint("lost_leases"), Bigint("leased_until", true)),
        new("mailbox", "position",
            Text("id"), Text("channel"), Text("recipient"), Text("subject"), Text("body_text"), Text("body_html", true),
            Text("code", true), Bigint("sent_at")),
        new("user_events", "position",
            Text("id"), Text("pool_id"), Text("sub"), Text("kind"), Text("client_id", true), Bigint("at"), Text("address", true), Text("device", true)),
        new("auth_events", "position",
            Text("id"), Text("pool_id"), Text("sub"), Text("client_id", true), Text("type"), Text("response"), Bigint("at"), Text("challenges"),
            Text("decision"), Text("level", true), new("is_compromised", ColumnKind.Flag, true), Text("address", true), Text("device"),
            Text("fingerprint", true), new("has_context", ColumnKind.Flag, false), new("feedback_is_valid", ColumnKind.Flag, true),
            Text("feedback_provider", true), Bigint("feedback_at", true)),
        new("log_queue", "position",
            Text("id"), Text("pool_id"), Text("arn"), Text("line"), Bigint("at"), Bigint("due_at"), Bigint("attempts")),
        new("accounts", "id",
            Text("id"), Text("application"), Text("pool_id"), Text("sub"), Text("pool_username"), Text("email", true), Text("username", true),
            Text("username_key", true), Text("locale", true), Bigint("created_at"), Bigint("confirmed_at", true)),
        new("kyc_documents", "id",
            Text("id"), Text("account_id", true), Text("application"), Text("kind"), Text("type"), Bigint("bytes"), Bytes("sha256", true), Text("state"),
            Text("reason", true), Bigint("uploaded_at"), Text("reviewed_by", true), Bigint("reviewed_at", true), Bytes("sealed_key", true),
            Text("object_name", true), Bigint("erased_at", true)),
        new("kyc_leftovers", "object_name", Text("object_name"), Bigint("due_at"), new("is_given_up", ColumnKind.Flag, false)),
        new("kyc_usage", "account_id, day", Text("account_id"), Bigint("day"), Bigint("uploads"), Bigint("bytes")),
        new("remote_sign_ins", "id",
            Text("id"), Text("account_id"), Text("application"), Text("pool_id"), Text("sub"), Text("client_id"), Bytes("sealed_tokens"),
            new("can_refresh", ColumnKind.Flag, false), Bigint("access_expires_at"), Bigint("expires_at"), Bigint("checked_at"), Bigint("version"),
            Bigint("claimed_until"), Bigint("revoke_due_at", true), Bigint("attempts")),
        new("remote_deletions", "pool_id, sub",
            Text("pool_id"), Text("sub"), Text("application"), Text("pool_username"), Bigint("due_at"), Bigint("attempts")),
        new("account_sessions", "key",
            Text("key"), Text("account_id"), Text("pool_id"), Text("sub"), Text("family_id", true), Text("remote_id", true), Text("device"), Text("address", true), Text("locale", true),
            new("remember", ColumnKind.Flag, false), Text("data"), Bigint("created_at"), Bigint("last_seen_at"), Bigint("ends_at"), Bigint("expires_at")),
        new("account_proofs", "account_id, family_id", Text("account_id"), Text("family_id"), Bigint("at")),
        new("security_answers", "account_id, question", Text("account_id"), Text("question"), Text("hash")),
        new("audit_entries", "position",
            Text("id"), Bigint("at"), Text("application"), Text("kind"), Text("account_id", true), Text("actor_id", true), Text("subject", true),
            Text("address", true), Text("device", true), Text("request_id", true)),
        new("account_links", "account_id, application",
            Text("account_id"), Text("application"), Text("other_id"), Text("link_id"), Bigint("created_at")),
        new("link_requests", "account_id, application",
            Text("account_id"), Text("application"), Text("id"), Text("email"), Text("pool_username", true), Text("sub", true), Bytes("hash"),
            Bigint("tries"), Bigint("expires_at"), Bigint("spent_at", true)),
        new("referral_codes", "account_id", Text("account_id"), Text("application"), Text("code"), Bigint("credits")),
        new("introductions", "account_id",
            Text("account_id"), Text("sponsor_id", true), Text("referrer_id", true), Bigint("credited_at", true)),
        new("binary_trees", "application", Text("application"), Bigint("top"), Bigint("last_node"), Bigint("last_block")),
        new("binary_tree_nodes", "id",
            Bigint("id"), Bigint("tree"), Text("account_id", true), Bigint("sponsor", true), Bigint("parent", true), Text("side", true),
            Bigint("depth"), Bigint("children"), Text("preference"), Bigint("left_head"), Bigint("left_end", true), Bigint("right_head"),
            Bigint("right_end", true), Bigint("block"), Bigint("label"), Bigint("placed_at")),
        new("binary_tree_blocks", "id", Bigint("id"), Bigint("container"), Bigint("label"), Bigint("nodes"), Bigint("open_depth", true)),
        new("invites", "position",
            Text("id"), Text("application"), Text("kind"), Text("email"), Bytes("token_hash"), Text("inviter_id", true), Text("account_id", true),
            Text("locale", true), Bigint("created_at"), Bigint("sent_at"), Bigint("sends"), Bigint("expires_at"), Bigint("claimed_at", true),
            Bigint("withdrawn_at", true)),
        new("code_requests", "id",
            Text("id"), Text("application"), Text("email"), Text("purpose"), Text("language", true), Text("address", true), Text("user_agent", true),
            Bigint("created_at"), Bigint("due_at"), Bigint("attempts"), Text("owner", true), Bigint("leased_until", true)),
        new("realtime_users", "account_id", Text("account_id"), Text("application"), Text("cog_id"), Text("email"), Bigint("created_at")),
        new("realtime_sign_ins", "family_id",
            Text("family_id"), Text("account_id"), Bytes("sealed_tokens"), Bigint("stored_at"), Bigint("expires_at")),
        new("announcements", "position", Text("id"), Text("title"), Text("body"), Bigint("at")),
        new("settings", "key", Text("key"), Text("value")),
    ];

    // Built from the constants above only, so the texts are as closed as if they were written out.
    public string SelectSql => $"select {string.Join(", ", Columns.Select(column => column.Name))} from {Name} order by {Order}";

    public string InsertSql(IReadOnlyList<SnapshotColumn> columns) =>
        $"insert into {Name} ({string.Join(", ", columns.Select(column => column.Name))}) values ({string.Join(", ", columns.Select(column => "@" + column.Name))})";

    public string DeleteSql => $"delete from {Name}";

    private static SnapshotColumn Text(string name, bool isNullable = false) => new(name, ColumnKind.Text, isNullable);

    private static SnapshotColumn Bigint(string name, bool isNullable = false) => new(name, ColumnKind.Bigint, isNullable);

    private static SnapshotColumn Bytes(string name, bool isNullable = false) => new(name, ColumnKind.Bytes, isNullable);
}
