using System.Text.Json;
using Poolhouse.Core.Clients;
using Poolhouse.Core.Groups;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Triggers;

/// <summary>What causes tokens: the second half of PreTokenGeneration's triggerSource.</summary>
public enum TokenSource
{
    /// <summary>A sign-in through the API.</summary>
    Authentication,

    /// <summary>A sign-in that ended with a new password.</summary>
    NewPasswordChallenge,

    /// <summary>A sign-in that ended with a remembered device.</summary>
    AuthenticateDevice,

    /// <summary>A refresh.</summary>
    RefreshTokens,

    /// <summary>A sign-in through the pages.</summary>
    HostedAuth,

    /// <summary>A client's own tokens; version 3 only.</summary>
    ClientCredentials,
}

/// <summary>Asks PreTokenGeneration what to change in tokens.</summary>
public sealed class TokenTriggers(TriggerCalls calls, IDatabase database)
{
    /// <summary>The changes; null where no function has any.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="client">Whose tokens.</param>
    /// <param name="user">Whom they are of.</param>
    /// <param name="source">What causes them.</param>
    /// <param name="scopes">The access token's.</param>
    /// <param name="clientMetadata">The call's, where this trigger may see it.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<Outcome<TokenChanges?>> AskAsync(
        UserPool pool,
        AppClient client,
        User user,
        TokenSource source,
        IReadOnlyList<string> scopes,
        IReadOnlyDictionary<string, string>? clientMetadata,
        CancellationToken ct)
    {
        var triggers = pool.Settings.Triggers;
        if (triggers.PreTokenGeneration is not { } arn) return (TokenChanges?)null;
        var version = triggers.PreTokenGenerationVersion;
        var groups = GroupClaims.Of(await database.ReadAsync(stores => stores.Groups.ListAllOfUserAsync(pool.Id, user.Sub, ct), ct));
        var request = new PreTokenGenerationRequest(
            TriggerEvents.Attributes(user), new GroupConfiguration(groups.Names, groups.Roles, groups.PreferredRole))
        {
            Scopes = version > 1 ? scopes : null,
            ClientMetadata = clientMetadata,
        };
        var origin = new TriggerOrigin(client.Id);
        return version == 1
            ? await AskFirstAsync(TriggerEvents.Of(pool, user.Username, origin, $"TokenGeneration_{source}", request, new PreTokenGenerationResponse(null)), arn, ct)
            : await AskLaterAsync(
                TriggerEvents.Of(pool, user.Username, origin, $"TokenGeneration_{source}", request, new PreTokenGenerationV2Response(null)) with
                {
                    Version = version == 2 ? "2" : "3",
                },
                arn,
                ct);
    }

    /// <summary>
    /// The changes of a client's own token, about which only version 3 is asked. There is no user: the client's id stands for the name.
    /// </summary>
    public async ValueTask<Outcome<TokenChanges?>> AskForClientAsync(
        UserPool pool, AppClient client, IReadOnlyList<string> scopes, IReadOnlyDictionary<string, string>? clientMetadata, CancellationToken ct)
    {
        if (pool.Settings.Triggers is not { PreTokenGeneration: { } arn, PreTokenGenerationVersion: 3 }) return (TokenChanges?)null;
        var request = new PreTokenGenerationRequest(TriggerEvents.Attributes(user: null), new GroupConfiguration([], [], null))
        {
            Scopes = scopes,
            ClientMetadata = clientMetadata,
        };
        var e = TriggerEvents.Of(
            pool, client.Id.Value, new TriggerOrigin(client.Id), $"TokenGeneration_{TokenSource.ClientCredentials}", request, new PreTokenGenerationV2Response(null));
        return await AskLaterAsync(e with { Version = "3" }, arn, ct);
    }

    private async ValueTask<Outcome<TokenChanges?>> AskFirstAsync(
        TriggerEvent<PreTokenGenerationRequest, PreTokenGenerationResponse> e, string arn, CancellationToken ct)
    {
        var answer = await calls.CallAsync(
            TriggerKind.PreTokenGeneration, arn, e, TriggerJson.Default.PreTokenGeneration, TriggerJson.Default.PreTokenGenerationResponse, ct);
        if (answer.Refusal is { } refusal) return refusal;
        if (answer.Value.ClaimsOverrideDetails is not { } details) return (TokenChanges?)null;
        if (!TryReadGroups(details.GroupOverrideDetails, out var groups)) return new Refusal.TriggerAnswerInvalid();
        var added = (details.ClaimsToAddOrOverride ?? new Dictionary<string, string>(StringComparer.Ordinal)).ToDictionary(
            claim => claim.Key, claim => JsonSerializer.SerializeToElement(claim.Value, TriggerJson.Default.String), StringComparer.Ordinal);
        return new TokenChanges(new TokenChange { Added = added, Suppressed = details.ClaimsToSuppress ?? [] }, Access: null, groups);
    }

    private async ValueTask<Outcome<TokenChanges?>> AskLaterAsync(
        TriggerEvent<PreTokenGenerationRequest, PreTokenGenerationV2Response> e, string arn, CancellationToken ct)
    {
        var answer = await calls.CallAsync(
            TriggerKind.PreTokenGeneration, arn, e, TriggerJson.Default.PreTokenGenerationV2, TriggerJson.Default.PreTokenGenerationV2Response, ct);
        if (answer.Refusal is { } refusal) return refusal;
        if (answer.Value.ClaimsAndScopeOverrideDetails is not { } details) return (TokenChanges?)null;
        if (!TryReadGroups(details.GroupOverrideDetails, out var groups)) return new Refusal.TriggerAnswerInvalid();
        return new TokenChanges(Change(details.IdTokenGeneration), Change(details.AccessTokenGeneration), groups);
    }

    private static TokenChange Change(TokenGeneration? wanted) => new()
    {
        Added = wanted?.ClaimsToAddOrOverride ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal),
        Suppressed = wanted?.ClaimsToSuppress ?? [],
        ScopesAdded = wanted?.ScopesToAdd ?? [],
        ScopesSuppressed = wanted?.ScopesToSuppress ?? [],
    };

    // User guide: what is given takes the place of all groups; an empty or null object takes them away. Only what is absent leaves them.
    private static bool TryReadGroups(JsonElement given, out GroupClaims? groups)
    {
        groups = null;
        switch (given.ValueKind)
        {
            case JsonValueKind.Undefined:
                return true;
            case JsonValueKind.Null:
                groups = GroupClaims.None;
                return true;
            case JsonValueKind.Object:
                try
                {
                    var read = given.Deserialize(TriggerJson.Default.GroupConfiguration)!;
                    groups = new GroupClaims(read.GroupsToOverride ?? [], read.IamRolesToOverride ?? [], read.PreferredRole);
                    return true;
                }
                catch (JsonException)
                {
                    return false;
                }

            default:
                return false;
        }
    }
}
