using Microsoft.Extensions.Options;
using Poolhouse.Core.Accounts;
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

    /// <summary>The client of the second application.</summary>
    public static readonly ClientId SecondClientId = new("poolhouseswpclient00000000");

    /// <summary>The names of the two applications of a first start.</summary>
    public static readonly IReadOnlyList<string> Names = ["ltd", "swp"];

    private const string WelcomeId = "00000000-0000-4000-8000-000000000001";

    /// <summary>The default pool.</summary>
    public PoolId PoolId { get; } = new($"{options.Value.Region}_Poolhouse");

    /// <summary>The pool of the second application, which asks for longer passwords.</summary>
    public PoolId SecondPoolId { get; } = new($"{options.Value.Region}_PoolhouseSwp");

    /// <summary>The two applications of a first start: one with usernames and sponsors, one without, each with its pool.</summary>
    public IReadOnlyList<Application> Applications =>
    [
        new() { Name = Names[0], Title = "LTD", PoolId = PoolId, ClientId = AccountClientId, OtherClientIds = [WebClientId], UsersMayInvite = true },
        new() { Name = Names[1], Title = "SWP", PoolId = SecondPoolId, ClientId = SecondClientId, Username = FieldUse.None, SponsorCode = FieldUse.None },
    ];

    /// <summary>Makes what is missing; safe to run again, and by several nodes at once.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await database.WriteAsync(async unit =>
        {
            if (await unit.Pools.CreateAsync(SecondPool(now), ct)) await unit.Clients.CreateAsync(SecondClient(now), ct);
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

    private UserPool SecondPool(DateTimeOffset now)
    {
        var first = Pool(now);
        return first with { Id = SecondPoolId, Name = "Poolhouse SWP", Settings = first.Settings with { Passwords = new PasswordRules { MinimumLength = 12 } } };
    }

    private AppClient SecondClient(DateTimeOffset now) => AccountClient(now) with { Id = SecondClientId, PoolId = SecondPoolId };

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
