using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Amazon;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Tokens;

namespace Poolhouse.Tests.Testing;

/// <summary>A second server in the place of Amazon, and what the one in front of it is told.</summary>
internal static class AmazonScene
{
    /// <summary>The pool of the first application.</summary>
    public const string PoolId = "us-east-1_Poolhouse";

    /// <summary>The client that the account API signs in with.</summary>
    public const string ClientId = "poolhouseaccountapi0000000";

    /// <summary>Keys that the server in Amazon's place knows; it checks every signature by them.</summary>
    public static readonly AmazonKeys Keys = new("AKIAPOOLHOUSEFRONT00", new Secret("a-secret-of-twenty-four-or-so"), null);

    /// <summary>The server in Amazon's place.</summary>
    public static Task<World> StartRemoteAsync(params string[] arguments) => World.StartAsync(
        Engine.Sqlite,
        // Who verifies its tokens by its published keys wants them of real size.
        services => services.AddSingleton(_ => new SigningKeySupply(ready: 4, keySize: 2048)),
        ["--AccessKeys:" + Keys.AccessKeyId, Keys.SecretAccessKey.Reveal(), .. arguments]);

    /// <summary>The two applications of a first start, their pools at Amazon.</summary>
    public static string[] Options(string endpoint) =>
    [
        "--DefaultApplication", "ltd",
        .. Application("ltd", endpoint, PoolId, ClientId),
        "--Applications:ltd:Title", "LTD", "--Applications:ltd:UsersMayInvite", "true", "--Applications:ltd:OtherClientIds:0", "poolhousewebclient00000000",
        .. Application("swp", endpoint, "us-east-1_PoolhouseSwp", "poolhouseswpclient00000000"),
        "--Applications:swp:Title", "SWP", "--Applications:swp:Username", "None", "--Applications:swp:SponsorCode", "None",
    ];

    /// <summary>A pool that sends no codes by itself, as applications that confirm by links need it.</summary>
    public static Task SendNoCodesAsync(World front) =>
        front.Remote is null ? Task.CompletedTask : front.DoAsync("UpdateUserPool", new JsonObject { ["UserPoolId"] = PoolId, ["AutoVerifiedAttributes"] = new JsonArray() });

    /// <summary>Lets a server sign with the keys.</summary>
    public static void GiveKeys(IServiceCollection services) => services.AddSingleton<IAmazonCredentials>(new GivenCredentials(Keys));

    private static string[] Application(string name, string endpoint, string pool, string client) =>
    [
        $"--Applications:{name}:Pool", "Amazon", $"--Applications:{name}:Endpoint", endpoint, $"--Applications:{name}:UserPoolId", pool,
        $"--Applications:{name}:ClientId", client,
        // What is revoked at the server in Amazon's place is felt at once, as tests of both kinds of pools expect.
        $"--Applications:{name}:RevocationSeconds", "0",
        // A machine that is busy with other tests is not a pool that is away.
        $"--Applications:{name}:TimeoutSeconds", "60",
    ];
}
