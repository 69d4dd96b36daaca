using System.Text.Json.Serialization;
using Poolhouse.Core.Accounts.Sessions;
using Poolhouse.Core.Clients;
using Poolhouse.Core.Identities;
using Poolhouse.Core.Messages;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Users;

namespace Poolhouse.Storage.Json;

/// <summary>Documents inside columns. Members are only ever added: older rows stay readable.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AccountSession))]
[JsonSerializable(typeof(PoolDocument))]
[JsonSerializable(typeof(ClientSettings))]
[JsonSerializable(typeof(IdentityPoolSettings))]
[JsonSerializable(typeof(OutboxMessage))]
[JsonSerializable(typeof(UserMfa))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(List<string>))]
[JsonSerializable(typeof(List<StoredSecret>))]
internal sealed partial class StorageJson : JsonSerializerContext;

/// <summary>What a pool's row keeps as one document.</summary>
internal sealed record PoolDocument
{
    public required PoolSettings Settings { get; init; }

    public required IReadOnlyList<string> UsernameAttributes { get; init; }

    public required IReadOnlyList<string> AliasAttributes { get; init; }

    public required bool IsCaseSensitive { get; init; }

    public bool HasUsernameConfiguration { get; init; }

    public required IReadOnlyList<AttributeDefinition> Schema { get; init; }
}

/// <summary>One of a client's secrets, within what is sealed. Time in milliseconds UTC.</summary>
internal sealed record StoredSecret(string Id, string Value, long CreatedAt)
{
    /// <summary>Never the secret.</summary>
    public override string ToString() => "***";
}
