namespace Poolhouse.Scaling;

/// <summary>What the reckoning and the simulations stand on: measured (docs/benchmarks.md, or benchmarks/sizes on 2026-11-21) unless it says that it is assumed.</summary>
internal static class Facts
{
    /// <summary>Processor seconds of a sign-in with the production profile, nearly all of it the hash; "cost us" of docs/benchmarks.md, the generator's share included.</summary>
    public const double HashCost = 0.106;

    /// <summary>Processor seconds of a refresh, on SQLite.</summary>
    public const double RefreshCost = 0.000625;

    /// <summary>Processor seconds of a session read on PostgreSQL and Redis. Assumed: GetUser needs 38 us on SQLite; here are five round trips.</summary>
    public const double SessionReadCost = 0.0003;

    /// <summary>A row of users, its alias, three entries of the search, account, referral code; with indexes.</summary>
    public const double UserBytes = 1552 + 373 + (3 * 361) + 667 + 208;

    /// <summary>A row of token_families.</summary>
    public const double FamilyBytes = 507;

    /// <summary>A row of account_sessions.</summary>
    public const double SessionBytes = 558;

    /// <summary>What a sign-in leaves for good: a row of user_events and one of audit_entries.</summary>
    public const double HistoryBytes = 427 + 580;

    /// <summary>A row of the outbox, as long as its mail waits; less once it is sent.</summary>
    public const double MailBytes = 959;

    /// <summary>A session in Redis.</summary>
    public const double RedisSessionBytes = 852;

    /// <summary>A counter in Redis.</summary>
    public const double RedisCounterBytes = 132;

    /// <summary>Half with tokens, half with a cookie (assumed): 9.1 and 14.1 statements, 2,108 and 3,719 bytes of log.</summary>
    public static readonly Call SignIn = new(11.6, 2914);

    /// <summary>Without rotation, which writes.</summary>
    public static readonly Call Refresh = new(4.1, 0);

    /// <summary>A session that was used within the last minute, answered by Redis.</summary>
    public static readonly Call SessionRead = new(4.1, 0);

    /// <summary>The same when its last minute is over: its row is written.</summary>
    public static readonly Call Touch = new(5.2, 604);

    /// <summary>register, verify-otp and the first login, which gives the account its place in the tree.</summary>
    public static readonly Call SignUp = new(17.1 + 10.1 + 27.4, 11_263 + 3356 + 5277);

    /// <summary>Statements and bytes of write-ahead log of one call.</summary>
    internal sealed record Call(double Statements, double Log);
}
