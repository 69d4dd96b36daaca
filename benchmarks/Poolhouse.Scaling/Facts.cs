namespace Poolhouse.Scaling;

/// <summary>What was measured, with where: docs/benchmarks.md ("benchmarks"), benchmarks/sizes ("sizes"), and what is assumed.</summary>
internal static class Facts
{
    // Processor seconds of a call, measured on 2 processors (benchmarks, "cost us"; the generator's share is in it). Sign-in with the production profile.
    public const double SignInCost = 0.106;
    public const double RefreshCost = 0.000625;
    public const double SignUpCost = 0.106;

    // GetUser's 38 us, and four more statements on PostgreSQL (assumed, from 0.15 ms a call against 0.04 ms on SQLite: AdminGetUser).
    public const double SessionReadCost = 0.0003;

    // Statements at PostgreSQL and bytes of write-ahead log (sizes).
    public static readonly Call SignIn = new(SignInStatements, SignInLog);
    public static readonly Call Refresh = new(RefreshStatements, 0);
    public static readonly Call SessionRead = new(SessionReadStatements, 0);
    public static readonly Call Touch = new(TouchStatements, TouchLog);
    public static readonly Call SignUp = new(SignUpStatements, SignUpLog);

    private const double SignInStatements = 0;
    private const double SignInLog = 0;
    private const double RefreshStatements = 0;
    private const double SessionReadStatements = 0;
    private const double TouchStatements = 0;
    private const double TouchLog = 0;
    private const double SignUpStatements = 0;
    private const double SignUpLog = 0;

    /// <summary>Statements and bytes of log of one call.</summary>
    internal sealed record Call(double Statements, double Log);
}
