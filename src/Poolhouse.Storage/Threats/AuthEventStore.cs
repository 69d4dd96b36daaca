using System.Data.Common;
using System.Globalization;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Threats;

namespace Poolhouse.Storage.Threats;

/// <summary>What threat protection remembers.</summary>
internal sealed class AuthEventStore(DatabaseSession session) : IAuthEventStore
{
    private const string Columns =
        "id, pool_id, sub, client_id, type, response, at, challenges, decision, level, is_compromised, address, device, fingerprint, has_context, "
        + "feedback_is_valid, feedback_provider, feedback_at, position";

    public async ValueTask PutAsync(AuthEvent authEvent, CancellationToken ct) => await session
        .Statement(
            """
            insert into auth_events (
                id, pool_id, sub, client_id, type, response, at, challenges, decision, level, is_compromised, address, device, fingerprint, has_context)
            values (
                @id, @pool_id, @sub, @client_id, @type, @response, @at, @challenges, @decision, @level, @is_compromised, @address, @device, @fingerprint,
                @has_context)
            on conflict (id) do update
            set response = excluded.response, challenges = excluded.challenges, decision = excluded.decision, level = excluded.level,
                is_compromised = excluded.is_compromised
            """)
        .Text("id", authEvent.Id)
        .Text("pool_id", authEvent.PoolId.Value)
        .Text("sub", authEvent.Sub.Value)
        .Text("client_id", authEvent.ClientId?.Value)
        .Text("type", authEvent.Type.ToString())
        .Text("response", authEvent.Response.ToString())
        .Time("at", authEvent.At)
        .Text("challenges", Write(authEvent.Challenges))
        .Text("decision", authEvent.Decision.ToString())
        .Text("level", authEvent.Level?.ToString())
        .Flag("is_compromised", authEvent.IsCompromised)
        .Text("address", authEvent.Address)
        .Text("device", authEvent.Device)
        .Text("fingerprint", authEvent.Fingerprint)
        .Flag("has_context", authEvent.HasContext)
        .ExecuteAsync(ct);

    public ValueTask<AuthEvent?> FindAsync(PoolId pool, Sub sub, string id, CancellationToken ct) => session
        .Statement($"select {Columns} from auth_events where id = @id and pool_id = @pool_id and sub = @sub")
        .Text("id", id)
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .FindAsync(Read, ct);

    // By position, because several events may carry the same time.
    public async ValueTask<Page<AuthEvent>> ListAsync(PoolId pool, Sub sub, int limit, string? after, CancellationToken ct)
    {
        var rows = await session
            .Statement(
                $"""
                select {Columns}
                from auth_events
                where pool_id = @pool_id and sub = @sub and position < @before
                order by position desc
                limit @limit
                """)
            .Text("pool_id", pool.Value)
            .Text("sub", sub.Value)
            .Bigint("before", after is null ? long.MaxValue : long.Parse(after, NumberStyles.None, CultureInfo.InvariantCulture))
            .Bigint("limit", limit + 1)
            .ListAsync(static row => (Event: Read(row), Position: row.GetInt64(18)), ct);
        var next = rows.Count > limit ? rows[limit - 1].Position.ToString(CultureInfo.InvariantCulture) : null;
        return new Page<AuthEvent>([.. rows.Take(limit).Select(row => row.Event)], next);
    }

    public async ValueTask<IReadOnlyList<AuthEvent>> ListSignInsAsync(PoolId pool, Sub sub, DateTimeOffset since, int limit, CancellationToken ct) => await session
        .Statement(
            $"""
            select {Columns}
            from auth_events
            where pool_id = @pool_id and sub = @sub and type = 'SignIn' and at > @since
            order by position desc
            limit @limit
            """)
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .Time("since", since)
        .Bigint("limit", limit)
        .ListAsync(Read, ct);

    public ValueTask<bool> SetFeedbackAsync(PoolId pool, Sub sub, string id, AuthFeedback feedback, CancellationToken ct) => session
        .Statement(
            """
            update auth_events
            set feedback_is_valid = @is_valid, feedback_provider = @provider, feedback_at = @at
            where id = @id and pool_id = @pool_id and sub = @sub
            returning id
            """)
        .Flag("is_valid", feedback.IsValid)
        .Text("provider", feedback.Provider)
        .Time("at", feedback.At)
        .Text("id", id)
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .AnyAsync(ct);

    private static AuthEvent Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        PoolId = new PoolId(row.GetString(1)),
        Sub = new Sub(row.GetString(2)),
        ClientId = row.TextOrNull(3) is { } client ? new ClientId(client) : null,
        Type = Enum.Parse<AuthEventKind>(row.GetString(4)),
        Response = Enum.Parse<AuthEventResponse>(row.GetString(5)),
        At = row.Time(6),
        Challenges = ReadChallenges(row.GetString(7)),
        Decision = Enum.Parse<RiskDecision>(row.GetString(8)),
        Level = row.TextOrNull(9) is { } level ? Enum.Parse<RiskLevel>(level) : null,
        IsCompromised = row.IsDBNull(10) ? null : row.GetBoolean(10),
        Address = row.TextOrNull(11),
        Device = row.GetString(12),
        Fingerprint = row.TextOrNull(13),
        HasContext = row.GetBoolean(14),
        Feedback = row.IsDBNull(15) ? null : new AuthFeedback(row.GetBoolean(15), row.GetString(16), row.Time(17)),
    };

    // As "Password+ Mfa-": two words with a sign each need no document.
    private static string Write(IReadOnlyList<AuthChallenge> challenges) => string.Join(' ', challenges.Select(c => c.Name + (c.IsSuccess ? '+' : '-')));

    private static AuthChallenge[] ReadChallenges(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => new AuthChallenge(part[..^1], part[^1] == '+'))];
}
