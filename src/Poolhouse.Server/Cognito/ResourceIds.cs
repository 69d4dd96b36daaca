using Microsoft.Extensions.Options;
using Poolhouse.Core.Clients;
using Poolhouse.Core.Primitives;
using Poolhouse.Server.Options;

namespace Poolhouse.Server.Cognito;

/// <summary>Ids and secrets of what administrators make, in Cognito's forms.</summary>
internal sealed class ResourceIds(IRandom random, IOptions<ServerOptions> options)
{
    private const string LowerCase = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const string MixedCase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + LowerCase;

    /// <summary><c>region_</c> and 9 letters or digits.</summary>
    public PoolId NewPool() => new($"{options.Value.Region}_{random.Text(9, MixedCase)}");

    /// <summary>26 lower-case letters or digits.</summary>
    public ClientId NewClient() => new(random.Text(26, LowerCase));

    /// <summary>51 lower-case letters or digits: 263 bits.</summary>
    public Secret NewSecretValue() => new(random.Text(51, LowerCase));

    /// <summary>A client secret of that value, under an id of its own.</summary>
    public ClientSecret NewClientSecret(Secret value, DateTimeOffset now) => new(random.UuidText(), value, now);

    /// <summary>A pool's ARN. The region is the pool's own, which may be older than the setting.</summary>
    public string Arn(PoolId pool) => $"arn:aws:cognito-idp:{pool.Region}:{options.Value.AccountId}:userpool/{pool}";
}
