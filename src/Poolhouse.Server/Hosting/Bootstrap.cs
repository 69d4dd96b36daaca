using Microsoft.Extensions.Options;
using Poolhouse.Core.Clients;
using Poolhouse.Core.Events;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;
using Poolhouse.Server.Options;

namespace Poolhouse.Server;

/// <summary>What a first start makes: a pool with the web client, under ids that stay the same, so that examples and tests can name them.</summary>
internal sealed class Bootstrap(
    IDatabase database, Catalog catalog, PoolKeys keys, AccessTokens accessTokens, TimeProvider clock, IOptions<ServerOptions> options)
{
    /// <summary>The web client's id in every installation.</summary>
    public static readonly ClientId WebClientId = new("poolhousewebclient00000000");

    /// <summary>The account API's client in every installation. It has no secret, for it never leaves the server.</summary>
    public static readonly ClientId AccountClientId = new("poolhouseaccountapi0000000");

    private const string WelcomeId = "00000000-0000-4000-8000-000000000001";

    /// <summary>The default pool.</summary>
    public PoolId PoolId { get; } = new($"{options.Value.Region}_Poolhouse");

    /// <summary>Makes what is missing; safe to run again, and by several nodes at once.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await database.WriteAsync(async unit =>
        {
            if (!await unit.Pools.CreateAsync(Pool(now), ct)) return false;
            await unit.Clients.CreateAsync(WebClient(now), ct);
            await unit.Clients.CreateAsync(AccountClient(now), ct);
            await unit.Events.AnnounceAsync(Welcome(now), ct);
            return true;
        }, ct);
        catalog.Forget();
        keys.Forget();
        accessTokens.Forget();
    }

    private UserPool Pool(DateTimeOffset now) => new()
    {
        Id = PoolId,
        Name = "Poolhouse",
        CreatedAt = now,
        ModifiedAt = now,
        UsernameAttributes = ["email"],
        Schema = [AttributeSchema.Standard("email") with { IsRequired = true }],
        Settings = new PoolSettings
        {
            // Length tells more about a password than what it is made of (ASVS 5.0 §6.2.5); symbols are asked for by Cognito's default.
            Passwords = new PasswordRules { RequireSymbols = false },
            AutoVerifiedAttributes = ["email"],
            AccountRecovery = [new RecoveryMechanism("verified_email", 1)],
            // Where the first start serves the web client; an operator who serves it elsewhere sets the domain by SetUserPoolMfaConfig.
            AllowedFirstAuthFactors = ["PASSWORD", "WEB_AUTHN"],
            Passkeys = new PoolPasskeys { RelyingPartyId = "localhost" },
        },
    };

    private AppClient WebClient(DateTimeOffset now) => new()
    {
        Id = WebClientId,
        PoolId = PoolId,
        Name = "Web client",
        CreatedAt = now,
        ModifiedAt = now,
        Settings = new ClientSettings
        {
            ExplicitAuthFlows = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"],
            PreventUserExistenceErrors = "ENABLED",
        },
    };

    private AppClient AccountClient(DateTimeOffset now) => WebClient(now) with
    {
        Id = AccountClientId,
        Name = "Account API",
        Settings = new ClientSettings
        {
            ExplicitAuthFlows = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH"],
            PreventUserExistenceErrors = "ENABLED",
        },
    };

    private static Announcement Welcome(DateTimeOffset now) => new(
        WelcomeId,
        "The pool is open",
        "Make an account to see your own activity here: when you joined, when you signed in, and when your password changed.",
        now);
}
