using Poolhouse.Core.Accounts;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Sessions;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account.Amazon;

/// <summary>What has to be known of a pool at Amazon and the account API's client there.</summary>
/// <param name="Passwords">The pool's rules.</param>
/// <param name="NamesUsersItself">Whether users sign up with an address, so that their names are their subs.</param>
/// <param name="SendsCodes">Whether a sign-up has a code sent.</param>
/// <param name="GivesSessions">Whether a sign-up answers a session, with which its code signs in.</param>
/// <param name="RefreshLife">How long a sign-in can be refreshed.</param>
internal sealed record AmazonPoolFacts(PasswordRules Passwords, bool NamesUsersItself, bool SendsCodes, bool GivesSessions, TimeSpan RefreshLife);

/// <summary>Reads them, and keeps them for minutes. Where the pool doesn't answer, what was known goes on being so: the pool itself keeps its rules.</summary>
internal sealed class AmazonFacts(AmazonCalls calls, Application application, WallClock clock) : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
    private static readonly CognitoIdpJson Json = CognitoIdpJson.Instance;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private AmazonPoolFacts? _known;
    private DateTimeOffset _goodUntil;

    /// <summary>The facts.</summary>
    /// <exception cref="CognitoException">They were never read, and can't be.</exception>
    public async ValueTask<AmazonPoolFacts> GetAsync(CancellationToken ct)
    {
        if (_known is { } known && clock.Now < _goodUntil) return known;
        await _turn.WaitAsync(ct);
        try
        {
            if (_known is { } fresh && clock.Now < _goodUntil) return fresh;
            try
            {
                _known = await ReadAsync(ct);
                _goodUntil = clock.Now + Freshness;
            }
            catch (CognitoException away) when (away.Status >= 500 && _known is not null)
            {
                _goodUntil = clock.Now + Pause;
            }

            return _known;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<AmazonPoolFacts> ReadAsync(CancellationToken ct)
    {
        var pool = (await calls.CallAsync(
            "DescribeUserPool",
            new DescribeUserPoolRequest { UserPoolId = application.PoolId.Value },
            Json.DescribeUserPoolRequest,
            Json.DescribeUserPoolResponse,
            Origin.Unknown,
            ct)).UserPool;
        var client = (await calls.CallAsync(
            "DescribeUserPoolClient",
            new DescribeUserPoolClientRequest { UserPoolId = application.PoolId.Value, ClientId = application.ClientId.Value },
            Json.DescribeUserPoolClientRequest,
            Json.DescribeUserPoolClientResponse,
            Origin.Unknown,
            ct)).UserPoolClient;
        if (pool is null || client is null) throw AmazonCalls.Away();
        return new AmazonPoolFacts(
            RulesOf(pool.Policies?.PasswordPolicy),
            pool.UsernameAttributes is { Count: > 0 },
            pool.AutoVerifiedAttributes is { Count: > 0 },
            client.ExplicitAuthFlows?.Contains("ALLOW_USER_AUTH") == true,
            LifeOf(client.RefreshTokenValidity, client.TokenValidityUnits?.RefreshToken));
    }

    // What the answer leaves out is not asked for.
    private static PasswordRules RulesOf(PasswordPolicyType? policy) => new()
    {
        MinimumLength = policy?.MinimumLength ?? 6,
        RequireUppercase = policy?.RequireUppercase == true,
        RequireLowercase = policy?.RequireLowercase == true,
        RequireNumbers = policy?.RequireNumbers == true,
        RequireSymbols = policy?.RequireSymbols == true,
    };

    // API_UserPoolClientType.RefreshTokenValidity: 30 days where nothing or 0 is set; API_TokenValidityUnitsType: days by default.
    private static TimeSpan LifeOf(int? validity, string? unit) => validity is not > 0 ? TimeSpan.FromDays(30) : unit switch
    {
        "seconds" => TimeSpan.FromSeconds(validity.Value),
        "minutes" => TimeSpan.FromMinutes(validity.Value),
        "hours" => TimeSpan.FromHours(validity.Value),
        _ => TimeSpan.FromDays(validity.Value),
    };
}
